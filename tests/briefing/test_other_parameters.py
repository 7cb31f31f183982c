"""What a reader finds when the briefing is built with other parameters: findings that are no longer certain
say so.
"""

import re
import subprocess
import sys

import pytest

from gba_analysis.analysis.finding_texts import placeholders
from gba_analysis.figures.tables import load

LANG = "zh"
# With official sources alone nothing is left that says which rank the cluster had before.
CHANGED = ["-p", "min_grade", "A", "--lang", LANG, "--to", "html", "--scenario", "official"]


@pytest.fixture(scope="module")
def official(repository, tmp_path_factory):
    out = tmp_path_factory.mktemp("official")
    command = [
        sys.executable,
        "-m",
        "gba_analysis",
        "--project",
        str(repository.root),
        "build",
        "--out",
        str(out),
    ]
    finished = subprocess.run([*command, *CHANGED], capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr
    return out / "official"


def ending(template: str) -> str:
    """The words of a finding after its last number."""
    return template.rpartition("}")[2]


def test_a_finding_changes_its_text_with_the_sources(repository, built_run, official):
    finding = load(repository).findings.loc["cluster"]
    base = (built_run / f"briefing.{LANG}.html").read_text(encoding="utf-8")
    changed = (official / f"briefing.{LANG}.html").read_text(encoding="utf-8")
    assert placeholders(finding[f"text_{LANG}"])
    assert ending(finding[f"text_{LANG}"]) in base and ending(finding[f"text_{LANG}"]) not in changed
    assert ending(finding[f"open_{LANG}"]) in changed and ending(finding[f"open_{LANG}"]) not in base


def test_a_chart_without_sources_says_so_in_its_title(built_run, official):
    pages = ((run / f"briefing.{LANG}.html").read_text(encoding="utf-8") for run in (built_run, official))
    base, changed = (re.sub("<[^>]+>", "", page) for page in pages)
    nothing = "在这些参数下没有可显示的内容。"
    # The first clusters by patents and by papers stand in a source of grade C only.
    assert changed.count(nothing) == 2 and nothing not in base


def test_only_what_was_asked_for_is_made(official):
    assert sorted(path.name for path in official.glob("briefing.*")) == [f"briefing.{LANG}.html"]


def test_the_page_names_its_parameters_and_command(official):
    text = re.sub("<[^>]+>", "", (official / f"briefing.{LANG}.html").read_text(encoding="utf-8"))
    assert "min_grade: A" in text or "min_grade：A" in text
    assert "gba build" in text and "min_grade A" in text
