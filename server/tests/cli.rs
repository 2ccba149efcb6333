//! The program as somebody at a terminal meets it.

use std::{
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Output,
    time::{Duration, Instant},
};

#[path = "support/program.rs"]
mod program;

use program::{Serving, directory, fails, kreislotse, succeeds};

#[test]
fn a_wrong_command_line_is_explained_in_german() {
    let data = directory();
    fails(kreislotse(data.path()).arg("fliege"), 2, &["fliege", "--help"]);
    fails(&mut kreislotse(data.path()), 2, &["Es fehlt ein Befehl"]);
    fails(kreislotse(data.path()).args(["serve", "--laut"]), 2, &["--laut"]);
    fails(kreislotse(data.path()).args(["import", "a.csv"]), 2, &["--mapping"]);
    let help = kreislotse(data.path()).arg("--help").output().expect("an output");
    let text = String::from_utf8(help.stdout).expect("UTF-8");
    assert!(help.status.success() && text.contains("Startet das Portal"), "{text}");
}

#[test]
fn a_taken_address_is_one_sentence() {
    let data = directory();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    fails(kreislotse(data.path()).arg("serve").env("KREISLOTSE_LISTEN", &address), 1, &[&address, "belegt"]);
}

#[test]
fn a_data_directory_that_cannot_be_written_is_one_sentence() {
    let data = directory();
    let file = data.path().join("datei");
    std::fs::write(&file, "").expect("a file");
    let below = file.join("daten");
    fails(
        kreislotse(data.path()).arg("serve").env("KREISLOTSE_DATA_DIR", &below),
        1,
        &["nicht beschreibbar", "KREISLOTSE_DATA_DIR"],
    );
}

#[test]
fn a_bad_configuration_is_one_sentence_with_its_place() {
    let data = directory();
    std::fs::write(data.path().join("portal.toml"), "[portal]\nnahme = \"x\"\n").expect("a file");
    fails(kreislotse(data.path()).arg("serve"), 1, &["portal.toml", "Zeile 2", "nahme"]);
    fails(kreislotse(data.path()).arg("migrate"), 1, &["portal.toml", "Zeile 2", "nahme"]);
}

#[test]
fn an_unreachable_database_is_one_sentence_without_its_password() {
    let data = directory();
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let url = format!("postgres://anna:geheim@{free}/lotse");
    let mut command = kreislotse(data.path());
    command.arg("serve").env("KREISLOTSE_DATABASE_URL", &url);
    fails(&mut command, 1, &["antwortet nicht", &free.to_string()]);
    let text = String::from_utf8(command.output().expect("an output").stderr).expect("UTF-8");
    assert!(!text.contains("geheim"), "{text}");
    fails(
        kreislotse(data.path()).arg("migrate").env("KREISLOTSE_DATABASE_URL", "mysql://db/lotse"),
        1,
        &["keine gültige Adresse"],
    );
}

#[test]
fn a_file_that_is_no_table_is_one_sentence() {
    let data = directory();
    fails(
        kreislotse(data.path()).args(["import", "gibtsnicht.csv", "--mapping", "gibtsnicht.toml"]),
        1,
        &["gibtsnicht"],
    );
    fails(kreislotse(data.path()).args(["places", "gibtsnicht.csv"]), 1, &["gibtsnicht.csv"]);
}

