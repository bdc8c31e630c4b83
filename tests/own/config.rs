//! The user's own keys: what `config.toml` changes, where that is shown, and how its faults are told.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::program::{json, outflow_of};
use crate::support::stage::{Played, keys, play_set};
use outflow::explorer::actions::Place;
use outflow::explorer::message::Ended;
use outflow::explorer::settings::Settings;

const SOUND: &str = "[keys]\nsearch = \"f\"\nfacets = \"/\"\nopen = [\"o\", \"f2\"]\nnext-match = \"m\"\ncite = []\n";

/// All kinds of faults, and one line that is sound.
const FAULTY: &str = "[keys]\nsearch = \"s\"\nfilez = \"x\"\nhistory = \"hyper\"\ncite = \"Y\"\n[window]\nwidth = 3\n";

fn written(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("config/outflow/config.toml");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

fn played(text: &str, script: &str) -> Played {
    let (settings, faults) = Settings::read(text);
    assert_eq!(faults, []);
    play_set(settings, (80, 24), keys(script))
}

#[test]
fn keys_that_are_set_do_what_they_should_and_the_old_ones_nothing() {
    assert_eq!(played(SOUND, "f").state.place(), Place::Query);
    assert_eq!(played(SOUND, "/").state.place(), Place::Facets);
    assert_eq!(played(SOUND, "<Enter>").state.place(), Place::List);
    assert_eq!(played(SOUND, "o").state.place(), Place::Detail);
    let searched = played(SOUND, "fbirths<Enter>m");
    assert!(searched.text().contains("match 1 of"), "{}", searched.text());
    // A letter is text where one types, whatever it does elsewhere.
    assert_eq!(played(SOUND, "ffom").state.query.value(), "fom");
    // What has no key is done from the list of all actions.
    let cited = played(SOUND, "o:cite<Enter>");
    assert!(cited.text().contains("citation sent to your terminal"), "{}", cited.text());
    assert_eq!(played(SOUND, "o<Ctrl-C>").ended, Ended::Quit);
    assert_eq!(played("[keys]\nback = \"b\"\nbookmark = \"B\"", "<Enter><Esc>").state.place(), Place::List);
}

#[test]
fn keys_that_are_set_are_shown_everywhere() {
    let list = played(SOUND, "");
    let footer = list.text().lines().last().unwrap().to_owned();
    assert!(footer.starts_with("o open  f search  q quit  ? help"), "{footer}");
    assert!(list.text().starts_with("/ press f and type what to find"), "{}", list.text());
    let help = played(SOUND, "?");
    assert!(help.text().contains("o, F2  "), "{}", help.text());
    let palette = played(SOUND, ":");
    assert!(palette.text().contains("> open              o, F2 "), "{}", palette.text());
    let cite = played(SOUND, "o:cite");
    assert!(cite.text().contains("> cite                     "), "{}", cite.text());
    let notice = played(SOUND, &format!("?{}o", "j".repeat(30)));
    assert!(notice.text().contains("o tries an example of a query"), "{}", notice.text());
}

#[test]
fn the_commands_show_what_is_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let none = outflow_of(folder.path(), &["config"]);
    assert_eq!(none.code, 0);
    assert!(none.stdout.contains("config.toml (not there): the explorer's keys and colours"), "{}", none.stdout);
    assert!(none.stdout.contains("Those of the program"), "{}", none.stdout);
    let path = written(folder.path(), SOUND);
    let shown = outflow_of(folder.path(), &["config"]);
    for line in [
        format!("config.toml     {}: the explorer's keys and colours\n", path.display()),
        "open            o, F2 (the program's: Enter, Right, l)\n".to_owned(),
        "cite            none (the program's: y)\n".to_owned(),
    ] {
        assert!(shown.stdout.contains(&line), "{line}\n{}", shown.stdout);
    }
    assert_eq!(shown.stderr, "");
    let report = json(folder.path(), &["config", "--json"]);
    assert_eq!(report["files"].as_array().unwrap().len(), 4);
    assert_eq!((&report["files"][0]["exists"], &report["files"][1]["exists"]), (&true.into(), &false.into()));
    assert_eq!(report["keys"].as_array().unwrap().len(), 5);
    assert_eq!((&report["theme"], &report["characters"]), (&"terminal".into(), &serde_json::Value::Null));
    let listed = json(folder.path(), &["keys", "--json"]);
    let actions = listed["actions"].as_array().unwrap();
    let search = actions.iter().find(|action| action["action"] == "search").unwrap();
    assert_eq!(search["keys"], serde_json::json!(["f"]));
    let listed = outflow_of(folder.path(), &["keys"]).stdout;
    assert!(listed.contains("next-match        m  "), "{listed}");
    written(folder.path(), "[theme]\nname = \"high-contrast\"\ncharacters = \"ascii\"\n");
    let themed = outflow_of(folder.path(), &["config"]);
    assert!(themed.stdout.contains("name            high-contrast\ncharacters      ascii\n"), "{}", themed.stdout);
    let misplaced = outflow_of(folder.path(), &["--theme", "dark", "stats"]);
    assert_eq!(misplaced.code, 2);
    assert!(misplaced.stderr.contains("--theme is for the explorer"), "{}", misplaced.stderr);
    // A file that is named stands in its place.
    let other = folder.path().join("other.toml");
    fs::write(&other, "[keys]\nsearch = \"ctrl-t\"\n").unwrap();
    let named = outflow_of(folder.path(), &["keys", "--config", other.to_str().unwrap()]);
    assert!(named.stdout.contains("search            Ctrl-T  "), "{}", named.stdout);
}

