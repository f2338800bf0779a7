//! Hosts: what a build writes for the one that is named in `site.toml`, and what `kawaraban host`
//! prints. How servers behave by the recipes is in `tests/validators/test_hosts.py`.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::fs;
use std::path::Path;

use support::{run, sound_site_with, write};

fn on(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let root = root.to_str().expect("a path in UTF-8");
    run(arguments.iter().copied().chain(["--root", root, "--lang", "en"]))
}

#[test]
fn a_build_writes_the_file_that_the_host_reads() {
    let files = [
        ("apache", Some(".htaccess")),
        ("cloudflare-pages", Some("_headers")),
        ("netlify", Some("_headers")),
        ("github-pages", Some(".nojekyll")),
        ("nginx", None),
        ("s3", None),
    ];
    for (host, file) in files {
        let folder = sound_site_with(&format!("[host]\nname = \"{host}\""));
        let (status, _, said) = on(folder.path(), &["build"]);
        assert_eq!((status, said.as_str()), (0, ""), "{host}");
        let public = folder.path().join("public");
        let manifest = fs::read_to_string(public.join("manifest.json")).expect("a manifest");
        for name in [".htaccess", "_headers", ".nojekyll"] {
            assert_eq!(public.join(name).exists(), file == Some(name), "{name} for {host}");
            assert_eq!(manifest.contains(&format!("\"{name}\"")), file == Some(name), "{name}");
        }
        let (status, recipe, said) = on(folder.path(), &["host", host]);
        match file {
            Some(".nojekyll") => assert!(status == 2 && said.contains("help: "), "{said}"),
            Some(name) => {
                let written = fs::read_to_string(public.join(name)).expect("a file");
                assert_eq!((status, recipe), (0, written), "{host}");
            }
            None => assert_eq!((status, said.as_str()), (0, ""), "{host}"),
        }
    }
}

#[test]
fn a_file_of_the_citys_own_is_left_as_it_is() {
    let folder = sound_site_with("[host]\nname = \"netlify\"");
    write(&folder.path().join("content/static/_headers"), "/*\n  X-Own: 1\n");
    let (status, _, said) = on(folder.path(), &["build"]);
    assert_eq!((status, said.as_str()), (0, ""));
    let own = fs::read_to_string(folder.path().join("public/_headers")).expect("a file");
    assert_eq!(own, "/*\n  X-Own: 1\n");
}

#[test]
fn a_recipe_is_for_the_address_of_the_site() {
    let folder = sound_site_with("");
    let path = folder.path().join("content/site.toml");
    let own = fs::read_to_string(&path).expect("the settings");
    let moved = own.replace("https://data.city.mihon.example/", "https://city.example:8443/a.b/c/");
    assert_ne!(own, moved);
    fs::write(&path, moved).expect("the settings");
    let (_, nginx, _) = on(folder.path(), &["host", "nginx"]);
    for part in ["server_name city.example;", "location /a.b/c/ {", r#""~^/a\.b/c/(assets/.+|"#] {
        assert!(nginx.contains(part), "{part} in {nginx}");
    }
    let (_, headers, _) = on(folder.path(), &["host", "cloudflare-pages"]);
    assert!(headers.starts_with("/a.b/c/*\n"), "{headers}");
    // Whatever else is wrong, the address is known.
    write(&folder.path().join("content/topics.csv"), "id\n\n");
    assert_eq!(on(folder.path(), &["host", "apache"]).0, 0);
    fs::write(&path, "title = 1").expect("the settings");
    let (status, printed, said) = on(folder.path(), &["host", "apache"]);
    assert_eq!((status, printed.contains("Header")), (1, false));
    assert!(said.contains("base_url") || printed.contains("base_url"), "{printed}{said}");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_too_large_for_the_host_is_told_when_the_site_is_built() {
    let folder = sound_site_with("[host]\nname = \"cloudflare-pages\"");
    let large = folder.path().join("content/static/map.bin");
    write(&large, "");
    let most = 25 << 20;
    let length = |bytes| {
        let file = fs::File::options().write(true).open(&large).expect("a file");
        file.set_len(bytes).expect("a long file");
        on(folder.path(), &["build"])
    };
    let (status, _, said) = length(most);
    assert_eq!((status, said.as_str()), (0, ""));
    let (status, printed, said) = length(most + 1);
    assert_eq!(status, 0);
    let told = printed + &said;
    let line = "warning[check::host-limit]: `map.bin` is larger than the files that Cloudflare Pages \
                takes (26214400 bytes)";
    assert!(told.contains(line), "{told}");
}
