"""The how-tos of CONTRIBUTING.md, taken step by step in a copy of the project, do what they say.

They are taken in order in one copy, as each builds on the one before; every `gba check` in them must find all
well.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from steps import Step, how_tos, run

from gba_analysis.project import find_project

ROOT = find_project().root
GUIDE = ROOT / "CONTRIBUTING.md"
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "build", "__pycache__", ".*_cache", ".hypothesis")
# What each how-to must leave behind, as text in a file of the project.
LEFT = {
    "A figure": ("notebooks/03_research.ipynb", '"research.example_labs_stated"'),
    "A derived indicator": ("notebooks/03_research.ipynb", '"research.example_rest"'),
    "A source with its cross-check, and a claim": ("notebooks/06_references.ipynb", '"verdict.example_labs"'),
    "A chart": ("notebooks/03_research.ipynb", "Of 35 joint laboratories, 12 are example laboratories."),
    "A finding": ("notebooks/07_robustness.ipynb", '"findings.example"'),
    "A parameter": ("build/example-share-0.8/briefing.en.html", "example_share: 0.8"),
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the project, whose command runs the copy's own code."""
    target = tmp_path_factory.mktemp("howto") / "clone"
    shutil.copytree(ROOT, target, ignore=NOT_COPIED)
    command = target / ".venv" / "bin" / "gba"
    command.parent.mkdir(parents=True)
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH='{target}/src' exec '{sys.executable}' -m gba_analysis \"$@\"\n"
    )
    command.chmod(0o755)
    return target


@pytest.fixture(scope="module")
def taken(clone):
    """Every how-to taken in order: its heading → what went wrong, empty if nothing did."""
    return {heading: _problem(steps, clone) for heading, steps in how_tos(GUIDE).items()}


def _problem(steps: list[Step], clone: Path) -> str:
    try:
        for step in steps:
            step.take(clone)
    except AssertionError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("heading", LEFT)
def test_a_how_to_can_be_taken_as_it_is_written(taken, clone, heading):
    assert taken[heading] == ""
    file, text = LEFT[heading]
    assert text in _text(clone / file)


def test_every_section_with_steps_is_among_these():
    assert {*how_tos(GUIDE)} - {"How to change things"} == {*LEFT}


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".ipynb" else text


@pytest.mark.parametrize(
    ("told", "kind", "text", "complaint"),
    [
        ("Append it somewhere:", "csv", "a,b", "a sentence that names a file"),
        ("In `a.txt`, put before the line `gone`:", "python", "new", "found 0 times 'gone'"),
        ("", "sh", "exit 3", "exit 3"),
    ],
)
def test_a_step_that_cannot_be_taken_is_an_error(tmp_path, told, kind, text, complaint):
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    with pytest.raises(AssertionError, match=complaint):
        Step(told, kind, text).take(tmp_path)


def test_steps_change_just_what_they_name(tmp_path):
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    (tmp_path / "w.yml").write_text('title:\n  old: "a"\n')
    Step("Append to `a.txt`:", "csv", "three").take(tmp_path)
    Step("In `a.txt`, put before the line `two`:", "python", "between").take(tmp_path)
    Step("Add to `w.yml`, group `title`:", "yaml", '  new: "b"').take(tmp_path)
    assert (tmp_path / "a.txt").read_text() == "one\nbetween\ntwo\nthree\n"
    assert yaml.safe_load((tmp_path / "w.yml").read_text()) == {"title": {"old": "a", "new": "b"}}
    assert run("cat a.txt", tmp_path).startswith("one")