#[test]
fn all_faults_are_told_at_once_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let sound = outflow_of(folder.path(), &["config", "check"]);
    assert_eq!((sound.code, sound.stdout.as_str()), (0, "Nothing is wrong with your own files.\n"));
    let path = written(folder.path(), FAULTY);
    let checked = outflow_of(folder.path(), &["config", "check"]);
    assert_eq!((checked.code, checked.stdout.as_str()), (2, ""));
    let told: Vec<&str> = checked.stderr.lines().collect();
    for (line, said) in told.iter().zip([
        "line 2: search: s is the key of sort in a list of projects; give that another key too, or this one",
        "line 3: there is no action \"filez\"; files is meant, perhaps",
        "line 4: history: \"hyper\" is no key; write \"x\"",
        "line 6: \"window\" is not known; settings are in ",
    ]) {
        assert!(line.starts_with(&format!("{}, {said}", path.display())), "{said}\n{line}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
    // The others tell them too, and go on with what is sound.
    let listed = outflow_of(folder.path(), &["keys"]);
    assert_eq!((listed.code, listed.stderr), (0, checked.stderr.clone()));
    assert!(listed.stdout.contains("cite              Y  ") && listed.stdout.contains("search            /  "));
    let report = json(folder.path(), &["config", "check", "--json"]);
    assert_eq!(report["faults"].as_array().unwrap().len(), 5);
    // So are those of the other files, and a file that is named and not there.
    fs::write(folder.path().join("config/outflow/concerns.toml"), "[thresholds]\nmonthly = 3\n").unwrap();
    fs::write(folder.path().join("config/outflow/aliases.toml"), "[[same]]\n").unwrap();
    let absent = outflow_of(folder.path(), &["config", "check", "--config", "absent.toml"]);
    assert_eq!(absent.code, 2);
    for said in ["concerns.toml, line 2: thresholds.monthly", "aliases.toml, line", "absent.toml: "] {
        assert!(absent.stderr.contains(said), "{said}\n{}", absent.stderr);
    }
}

#[test]
fn the_example_can_be_kept_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let example = outflow_of(folder.path(), &["config", "example"]);
    assert!(example.stdout.contains("[keys]\n") && example.stdout.contains("\n# cite = \"y\"\n"), "{}", example.stdout);
    written(folder.path(), &example.stdout);
    let checked = outflow_of(folder.path(), &["config", "check"]);
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""));
}

#[test]
fn the_readme_shows_settings_that_can_be_used() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for section in ["[keys]", "[theme]"] {
        let shown = readme.split("```").find(|block| block.trim_start().starts_with(section)).unwrap();
        assert_eq!(Settings::read(shown).1, []);
    }
}
