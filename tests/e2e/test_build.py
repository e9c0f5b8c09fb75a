"""What is committed is what the sources build to."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

WIDGET = Path(__file__).resolve().parents[2] / "bot" / "widget"


def npm(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("npm")
    if not program or not shutil.which("node"):
        pytest.skip("no node: the built files are not compared with their sources")
    return subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The widget's sources with their tools, apart from the tree."""
    copy = tmp_path_factory.mktemp("widget") / "widget"
    shutil.copytree(WIDGET, copy, ignore=shutil.ignore_patterns("static", "node_modules"))
    installed = npm("ci", "--no-audit", "--no-fund", cwd=copy)
    if installed.returncode:
        pytest.skip("npm ci found no package registry: the built files are not compared with their sources")
    return copy


def test_the_built_files_are_what_the_sources_make(copy: Path) -> None:
    built = npm("run", "build", cwd=copy)

    assert 0 == built.returncode, built.stderr
    made = {path.name: path.read_bytes() for path in (copy / "static").iterdir()}
    committed = {path.name: path.read_bytes() for path in (WIDGET / "static").iterdir()}
    assert sorted(made) == sorted(committed)
    # How small Brotli makes a file may differ from one Node to the next; what it holds may not.
    made = {name: content for name, content in made.items() if not name.endswith(".br")}
    differing = [name for name in made if made[name] != committed[name]]
    assert [] == differing, "run `npm ci && npm run build` in bot/widget and commit static/"


def test_the_compressed_files_hold_the_files_themselves() -> None:
    names = [path.stem for path in (WIDGET / "static").glob("*.br")]
    look = """
      const { readFileSync: read } = require('fs'), { brotliDecompressSync: open } = require('zlib')
      for (const name of process.argv.slice(1)) if (!open(read(name + '.br')).equals(read(name))) throw name
    """
    node = shutil.which("node")
    if not node:
        pytest.skip("no node: the compressed files are not opened")

    opened = subprocess.run([node, "-e", look, *names], cwd=WIDGET / "static", capture_output=True, check=False)

    assert {"launcher.js", "panel.js", "panel.css"} <= set(names)
    assert (0, b"") == (opened.returncode, opened.stderr)


@pytest.mark.parametrize("script", ["check", "test"])
def test_types_and_unit_tests_pass(copy: Path, script: str) -> None:
    result = npm("run", script, cwd=copy)

    assert 0 == result.returncode, result.stdout + result.stderr


def test_the_lock_file_names_no_registry() -> None:
    lock = (WIDGET / "package-lock.json").read_text()

    assert "resolved" not in lock
    assert "http" not in lock


def test_the_tools_are_not_part_of_the_tree() -> None:
    assert "node_modules/" in (WIDGET / ".gitignore").read_text().split()
    assert os.listdir(WIDGET / "static")
