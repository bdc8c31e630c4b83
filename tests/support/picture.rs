//! A screen as a picture: SVG with the text of every run in its place, which needs nothing but a monospaced font.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Size of a cell, and of the letters in it.
const COLUMN: f64 = 8.4;
const ROW: f64 = 18.0;
const LETTERS: f64 = 14.0;

/// Where the foot of the letters stands in a row.
const BASE: f64 = 13.5;

/// Free space around the screen.
const EDGE: f64 = 14.0;

/// How a run of cells looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: [u8; 3],
    ground: [u8; 3],
    bold: bool,
    underlined: bool,
    crossed: bool,
}

/// Draws a screen. `title` says what it shows; the text of the screen is its description, for those who see no picture.
pub(crate) fn draw(screen: &Buffer, title: &str) -> String {
    let (columns, rows) = (screen.area.width, screen.area.height);
    let (width, height) = (f64::from(columns) * COLUMN + 2.0 * EDGE, f64::from(rows) * ROW + 2.0 * EDGE);
    let ground = look(&screen[(0, rows - 1)]).ground;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.1}\" \
         height=\"{height:.1}\" role=\"img\" aria-labelledby=\"title\" aria-describedby=\"text\" xml:space=\"preserve\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"text\">{}</desc>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"6\" fill=\"{}\" stroke=\"#8a8a8a\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace\" \
         font-size=\"{LETTERS}\">\n",
        escaped(title),
        escaped(&text(screen)),
        width - 1.0,
        height - 1.0,
        hexadecimal(ground),
    );
    for row in 0..rows {
        for (start, end, look) in runs(screen, row) {
            draw_run(&mut picture, screen, (row, start, end), look, ground);
        }
    }
    picture.push_str("</g>\n</svg>\n");
    picture
}

/// A run of cells that look alike: its ground where that is another, and its text where it has any.
fn draw_run(picture: &mut String, screen: &Buffer, (row, start, end): (u16, u16, u16), look: Look, ground: [u8; 3]) {
    let top = EDGE + f64::from(row) * ROW;
    let left = |column: u16| EDGE + f64::from(column) * COLUMN;
    let wide = |from: u16, to: u16| f64::from(to - from) * COLUMN;
    if look.ground != ground {
        let (x, width, fill) = (left(start), wide(start, end), hexadecimal(look.ground));
        writeln!(
            picture,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{ROW}\" fill=\"{fill}\" \
             shape-rendering=\"crispEdges\"/>"
        )
        .unwrap();
    }
    for (first, last) in words(screen, (row, start, end), look) {
        let text: String = (first..last).map(|column| screen[(column, row)].symbol()).collect();
        let (x, y, length) = (left(first), top + BASE, wide(first, last));
        let (ink, style, text) = (hexadecimal(look.ink), style(look), escaped(&text));
        writeln!(
            picture,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{ink}\"{style}>{text}</text>"
        )
        .unwrap();
    }
}

/// The pieces of a run between gaps of two blanks or more: each begins in its own column, also where a font is a little wider
/// than the cells. What is underlined is so from end to end.
fn words(screen: &Buffer, (row, start, end): (u16, u16, u16), look: Look) -> Vec<(u16, u16)> {
    if look.underlined {
        return vec![(start, end)];
    }
    let mut pieces: Vec<(u16, u16)> = Vec::new();
    for column in (start..end).filter(|column| !screen[(*column, row)].symbol().trim().is_empty()) {
        match pieces.last_mut() {
            Some((_, last)) if column <= *last + 1 => *last = column + 1,
            _ => pieces.push((column, column + 1)),
        }
    }
    pieces
}

fn style(look: Look) -> String {
    let mut style = String::new();
    if look.bold {
        style.push_str(" font-weight=\"bold\"");
    }
    match (look.underlined, look.crossed) {
        (true, _) => style.push_str(" text-decoration=\"underline\""),
        (_, true) => style.push_str(" text-decoration=\"line-through\""),
        _ => {}
    }
    style
}

/// The runs of a row: from which column to which, and how they look.
fn runs(screen: &Buffer, row: u16) -> Vec<(u16, u16, Look)> {
    let mut runs: Vec<(u16, u16, Look)> = Vec::new();
    for column in 0..screen.area.width {
        let look = look(&screen[(column, row)]);
        match runs.last_mut() {
            Some((_, end, known)) if *known == look => *end = column + 1,
            _ => runs.push((column, column + 1, look)),
        }
    }
    runs
}

fn look(cell: &Cell) -> Look {
    let is = |modifier| cell.modifier.contains(modifier);
    let (ink, ground) = (colour(cell.fg), colour(cell.bg));
    let (ink, ground) = if is(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) };
    Look {
        ink,
        ground,
        bold: is(Modifier::BOLD),
        underlined: is(Modifier::UNDERLINED),
        crossed: is(Modifier::CROSSED_OUT),
    }
}

/// A colour of the 256 that terminals agree upon: a cube of six steps each way, and a row of greys.
fn colour(colour: Color) -> [u8; 3] {
    let Color::Indexed(number @ 16..) = colour else { panic!("a picture is drawn in a theme of its own: {colour:?}") };
    if number >= 232 {
        return [8 + 10 * (number - 232); 3];
    }
    let step = |place: u8| if place == 0 { 0 } else { 55 + 40 * place };
    let place = number - 16;
    [step(place / 36), step(place / 6 % 6), step(place % 6)]
}

fn hexadecimal([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn text(screen: &Buffer) -> String {
    let mut text = String::new();
    for row in 0..screen.area.height {
        let line: String = (0..screen.area.width).map(|column| screen[(column, row)].symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.trim_end().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
