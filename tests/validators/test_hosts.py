"""The recipes for hosts: nginx and Apache of Debian serve the sample by them, and a client looks at every answer."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from published import files
from support import BINARY, ROOT, SITE

MODULES = Path("/usr/lib/apache2/modules")
NEEDED = ["mpm_event", "authz_core", "unixd", "dir", "mime", "alias", "headers", "setenvif", "filter", "deflate"]
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    "index.html": "text/html; charset=utf-8",
    "data/measures/latest/measures.csv": "text/csv; charset=utf-8",
    "data/measures/latest/measures.jsonl": "application/x-ndjson",
    "data/measures/latest/measures.parquet": "application/vnd.apache.parquet",
    "data/measures/latest/measures.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "data/measures/latest/measures.zip": "application/zip",
    "data/measures/latest/measures.bib": "application/x-bibtex; charset=utf-8",
    "data/public-facilities/latest/public-facilities.geojson": "application/geo+json",
    "catalog.json": "application/json",
    "catalog.jsonld": "application/ld+json",
    "feed.xml": "application/atom+xml",
    "opensearch.xml": "application/opensearchdescription+xml",
    "sitemap.xml": "application/xml",
    "robots.txt": "text/plain; charset=utf-8",
    "kawaraban.js": "text/javascript; charset=utf-8",
}


def recipe(host: str, root: Path = ROOT) -> str:
    return subprocess.run([BINARY, "host", host, "--root", root], capture_output=True, text=True, check=True).stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """A server that serves the sample site below `base`."""

    base = "/"

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="kawaraban-host-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        # The workers of a server that root has started have fewer rights.
        cls.folder.chmod(0o755)
        cls.content = ROOT
        if cls.base != "/":
            cls.content = cls.folder / "content-below"
            shutil.copytree(ROOT / "content", cls.content / "content")
            shutil.copytree(ROOT / "themes", cls.content / "themes")
            settings = cls.content / "content/site.toml"
            address = 'base_url = "https://data.city.kawara.example'
            text = settings.read_text("utf-8")
            assert address in text
            settings.write_text(text.replace(address + '/"', address + cls.base + '"'), "utf-8")
        cls.www = cls.folder / "www"
        cls.site = Path(str(cls.www) + cls.base)
        shutil.copytree(SITE, cls.site)
        # What no visitor may see.
        (cls.site / ".git").mkdir()
        (cls.site / ".git/config").write_text("secret")
        cls.port = free_port()
        cls.start()
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", cls.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer: " + cls.said())

    @classmethod
    def run_server(cls, command: list):
        cls.log = open(cls.folder / "log", "w+")
        cls.addClassCleanup(cls.log.close)
        process = subprocess.Popen(command, stdout=cls.log, stderr=cls.log)
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.terminate)

    @classmethod
    def said(cls) -> str:
        cls.log.seek(0)
        return cls.log.read()

    def get(self, path: str, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", self.base + path, headers={"Host": "data.city.kawara.example", **headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def test_every_file_arrives_as_it_is_with_policy_and_access_for_programs(self):
        framed = 0
        for path, file in files().items():
            answer, body = self.get(path)
            self.assertEqual((answer.status, body), (200, file.read_bytes()), path)
            is_block = path.startswith(("embed/", "en/embed/"))
            framed += is_block and path.endswith(".html")
            self.assertEqual(answer.headers.get_all("Content-Security-Policy"), [POLICY + ("*" if is_block else "'self'")], path)
            self.assertEqual(answer.headers.get_all("X-Content-Type-Options"), ["nosniff"], path)
            self.assertEqual(answer.headers.get_all("Access-Control-Allow-Origin"), ["*"], path)
            named = path.startswith("assets/") or (path.startswith(("search/", "tables/")) and path.endswith(".kwb"))
            self.assertEqual(answer.headers.get_all("Cache-Control"), [FOR_EVER if named else "no-cache"], path)
        self.assertGreater(framed, 0)

    def test_types(self):
        found = {path: self.get(path)[0].headers["Content-Type"] for path in TYPES}
        self.assertEqual(found, TYPES)
        feed = next(path for path in files() if path.startswith("departments/") and path.endswith(".xml"))
        self.assertEqual(self.get(feed)[0].headers["Content-Type"], "application/atom+xml")

    def test_texts_are_compressed_and_what_is_compressed_already_is_not(self):
        for path in ["index.html", "data/measures/latest/measures.csv", "catalog.jsonld", "feed.xml", "kawaraban.js"]:
            plain = (SITE / path).read_bytes()
            answer, body = self.get(path, **{"Accept-Encoding": "gzip"})
            if len(plain) < 1000:
                continue
            self.assertEqual(answer.headers["Content-Encoding"], "gzip", path)
            self.assertIn("Accept-Encoding", answer.headers["Vary"], path)
            self.assertEqual(gzip.decompress(body), plain, path)
            self.assertLess(len(body), len(plain) * 0.7, path)
        named = next(path for path in files() if path.startswith("search/") and path.endswith(".kwb"))
        for path in [named, "data/measures/latest/measures.zip", "data/measures/latest/measures.parquet"]:
            answer, body = self.get(path, **{"Accept-Encoding": "gzip"})
            self.assertIsNone(answer.headers["Content-Encoding"], path)
            self.assertEqual(body, (SITE / path).read_bytes(), path)

    def test_what_has_not_changed_is_not_sent_again(self):
        for encoding in ["identity", "gzip"]:
            for path in ["index.html", "data/measures/latest/measures.csv", "search/manifest.json"]:
                known = self.get(path, **{"Accept-Encoding": encoding})[0].headers["ETag"]
                again, body = self.get(path, **{"Accept-Encoding": encoding, "If-None-Match": known})
                self.assertEqual((again.status, body), (304, b""), f"{path} {encoding}")
        other, _ = self.get("index.html", **{"If-None-Match": '"other"'})
        self.assertEqual(other.status, 200)

    def test_folders_lead_to_their_page_and_unknown_addresses_to_the_404_page(self):
        for path in ["", "data/", "en/"]:
            self.assertEqual(self.get(path)[1], (SITE / path / "index.html").read_bytes())
        moved, _ = self.get("data")
        self.assertEqual(moved.status, 301)
        self.assertTrue(moved.headers["Location"].endswith(self.base + "data/"), moved.headers["Location"])
        page = (SITE / "404.html").read_bytes()
        for path in ["nowhere", "measures/nowhere.html", "assets/nowhere.css", "search/nowhere.kwb"]:
            answer, body = self.get(path)
            self.assertEqual((answer.status, body), (404, page), path)
            self.assertEqual(answer.headers["Content-Security-Policy"], POLICY + "'self'", path)
            # An absence is never kept.
            self.assertEqual(answer.headers["Cache-Control"], "no-cache", path)

    def test_hidden_files_of_tools_are_not_shown(self):
        for path in [".git/config", ".git/"]:
            answer, body = self.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertNotIn(b"secret", body)


class Nginx(Server, unittest.TestCase):
    @classmethod
    def start(cls):
        made = recipe("nginx", cls.content)
        here = made.replace("listen 80;", f"listen 127.0.0.1:{cls.port};").replace("root /var/www/kawaraban;", f"root {cls.www};")
        assert here.count(str(cls.port)) and str(cls.www) in here
        (cls.folder / "site.conf").write_text(here)
        kept = "".join(f"{name}_temp_path {cls.folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        (cls.folder / "nginx.conf").write_text(f"""
            daemon off; pid {cls.folder}/pid; error_log stderr; {"user root;" if os.getuid() == 0 else ""}
            events {{}}
            http {{ access_log off; {kept} include {cls.folder}/site.conf; }}
        """)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        checked = subprocess.run([program, "-t", "-e", "stderr", "-c", cls.folder / "nginx.conf"], capture_output=True, text=True)
        assert checked.returncode == 0 and "[warn]" not in checked.stderr, checked.stderr
        cls.run_server([program, "-e", "stderr", "-c", cls.folder / "nginx.conf"])


class NginxBelow(Nginx):
    """The same where the site is in a folder of its host."""

    base = "/city/data/"


class Apache(Server, unittest.TestCase):
    @classmethod
    def start(cls):
        (cls.site / ".htaccess").write_text(recipe("apache", cls.content))
        modules = "\n".join(
            f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NEEDED if (MODULES / f"mod_{name}.so").exists()
        )
        user = "" if os.getuid() else "User www-data\nGroup www-data"
        (cls.folder / "apache.conf").write_text(f"""
            ServerName data.city.kawara.example
            ServerRoot {cls.folder}
            Listen 127.0.0.1:{cls.port}
            PidFile {cls.folder}/pid
            ErrorLog {cls.folder}/log-of-apache
            {modules}
            {user}
            TypesConfig /dev/null
            DocumentRoot {cls.www}
            <Directory {cls.www}>
                AllowOverride FileInfo Indexes
                Require all granted
            </Directory>
        """)
        program = shutil.which("apache2") or "/usr/sbin/apache2"
        cls.run_server([program, "-f", cls.folder / "apache.conf", "-D", "FOREGROUND"])

    @classmethod
    def said(cls) -> str:
        errors = cls.folder / "log-of-apache"
        return super().said() + (errors.read_text() if errors.exists() else "")


class ApacheBelow(Apache):
    """The same where the site is in a folder of its host."""

    base = "/city/data/"


class Others(unittest.TestCase):
    def test_headers_files_name_no_header_twice_for_a_path(self):
        cloudflare, netlify = recipe("cloudflare-pages"), recipe("netlify")
        for text in [cloudflare, netlify]:
            self.assertLess(max(len(line) for line in text.splitlines()), 2000)
            self.assertLess(sum(not line.startswith(" ") for line in text.splitlines()), 100)
        # Cloudflare adds up the values of all rules that fit, unless one takes the earlier one back.
        rules, path = {}, None
        for line in cloudflare.splitlines():
            if not line.startswith(" "):
                path = line
                continue
            rules.setdefault(path, []).append(line.strip())
        for path, lines in rules.items():
            if path != "/*":
                before = {line.split(":")[0] for line in rules["/*"]}
                header = lines[-1].split(":")[0]
                self.assertEqual(lines[:-1], [f"! {header}"] if header in before else [])
        self.assertIn("frame-ancestors *", rules["/embed/*"][1])
        self.assertIn(FOR_EVER, rules["/search/*.kwb"][0])
        # Netlify cannot take back, so no header is in two rules.
        headers = [line.split(":")[0].strip() for line in netlify.splitlines() if line.startswith(" ")]
        self.assertEqual(len(headers), len(set(headers)))

    def test_the_script_for_s3_uploads_every_file_once_more_only_where_its_headers_differ(self):
        script = recipe("s3")
        self.assertEqual(subprocess.run(["sh", "-n"], input=script, text=True).returncode, 0)
        with tempfile.TemporaryDirectory() as folder:
            # In place of the AWS command line: writes down what it is asked for.
            fake = Path(folder) / "aws"
            fake.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >>"$CALLS"\n')
            fake.chmod(0o755)
            calls = Path(folder) / "calls"
            environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "CALLS": str(calls)}
            run = subprocess.run(["sh", "-s", "public", "s3://bucket/"], input=script, text=True, env=environment)
            self.assertEqual(run.returncode, 0)
            made = calls.read_text().splitlines()
        self.assertIn("--include assets/* --include search/*.kwb --include tables/*.kwb", made[0])
        self.assertIn(FOR_EVER, made[0])
        self.assertIn("--exclude assets/*", made[1])
        csv = next(call for call in made if "*.csv" in call)
        self.assertIn("--content-type text/csv; charset=utf-8", csv)
        self.assertTrue(made[-1].startswith("s3 sync public s3://bucket/ --delete"))


if __name__ == "__main__":
    unittest.main()
