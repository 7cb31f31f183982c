"""The README's commands do what it says: every line of its shell blocks is run, or, if it installs, held
against make.
"""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypandoc
import pytest

from gba_analysis.project import find_project

ROOT = find_project().root
# These install or start the whole suite again; they are compared with what `make` would run.
ONCE_INSTALLED = ("python3 -m venv", ".venv/bin/python -m pip", ".venv/bin/python -m pytest", "make ")
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv*", "build", "__pycache__", ".*_cache", ".hypothesis", ".ipynb_checkpoints"
)


def shell_lines() -> list[str]:
    """The lines of the README's `sh` blocks, in order."""
    document = json.loads(pypandoc.convert_file(ROOT / "README.md", "json", format="gfm"))
    blocks = [block["c"] for block in document["blocks"] if block["t"] == "CodeBlock"]
    return [line for (_, classes, _), text in blocks if "sh" in classes for line in text.splitlines()]


RUNNABLE = [line for line in shell_lines() if not line.startswith(ONCE_INSTALLED) or "--nbval" in line]


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the project, so that running the README leaves the user's build alone."""
    target = tmp_path_factory.mktemp("readme") / "clone"
    shutil.copytree(ROOT, target, ignore=NOT_COPIED)
    (target / ".venv").symlink_to(Path(sys.prefix))
    return target


@pytest.fixture(scope="module")
def ran(clone):
    """Every runnable line, run in order in the copy: line → its result."""
    return {
        line: subprocess.run(line, shell=True, cwd=clone, capture_output=True, text=True, check=False)
        for line in RUNNABLE
    }


@pytest.mark.parametrize("line", RUNNABLE)
def test_a_command_runs(ran, line):
    assert ran[line].returncode == 0, ran[line].stdout[-2000:] + ran[line].stderr[-2000:]


def test_the_build_leaves_the_files_that_the_readme_promises(ran, clone):
    promised = [f"briefing.{lang}.{kind}" for lang in ("en", "zh") for kind in ("html", "pdf")]
    for name in (*promised, "ledger.json", "manifest.json"):
        assert (clone / "build" / "base" / name).stat().st_size > 0
    assert (clone / "build" / "reading-strict" / "briefing.en.html").is_file()
    assert zipfile.is_zipfile(clone / "build" / "base.zip")


def test_make_runs_the_lines_given_for_use_without_make():
    shown = subprocess.run(
        ["make", "--dry-run", "--always-make", "briefing", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for line in shell_lines():
        if line.startswith((".venv/bin/python -m pip", "python3 -m venv")):
            words = [
                word
                for word in line.split()
                if word.startswith("--") or word in ("venv", ".venv", "requirements.lock", ".")
            ]
            assert any(set(words) <= set(made.split()) for made in shown.splitlines()), line
    assert ".venv/bin/gba build" in shown
    assert ".venv/bin/python -m pytest" in shown
