//! The examples of pipelines in `docs/pipelines`: their shell parts run here, in order, on a site with
//! a change, with the real program. What talks to a host (`gh`, `curl` with a token) and installs
//! packages (`apt-get`) is replaced by scripts that record how they were called.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read and write what belongs to them")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::{copy, root, sound_site, temporary};

/// A repository whose branch `change` differs from `main`, and a place for what pipelines leave.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: temporary() };
        let site = machine.site();
        copy(&sound_site(), &site);
        let git = |arguments: &str| {
            let arguments: Vec<&str> = arguments.split(' ').collect();
            let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
            let done =
                Command::new("git").args(identity).args(&arguments).current_dir(&site).output();
            let done = done.expect("git is installed");
            assert!(done.status.success(), "{arguments:?}: {done:?}");
        };
        git("init -q -b main");
        git("add .");
        git("commit -q -m site");
        git("remote add origin .");
        git("fetch -q origin");
        git("checkout -q -b change");
        let policy = site.join("content/policies/2022/planning.toml");
        let text = fs::read_to_string(&policy).expect("a text");
        fs::write(&policy, text.replace("8地区のすべて", "9地区のすべて")).expect("written");
        git("commit -q -a -m change");

        // The archive of a release, and what stands in for the services of a host.
        let release = machine.path("release/kawaraban-0/");
        fs::create_dir_all(&release).expect("a new folder");
        fs::copy(env!("CARGO_BIN_EXE_kawaraban"), release.join("kawaraban")).expect("copied");
        let packed = Command::new("tar")
            .args(["-czf", "release.tar.gz", "-C", "release", "kawaraban-0"])
            .current_dir(machine.folder.path())
            .status();
        assert!(packed.expect("tar is installed").success());
        fs::create_dir_all(machine.path("bin")).expect("a new folder");
        let record = |name: &str, before: &str| {
            let log = machine.path("calls");
            let script = format!(
                "#!/bin/sh\n{before}\n{{ echo \"{name} $*\"; cat diff.md \"$RUNNER_TEMP/diff.md\" 2>/dev/null; }} >> {}\nexit 0\n",
                log.display()
            );
            let path = machine.path("bin").join(name);
            fs::write(&path, script).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode is set");
        };
        record("gh", "");
        record("apt-get", "exit 0");
        record("curl", "case \"$*\" in *file://*) exec /usr/bin/curl \"$@\";; esac");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn site(&self) -> PathBuf {
        self.path("site")
    }

    /// Runs a shell script as pipelines do; `/tmp` is a folder of the machine.
    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let script = script.replace("/tmp/", &format!("{}/", self.path("tmp").display()));
        fs::create_dir_all(self.path("tmp")).expect("a new folder");
        let inherited = std::env::var("PATH").unwrap_or_default();
        let (bin, temporary) = (self.path("bin"), self.path("tmp"));
        let installed = temporary.join("kawaraban");
        let search = [bin.as_path(), &installed, Path::new(&inherited)];
        let search = search.map(|path| path.display().to_string()).join(":");
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .current_dir(self.site())
            .env("PATH", search)
            .env("LANG", "C.UTF-8")
            .env("RUNNER_TEMP", &temporary)
            .env("GITHUB_PATH", self.path("github-path"))
            .env("KAWARABAN_ARCHIVE", format!("file://{}", self.path("release.tar.gz").display()))
            .envs(variables.iter().copied())
            .output()
            .expect("bash is installed")
    }

    fn calls(&self) -> String {
        fs::read_to_string(self.path("calls")).unwrap_or_default()
    }
}

fn example(name: &str) -> String {
    fs::read_to_string(root().join("docs/pipelines").join(name)).expect("the example is there")
}

/// How far a line is indented.
fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines that belong to the line `at`, without their common indentation.
fn below(lines: &[&str], at: usize, least: usize) -> String {
    let inner = lines[at + 1..].iter().take_while(|line| line.is_empty() || depth(line) > least);
    let inner: Vec<&str> = inner.copied().collect();
    let common = inner.iter().filter(|line| !line.is_empty()).map(|line| depth(line)).min();
    inner
        .iter()
        .map(|line| format!("{}\n", line.get(common.unwrap_or(0)..).unwrap_or("")))
        .collect()
}