#[test]
fn rejected_rows_lie_beside_the_file_they_come_from() {
    let (data, office) = (directory(), directory());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let file = office.path().join("angebote.csv");
    std::fs::copy(fixtures.join("musterau.csv"), &file).expect("a file");
    let import = || {
        let mut command = kreislotse(data.path());
        command.arg("import").arg(&file).arg("--mapping").arg(fixtures.join("musterau.toml"));
        command
    };
    let Output { status, stdout, stderr } = import().output().expect("an output");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    let rejected = office.path().join("angebote.rejected.csv");
    assert!(rejected.exists() && !data.path().join("angebote.rejected.csv").exists());
    assert!(String::from_utf8_lossy(&stdout).contains(&rejected.display().to_string()));
    // Where nothing can be written beside the table, they lie in the data directory.
    let mut import_unwritable = kreislotse(data.path());
    import_unwritable
        .arg("import")
        .arg("/proc/self/fd/0")
        .arg("--mapping")
        .arg(fixtures.join("musterau.toml"));
    import_unwritable.stdin(std::fs::File::open(&file).expect("a file"));
    let said = succeeds(&mut import_unwritable);
    let elsewhere = data.path().join("0.rejected.csv");
    assert!(elsewhere.exists() && said.contains(&elsewhere.display().to_string()), "{said}");
    // Where nothing can be put, nothing is imported. (A folder, for root may write anywhere.)
    std::fs::remove_file(&rejected).expect("removed");
    let taken = office.path().join("ordner");
    std::fs::create_dir(&taken).expect("a folder");
    fails(import().arg("--rejects").arg(&taken), 1, &["ordner", "--rejects", "nichts eingelesen"]);
}

#[test]
fn a_portal_stops_when_it_is_told_to() {
    let data = directory();
    let portal = Serving::start(data.path(), &[]);
    assert!(portal.get("/livez").starts_with("HTTP/1.1 200"));
    fails(kreislotse(data.path()).arg("serve"), 1, &["läuft schon ein Portal"]);
    // A connection that stays open does not keep it from stopping.
    let _idle = TcpStream::connect(&portal.address).expect("a connection");
    let start = Instant::now();
    assert_eq!(portal.stop(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(12));
}

#[test]
fn the_example_county_is_searchable_and_says_that_it_is_invented() {
    let data = directory();
    for arguments in [&["--demo"][..], &[]] {
        let portal = Serving::start(data.path(), arguments);
        portal.wait_until_ready();
        let page = portal.get("/suche?q=Kurzzeitpflege&ort=Tholey");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("Brückenhaus"), "{page}");
        assert!(page.contains("erfunden"), "{page}");
        // Nobody wrote a portal.toml, so the example brings its own.
        assert!(page.contains("Landkreis St. Wendel (Beispiel)"), "{page}");
        for typed in ["/suche?q=<script>alert(1)</script>", "/suche?q=\"Kurzzeitpflege\"&ort=Türkismühle"] {
            let page = portal.get(typed);
            assert!(page.starts_with("HTTP/1.1 200") && page.contains("content-security-policy"), "{page}");
            assert!(!page.contains("<script>alert"), "{page}");
        }
        assert_eq!(portal.stop(), Some(0));
    }
}

/// Imports the county of the browser tests; gives what was printed.
fn import_county(data: &Path) -> String {
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/county");
    let mut command = kreislotse(data);
    command.arg("import").arg(county.join("county.csv")).arg("--mapping").arg(county.join("county.toml"));
    succeeds(&mut command)
}

#[test]
fn example_entries_never_mix_with_real_ones_unsaid() {
    let (real, example) = (directory(), directory());
    assert!(!import_county(real.path()).contains("Beispielkreis"));
    fails(kreislotse(real.path()).args(["serve", "--demo"]), 1, &["enthält schon Einträge"]);

    // Whoever tries a table in the example is told, and the pages go on saying that it is invented.
    assert_eq!(Serving::start(example.path(), &["--demo"]).stop(), Some(0));
    let said = import_county(example.path());
    assert!(said.contains("Beispielkreis") && said.contains("KREISLOTSE_DATA_DIR"), "{said}");
    let portal = Serving::start(example.path(), &[]);
    portal.wait_until_ready();
    assert!(portal.get("/suche").contains("erfunden"));
    // The mark is in the database, wherever that lies.
    let moved = directory();
    portal.stop();
    std::fs::copy(example.path().join("kreislotse.db"), moved.path().join("kreislotse.db")).expect("copied");
    let portal = Serving::start(moved.path(), &[]);
    portal.wait_until_ready();
    assert!(portal.get("/suche").contains("erfunden"));
}

