//! `recto serve` as browsers and strangers see it, byte by byte over a socket.

mod program;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that ends with its test.
struct Server {
    process: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, text).expect("a file");
}

fn command(root: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.arg("serve").arg(root).args(options).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

impl Server {
    fn start(files: &[(&str, &str)], options: &[&str]) -> Server {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join(".git")).expect("a folder");
        files.iter().for_each(|(path, text)| write(folder.path(), path, text));
        Server::start_in(folder, options, Stdio::null())
    }

    fn start_in(folder: tempfile::TempDir, options: &[&str], stderr: Stdio) -> Server {
        let mut command = command(folder.path(), &[&["--port", "0"], options].concat());
        let mut process = command.stderr(stderr).spawn().expect("started");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let port = line.split("http://127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Server { process, port: port.parse().expect("a port"), folder }
    }

    fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    /// Sends a request as it is and gives all of the answer.
    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, address: &str) -> String {
        self.send(&format!("GET {address} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port))
    }

    /// Asks until the answer holds `text`.
    fn wait_for(&self, address: &str, text: &str) -> String {
        let started = Instant::now();
        loop {
            let answer = self.get(address);
            if answer.contains(text) {
                return answer;
            }
            assert!(started.elapsed() < Duration::from_secs(20), "no `{text}` in {answer}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no status in {answer}"))
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))?.1.into()
}

const ARTICLES: &[(&str, &str)] = &[
    ("articles/index.md", "# Start\n\n[b](b/c.md) ![p](p.svg)\n"),
    ("articles/b/c.md", "# Page C\n"),
    ("articles/d/index.md", "# Folder D\n"),
    ("articles/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("_private/secret.txt", "secret"),
];

#[test]
fn only_this_machine_by_its_own_name_is_answered() {
    let server = Server::start(ARTICLES, &[]);
    let with_host = |host: &str| status(&server.send(&format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n")));
    for host in ["localhost", "LOCALHOST:9", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8000"] {
        assert_eq!(with_host(&format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "0.0.0.0",
        "localhost@evil.example",
        "",
    ] {
        assert_eq!(with_host(&format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert_eq!(with_host(""), 403);
    assert_eq!(with_host("Host: localhost\r\nHost: evil.example\r\n"), 403);
    let absolute = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&server.send(absolute)), 403);
}

#[test]
fn only_reading_is_possible() {
    let server = Server::start(ARTICLES, &[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        let answer = server.send(&format!("{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assert_eq!((status(&answer), header(&answer, "allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let head = server.send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(head.ends_with("\r\n\r\n") && header(&head, "recto-state").is_some(), "{head}");
}

#[test]
fn no_trick_in_an_address_reaches_another_file() {
    let server = Server::start(ARTICLES, &[]);
    for address in [
        "/../_private/secret.txt",
        "/%2e%2e/_private/secret.txt",
        "/..%2f_private/secret.txt",
        "/..%5c_private/secret.txt",
        "/b/%2e%2e/%2e%2e/_private/secret.txt",
        "/_private/secret.txt",
        "//_private/secret.txt",
        "/%00",
        "/b/c.html%00.txt",
        "/articles/index.md",
        "/.git/HEAD",
        "/%ff%fe",
        "//b/c.html",
        "/b//c.html",
        "/b/../b/c.html",
        "/C:/_private/secret.txt",
        "/file:///etc/passwd",
        "/-recto/../_private/secret.txt",
    ] {
        let answer = server.get(address);
        assert!(matches!(status(&answer), 400 | 404), "{address}: {answer}");
        assert!(!answer.contains("secret\r\n") && !answer.ends_with("secret"), "{address}");
    }
}

#[test]
fn addresses_work_as_on_github_pages() {
    let server = Server::start(ARTICLES, &[]);
    let page = server.get("/b/c");
    assert!(status(&page) == 200 && page.contains("Page C"), "{page}");
    assert_eq!(header(&page, "content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(header(&page, "cache-control"), Some("no-store"));
    assert!(header(&page, "content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none';")));
    let folder = server.get("/d?x=1");
    assert_eq!((status(&folder), header(&folder, "location")), (302, Some("/d/?x=1")));
    assert!(server.get("/d/").contains("Folder D"));
    let unknown = server.get("/one/two/three");
    assert!(status(&unknown) == 404 && unknown.contains("href=\"/assets/recto.css\""), "{unknown}");
    let image = server.get("/p.svg");
    assert_eq!((status(&image), header(&image, "content-type")), (200, Some("image/svg+xml")));
    let part = server.send("GET /p.svg HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-3\r\nConnection: close\r\n\r\n");
    assert!(status(&part) == 206 && part.ends_with("\r\n\r\n<svg"), "{part}");
    let style = server.get("/assets/recto.css");
    assert_eq!(header(&style, "content-type"), Some("text/css; charset=utf-8"));
}

#[test]
fn a_site_with_a_base_url_lies_under_its_path() {
    let server = Server::start(ARTICLES, &["--base-url", "https://example.org/base"]);
    assert_eq!(header(&server.get("/"), "location"), Some("/base/"));
    assert_eq!(header(&server.get("/base"), "location"), Some("/base/"));
    assert!(server.get("/base/b/c").contains("Page C"));
    assert_eq!(status(&server.get("/b/c")), 404);
    let unknown = server.get("/base/one/two/three");
    assert!(status(&unknown) == 404 && unknown.contains("href=\"/base/assets/recto.css\""), "{unknown}");
    assert_eq!(status(&server.get("/base/sitemap.xml")), 200);
}

#[test]
fn only_the_preview_has_the_scripts_of_the_preview() {
    let server = Server::start(ARTICLES, &[]);
    let page = server.get("/");
    assert!(page.contains("<script src=\"/-recto/reload.js\" data-state="), "{page}");
    for name in ["reload.js", "overlay.js", "overlay.css"] {
        assert_eq!(status(&server.get(&format!("/-recto/{name}"))), 200, "{name}");
    }
    assert_eq!(status(&server.get("/-recto/other")), 404);
    let built =
        Command::new(env!("CARGO_BIN_EXE_recto")).arg("build").arg(server.folder.path()).output().expect("built");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let html = fs::read_to_string(server.folder.path().join("_site/index.html")).expect("a page");
    assert!(!html.contains("-recto"));
}

#[test]
fn a_change_is_told_and_shown() {
    let server = Server::start(ARTICLES, &[]);
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    server.wait_for("/b/c", "Page C");
    write!(stream, "GET /-recto/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("a line"));
    let mut next = |what: &str| lines.by_ref().find(|line| line.starts_with("data:") && line.contains(what));
    assert!(next("\"version\":1,\"checked\":1}").is_some());
    server.write("articles/b/c.md", "# Page New\n");
    assert!(next("\"version\":2").is_some());
    assert!(server.get("/b/c").contains("Page New"));
    server.write("articles/b/fresh/e.md", "# Page E\n");
    server.wait_for("/b/fresh/e", "Page E");
    fs::rename(server.folder.path().join("articles/b"), server.folder.path().join("articles/z")).expect("renamed");
    server.wait_for("/z/fresh/e", "Page E");
    server.write("articles/z/fresh/e.md", "# Page F\n");
    server.wait_for("/z/fresh/e", "Page F");
    assert_eq!(status(&server.get("/b/c")), 404);
}

#[test]
fn a_log_in_the_docs_is_no_reason_to_build() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "articles/a.md", "# One\n");
    let log = folder.path().join("articles/serve.log");
    let server = Server::start_in(folder, &[], fs::File::create(&log).expect("a log").into());
    let lines = |what: &str| fs::read_to_string(&log).expect("the log").matches(what).count();
    let wait_for = |what: &str| {
        let started = Instant::now();
        while lines(what) == 0 {
            assert!(started.elapsed() < Duration::from_secs(20), "no `{what}` in the log");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait_for("built 1 page");
    server.write("articles/a.md", "# Two\n");
    wait_for("rebuilt 1 page");
    // A line about a line would come within milliseconds, and then the next.
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(lines("built"), 2, "{}", fs::read_to_string(&log).expect("the log"));
}

// Elsewhere it is up to the system whether a folder can go while it is watched.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_removed_and_made_again_is_seen() {
    let server = Server::start(ARTICLES, &[]);
    server.wait_for("/b/c", "Page C");
    server.wait_for("/-recto/problems?page=%2Fb%2Fc", "\"errors\":0");
    fs::remove_dir_all(server.folder.path()).expect("removed");
    server.wait_for("/b/c", "404");
    server.wait_for("/-recto/problems?page=%2Fb%2Fc", "cannot read the folder");
    for title in ["Page D", "Page E"] {
        server.write("articles/b/c.md", &format!("# {title}\n"));
        server.wait_for("/b/c", title);
    }
}

#[test]
fn an_include_outside_of_the_docset_is_watched() {
    let server = Server::start(
        &[
            (
                ".openpublishing.publish.config.json",
                r#"{"docsets_to_publish":[{"docset_name":"d","build_source_folder":"docs"}]}"#,
            ),
            ("docs/docfx.json", r#"{"build":{"content":[{"files":["**/*.md"]}]}}"#),
            ("docs/a.md", "# A\n\n[!INCLUDE [i](../shared/i.md)]\n"),
            ("shared/i.md", "Text one.\n"),
        ],
        &[],
    );
    server.wait_for("/a", "Text one.");
    server.wait_for("/-recto/problems?page=%2Fa", "\"errors\":0");
    server.write("shared/i.md", "Text two.\n");
    server.wait_for("/a", "Text two.");
    fs::remove_file(server.folder.path().join("shared/i.md")).expect("removed");
    server.wait_for("/-recto/problems?page=%2Fa", "include-not-found");
}

#[test]
fn problems_are_told_with_their_place() {
    let text = "# A\n\n[x](<gone&b.md>)\n";
    let server = Server::start(&[("articles/a.md", text), ("articles/b.md", "[!INCLUDE [x](i.md)]\n")], &[]);
    let answer = server.wait_for("/-recto/problems?page=%2Fa", "\"errors\":1");
    let found: serde_json::Value =
        serde_json::from_str(answer.split("\r\n\r\n").nth(1).expect("a body")).expect("JSON");
    let (page, others) = (&found["page"][0], &found["others"][0]);
    assert_eq!((page["code"].as_str(), page["line"].as_u64()), (Some("file-not-found"), Some(3)));
    assert_eq!(page["excerpt"].as_array().map(Vec::len), Some(3));
    assert_eq!(others["code"].as_str(), Some("include-not-found"));
    assert_eq!(found["page"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_configuration_that_is_broken_from_the_start_is_told_until_it_is_mended() {
    let server = Server::start(&[("articles/a.md", "# A\n"), ("recto.yml", "titel: <T>\n")], &[]);
    let page = server.wait_for("/a", "The site cannot be built");
    assert!(status(&page) == 503 && page.contains("did you mean `title`?") && page.contains("&lt;T&gt;"), "{page}");
    server.write("recto.yml", "title: T\n");
    assert_eq!(status(&server.wait_for("/a", "assets/recto.css")), 200);
}

#[test]
fn a_theme_that_breaks_leaves_the_last_good_one() {
    let server = Server::start(
        &[
            ("articles/a.md", "# A\n"),
            ("recto.yml", "theme: own\n"),
            ("themes/own/templates/parts/footer.html", "First footer"),
        ],
        &[],
    );
    server.wait_for("/a", "First footer");
    server.wait_for("/-recto/problems?page=%2Fa", "\"trouble\":null");
    server.write("themes/own/templates/parts/footer.html", "{% broken");
    server.wait_for("/-recto/problems?page=%2Fa", "footer.html:1:");
    assert!(server.get("/a").contains("First footer"));
    server.write("themes/own/templates/parts/footer.html", "Second footer");
    server.wait_for("/a", "Second footer");
}

#[test]
fn a_taken_port_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ended = command(folder.path(), &["--port", &port]).stderr(Stdio::piped()).output().expect("run");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(told.contains(&format!("port {port} is taken: choose another with --port")), "{told}");
}

#[test]
fn a_browser_shows_changes_and_problems() {
    let Some(modules) = program::data("RECTO_BROWSER") else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/serve.mjs");
    let mut node = Command::new("node");
    node.arg(script).env("RECTO", env!("CARGO_BIN_EXE_recto")).env("RECTO_BROWSER", modules);
    // A program that is not optimised keeps the promises, but for the time that they take.
    node.env("RECTO_LIMIT", if cfg!(debug_assertions) { "3000" } else { "300" });
    if let Some(corpora) = program::data("RECTO_CORPORA") {
        node.env("RECTO_CORPUS", corpora.join("PowerShell-Docs"));
    }
    assert!(node.status().expect("node").success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_with_its_code() {
    let mut server = Server::start(ARTICLES, &[]);
    server.get("/");
    let sent = Command::new("kill").args(["-INT", &server.process.id().to_string()]).status().expect("sent");
    assert!(sent.success());
    assert_eq!(server.process.wait().expect("ended").code(), Some(130));
}
