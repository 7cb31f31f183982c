"""The command as a user meets it: words, exit codes, light imports, JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gba_analysis import __version__, parameters
from gba_analysis.cli import main

# Each takes longer to import than the whole help may take.
HEAVY = (
    "pandas",
    "numpy",
    "matplotlib",
    "papermill",
    "nbformat",
    "frictionless",
    "yaml",
    "IPython",
    "fontTools",
)
HEAVY += ("typst", "rocrate")


def gba(*words, **options):
    """The finished process of `python -m gba_analysis words`."""
    command = [sys.executable, "-m", "gba_analysis", *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)


def test_the_command_imports_nothing_heavy_at_start():
    script = f"import sys, gba_analysis.cli; print([name for name in {HEAVY} if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_help_names_every_command_and_the_version_is_the_packages():
    text = gba("--help").stdout
    assert all(f"\n  {name} " in text for name in ("build", "bundle", "check", "doctor", "params", "refresh"))
    assert gba("--version").stdout == f"gba, version {__version__}\n"


def test_the_installed_command_is_the_same():
    command = Path(sys.executable).with_name("gba")
    assert subprocess.run([command, "--help"], capture_output=True, text=True, check=True).stdout.startswith(
        "Usage: gba "
    )


def test_params_is_a_table_of_the_contract():
    lines = CliRunner().invoke(main, ["params"]).stdout.splitlines()
    assert lines[0].split() == ["name", "type", "unit", "range", "default", "notebooks", "meaning"]
    assert [line.split()[0] for line in lines[1:]] == [item.name for item in parameters.CONTRACT]
    usd = next(line for line in lines if line.startswith("usd_cny"))
    assert "5.0 to 10.0" in usd and "yuan per US dollar" in usd and "7.1" in usd and "04_industry" in usd
    starts = {line.index(item.meaning_en) for line, item in zip(lines[1:], parameters.CONTRACT, strict=True)}
    assert starts == {lines[0].index("meaning")}


def test_params_says_what_each_may_be():
    lines = {line.split()[0]: line for line in CliRunner().invoke(main, ["params"]).stdout.splitlines()}
    assert "2 or more of hengqin | qianhai | nansha | hetao" in lines["platforms"]
    assert "0.01 to 0.5" in lines["near_shortfall"]
    assert " strict | conventional | tight " in lines["reading"]
    assert "true | false" in lines["include_names"]
    assert not any(word in line for line in lines.values() for word in (" None ", " null "))


def test_params_as_json_is_the_whole_contract():
    listed = json.loads(CliRunner().invoke(main, ["params", "--json"]).stdout)
    assert {item["name"]: item["default"] for item in listed} == parameters.defaults()
    assert all(item["meaning_zh"] and item["expected"] for item in listed)


def test_doctor_finds_what_this_machine_has(repository):
    finished = gba("--project", repository.root, "doctor")
    assert finished.returncode == 0
    found = {line[:24].strip(): line[24:].strip() for line in finished.stdout.splitlines()}
    assert found["Python"].startswith("3.") and found["papermill"] and "Pandoc" in found["engine embedded"]
    assert "GBASansSC-Regular.ttf" in found["fonts GBA Sans SC"]


def test_doctor_says_how_to_get_what_is_missing(repository, kit_copy):
    (kit_copy / "fonts" / "GBASansSC-Bold.ttf").unlink()
    finished = CliRunner().invoke(main, ["--project", str(repository.root), "doctor"])
    assert finished.exit_code == 2
    assert "install the package again, or: git checkout -- src/gba_analysis/kit/fonts" in finished.stdout


def test_check_finds_this_project_well_and_counts(repository):
    finished = gba("--project", repository.root, "check")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert (
        finished.stdout.startswith("all well: ")
        and f"{len(parameters.NOTEBOOKS)} notebooks" in finished.stdout
        and "2 pages" in finished.stdout
    )


def test_check_as_json(repository):
    answer = json.loads(gba("--project", repository.root, "check", "--json").stdout)
    assert answer["problems"] == []
    assert answer["checked"]["notebooks"] == len(parameters.NOTEBOOKS) and answer["checked"]["figures"] > 50


def test_check_with_another_text_as_the_article_lists_what_is_not_in_it(repository, tmp_path):
    (tmp_path / "other.txt").write_text("另一篇文章。\n", encoding="utf-8")
    finished = gba("--project", repository.root, "check", "--article", tmp_path / "other.txt")
    assert finished.returncode == 2
    assert finished.stderr.splitlines()[0].endswith(" problems:")
    assert "other.txt" in finished.stderr and "data/indicators.csv, row 2" in finished.stderr


@pytest.mark.parametrize("words", [["check"], ["build"], ["bundle"], ["doctor"], ["refresh"]])
def test_outside_a_project_the_message_says_what_is_expected(tmp_path, words):
    environ = {name: value for name, value in os.environ.items() if name != "GBA_PROJECT"}
    finished = gba(*words, cwd=tmp_path, env=environ)
    assert finished.returncode == 2
    assert (
        finished.stderr.startswith("gba: ")
        and "--project DIR" in finished.stderr
        and len(finished.stderr.splitlines()) == 1
    )


def test_a_project_that_is_not_there_is_refused(tmp_path):
    finished = gba("--project", tmp_path / "none", "check")
    assert finished.returncode == 2 and "does not exist" in finished.stderr


def test_the_project_is_found_from_a_folder_inside_it(repository):
    assert gba("doctor", cwd=repository.data.parent / "tests" / "figures").returncode == 0


def test_a_bug_ends_in_a_traceback(repository):
    broken = "import gba_analysis.figures.check as module; module.check_data = None"
    script = f"{broken}; from gba_analysis.cli import main; main()"
    command = [sys.executable, "-c", script, "--project", str(repository.root), "check"]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 1 and finished.stderr.startswith("Traceback")