#[test]
fn the_first_account_is_added_at_the_command_line() {
    let data = directory();
    let add = |email: &str, role: &str, password: &str| {
        let mut command = kreislotse(data.path());
        command.args(["user", "add", "--email", email, "--name", "Petra Muster", "--role", role]);
        let file = data.path().join("passwort");
        std::fs::write(&file, format!("{password}\n")).expect("a file");
        command.stdin(std::fs::File::open(file).expect("a file"));
        command
    };
    let good = "Regenschirm tanzt lila";
    let said = succeeds(&mut add("petra@kreis.example", "administrator", good));
    assert!(said.contains("petra@kreis.example") && said.contains("/anmelden"), "{said}");
    fails(&mut add("Petra@Kreis.example", "editor", good), 1, &["gibt es schon"]);
    fails(&mut add("petra", "editor", good), 1, &["E-Mail-Adresse"]);
    fails(&mut add("paul@kreis.example", "chef", good), 1, &["chef", "administrator oder editor"]);
    fails(&mut add("paul@kreis.example", "editor", "passwort1234"), 1, &["leicht zu erraten"]);
    fails(&mut add("paul@kreis.example", "editor", "kurz"), 1, &["12 bis 128"]);
    fails(&mut add("paul@kreis.example", "editor", ""), 1, &["kein Passwort"]);
    let reset = |email: &str| {
        let file = data.path().join("passwort");
        std::fs::write(&file, "Vier ganz andere Worte\n").expect("a file");
        let mut command = kreislotse(data.path());
        command.args(["user", "reset", "--email", email]);
        command.stdin(std::fs::File::open(file).expect("a file"));
        command
    };
    assert!(succeeds(&mut reset("petra@kreis.example")).contains("neues Passwort"));
    fails(&mut reset("nobody@kreis.example"), 1, &["gibt es nicht"]);
    let verified = succeeds(kreislotse(data.path()).args(["audit", "verify"]));
    assert!(verified.contains("unverändert: 2 "), "{verified}");
}

/// systemd takes a line as it is; to a shell, `&` and `$` mean something.
#[test]
fn the_admin_script_reads_the_settings_as_systemd_does() {
    let folder = directory();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("rights");
        file
    };
    // Nobody in particular, so that the script does not change to the portal's user.
    write("id", "#!/bin/sh\necho 1000\n");
    let url = "postgres:///lotse?host=/run/postgresql&user=kreislotse";
    let run = |settings: &str| {
        let settings = write("kreislotse.env", settings);
        let path = format!("{}:/usr/bin:/bin", folder.path().display());
        std::process::Command::new("sh")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../operations/kreislotse-admin"))
            .env_clear()
            .env("PATH", path)
            .env("KREISLOTSE_SETTINGS", settings)
            .env("KREISLOTSE_PROGRAM", "/usr/bin/env")
            .output()
            .expect("an output")
    };
    let data = folder.path().display();
    for quote in ["", "'", "\""] {
        let output = run(&format!(
            "# Text\n\nKREISLOTSE_DATA_DIR={data}\nKREISLOTSE_DATABASE_URL={quote}{url}{quote}"
        ));
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.lines().any(|line| line == format!("KREISLOTSE_DATABASE_URL={url}")), "{text}");
    }
    let output = run("KREISLOTSE_DATA_DIR=/tmp\nrm -rf /\n");
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("is no setting"));
}

#[test]
fn a_countys_own_portal_does_not_start_with_the_accounts_of_the_example() {
    let data = directory();
    drop(Serving::start(data.path(), &["--demo"]));
    let legal = data.path().join("portal.toml");
    std::fs::write(&legal, "[legal]\nimpressum = \"a\"\ndatenschutz = \"a\"\nbarrierefreiheit = \"a\"\nleichte_sprache = \"a\"\nkontakt = \"a\"\n").expect("a file");
    let mut own = kreislotse(data.path());
    own.arg("serve").env("KREISLOTSE_BASE_URL", "https://pflege.example").env("KREISLOTSE_CONFIG", &legal);
    fails(&mut own, 1, &["Beispielkreis mit Konten", "leere Datenbank"]);
}
