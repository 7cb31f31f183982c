"""CITATION.cff keeps to the Citation File Format and says what the package and the data say of themselves."""

import datetime as dt
import json
import re
import subprocess
import sys

import pytest
import yaml

from gba_analysis import __version__

SCHEMA = "vendor.citation-file-format"


@pytest.fixture
def text(repository):
    return (repository.root / "CITATION.cff").read_text(encoding="utf-8")


@pytest.fixture
def validated(tmp_path):
    """The finished validation of a text against the schema of Citation File Format 1.2.0."""

    def run(text):
        path = tmp_path / "CITATION.cff"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMA, str(path)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    return run


def test_it_is_valid(validated, text):
    finished = validated(text)
    assert finished.returncode == 0, finished.stdout
    assert yaml.safe_load(text)["cff-version"] == "1.2.0"


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"\ntitle: .*", ""),
        (r"\nversion: .*", "\nversion: [0, 1]"),
        (r"\nlicense: .*", "\nlicense: MIT Licence"),
        (r"\ntype: .*", "\ntype: briefing"),
        (r"\nauthors:\n.*", "\nauthors: []"),
        (r"\nversion: ", "\ndate-released: 24 November 2026\nversion: "),
    ],
)
def test_what_breaks_the_format_is_seen(validated, text, pattern, instead):
    broken, count = re.subn(pattern, instead, text, count=1)
    assert count == 1
    assert validated(broken).returncode == 1


def test_it_says_what_the_package_and_the_data_say(repository, text):
    cited = yaml.safe_load(text)
    article = json.loads((repository.data / "datapackage.json").read_text(encoding="utf-8"))["article"]
    assert cited["version"] == __version__
    licence = (repository.root / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith(f"{cited['license']} License") and cited["authors"][0]["name"] in licence
    assert cited["references"][0]["title"] == article["title_zh"]
    assert "date-released" not in cited or isinstance(cited["date-released"], dt.date)
