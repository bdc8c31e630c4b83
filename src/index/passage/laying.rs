//! Laying words on the lines of a room, as they are wrapped when they are drawn.

use super::Room;

/// Columns that are kept for each mark that says that the text goes on: as many as the widest form of it has.
pub(super) const CUT: usize = 3;

/// Lines on which pieces are laid, as they are wrapped when they are drawn.
pub(super) struct Laying {
    room: Room,
    line: usize,
    used: usize,
    /// Columns of the mark of what is left out, which clings to the first word.
    before: usize,
}

/// Whether a piece that was laid has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Laid {
    /// It has, whatever follows.
    Inside,
    /// It has if nothing is left out behind it: the mark of that would cling to it.
    IfLast,
    /// It has none, and nothing behind it has.
    Beyond,
}

impl Laying {
    pub(super) fn new(room: Room, label: usize, before: usize) -> Self {
        Self { room, line: 1, used: label, before }
    }

    /// Lays a piece behind a gap; neither counts where the line breaks between them.
    pub(super) fn lay(&mut self, gap: usize, width: usize) -> Laid {
        let Room { columns, lines } = self.room;
        let width = std::mem::take(&mut self.before) + width;
        if self.used > 0 && self.used + gap + width > columns {
            (self.line, self.used) = (self.line + 1, width);
        } else {
            self.used += gap + width;
        }
        if self.line > lines {
            Laid::Beyond
        } else if self.line < lines || self.used + CUT <= columns {
            Laid::Inside
        } else if self.used <= columns {
            Laid::IfLast
        } else {
            Laid::Beyond
        }
    }
}