/// The scripts of the steps of a workflow, each with its name.
fn steps(workflow: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = workflow.lines().collect();
    let mut steps = Vec::new();
    let mut name = "";
    for (at, line) in lines.iter().enumerate() {
        name = line.trim().strip_prefix("- name: ").unwrap_or(name);
        if let Some(script) = line.trim().strip_prefix("run: ") {
            let script =
                if script == "|" { below(&lines, at, depth(line)) } else { script.to_owned() };
            steps.push((name.to_owned(), script));
        }
    }
    steps
}

/// The script of the list `key` of `job`, as one shell runs it.
fn script(pipeline: &str, job: &str, key: &str) -> String {
    let whole: Vec<&str> = pipeline.lines().collect();
    let start = whole.iter().position(|line| *line == format!("{job}:")).expect("there is the job");
    let job = below(&whole, start, 0);
    let lines: Vec<&str> = job.lines().collect();
    let at =
        lines.iter().position(|line| line.trim() == format!("{key}:")).expect("there is the list");
    let list = below(&lines, at, depth(lines[at]));
    let items: Vec<&str> = list.lines().collect();
    let mut script = String::new();
    for (at, line) in items.iter().enumerate() {
        match line.strip_prefix("- ") {
            Some("|") => script.push_str(&below(&items, at, 0)),
            Some(command) => script.push_str(&format!("{command}\n")),
            None => {}
        }
    }
    script
}

#[test]
fn the_example_for_github_checks_builds_and_comments() {
    let machine = Machine::new();
    let variables = [("GITHUB_BASE_REF", "main"), ("NUMBER", "7"), ("FLAGS", "--offline-search")];
    let steps = steps(&example("github-actions.yml"));
    let names: Vec<&str> = steps.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Install", "Check", "Build", "Verify", "Compare", "Comment"]);
    for (name, script) in &steps {
        let done = machine.run(script, &variables);
        assert!(done.status.success(), "{name}: {done:?}");
    }
    assert!(machine.site().join("public/search.html").exists());
    let calls = machine.calls();
    assert!(
        calls.starts_with("gh pr comment 7 --edit-last --create-if-none --body-file "),
        "{calls}"
    );
    assert!(calls.contains("9地区のすべて") && calls.contains("8地区のすべて"), "{calls}");

    // A mistake is an annotation at its line, and ends the pipeline.
    let topics = machine.site().join("content/pages/about.md");
    fs::write(&topics, "+++\ntitel = \"a\"\n+++\n").expect("written");
    let done = machine.run(&steps[1].1, &variables);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success());
    assert!(said.contains("::error file=content/pages/about.md,line=2"), "{done:?}");
}

#[test]
fn the_example_for_gitlab_checks_builds_and_comments() {
    let machine = Machine::new();
    let pipeline = example("gitlab-ci.yml");
    let before = script(&pipeline, "default", "before_script");
    let run = |job: &str| {
        let variables = [
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("COMMENT_TOKEN", "secret"),
            ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
            ("CI_PROJECT_ID", "3"),
            ("CI_MERGE_REQUEST_IID", "7"),
        ];
        machine.run(&(before.clone() + &script(&pipeline, job, "script")), &variables)
    };
    for job in ["check", "preview"] {
        let done = run(job);
        assert!(done.status.success(), "{job}: {done:?}");
    }
    let report = || fs::read_to_string(machine.site().join("code-quality.json")).expect("a report");
    assert_eq!(report().trim(), "[]");
    let calls = machine.calls();
    let address = "https://gitlab.example/api/v4/projects/3/merge_requests/7/notes";
    assert!(calls.contains("--request POST") && calls.contains(address), "{calls}");
    assert!(calls.contains("9地区のすべて") && calls.contains("8地区のすべて"), "{calls}");
    fs::remove_dir_all(machine.site().join("public")).expect("it was built");
    assert!(run("pages").status.success());
    assert!(machine.site().join("public/index.html").exists());

    let page = machine.site().join("content/pages/about.md");
    fs::write(&page, "+++\ntitel = \"a\"\n+++\n").expect("written");
    assert!(!run("check").status.success());
    let report: serde_json::Value = serde_json::from_str(&report()).expect("it is JSON");
    assert_eq!(report[0]["severity"], "blocker");
    assert_eq!(report[0]["location"]["path"], "content/pages/about.md");
    assert_eq!(report[0]["location"]["lines"]["begin"], 2);
}
