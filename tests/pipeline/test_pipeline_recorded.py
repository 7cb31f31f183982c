"""A run that is not what its manifest says is told so, file by file and fact by fact."""

import json
from pathlib import Path

import pytest

from gba_analysis.errors import ParameterError
from gba_analysis.pipeline.files import digest
from gba_analysis.pipeline.provenance import read_provenance
from gba_analysis.pipeline.recorded import OUTPUTS, RunError, contradictions, differences, read_files, read_manifest, sums

RUN = Path("base")
MANIFEST = "manifest.json"


@pytest.fixture(scope="module")
def files(built_run):
    """The files of the built run by path. Not to be changed."""
    return read_files(built_run)


@pytest.fixture
def edited(files):
    """The files with the manifest as a function leaves it."""

    def with_manifest(change):
        content = json.loads(files[MANIFEST])
        change(content)
        return {**files, MANIFEST: json.dumps(content).encode()}

    return with_manifest


@pytest.fixture
def told(repository):
    """The lines on what manifest and pages tell differently."""
    provenance = read_provenance(repository)
    return lambda files: [str(item) for item in contradictions(RUN, files, read_manifest(RUN, files), provenance)]


def refused(files, error=RunError):
    """The lines of a manifest that cannot be used."""
    with pytest.raises(error) as caught:
        read_manifest(RUN, files)
    return [str(problem) for problem in caught.value.problems]


def outputs(files):
    return {name: content for name, content in files.items() if name != MANIFEST}


def test_a_finished_run_is_what_its_manifest_says(files, told):
    recorded = sums(read_manifest(RUN, files), OUTPUTS)
    assert recorded.keys() == outputs(files).keys() and len(recorded) > 100
    assert differences(RUN, outputs(files), recorded) == []
    assert told(files) == []


@pytest.mark.parametrize("form", [lambda checksum: checksum, lambda checksum: {"bytes": 3, "sha256": checksum}])
def test_a_checksum_stands_alone_or_in_an_object(form):
    assert sums({OUTPUTS: {"page": form("ab")}}, OUTPUTS) == {"page": "ab"}


def test_each_file_gets_one_line_in_the_order_of_their_names():
    files = {"b": b"new", "c": b"same", "d": b"added"}
    recorded = {"a": digest(b"gone"), "b": digest(b"old"), "c": digest(b"same")}
    missing, edited, added = map(str, differences(RUN, files, recorded))
    assert missing == f"base/a: found no file, expected one with SHA-256 {digest(b'gone')[:12]}…"
    assert edited == f"base/b: found 3 bytes with SHA-256 {digest(b'new')[:12]}…, expected SHA-256 {digest(b'old')[:12]}…"
    assert added.startswith(f"base/d: found 5 bytes with SHA-256 {digest(b'added')[:12]}…, expected no file: ")


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("a.ipynb", b'{"cells": [', " (cut off or damaged: malformed JSON (Expecting value) at line 1, column 12)"),
        ("a.json", b"\xff", " (cut off or damaged: no JSON in UTF-8)"),
        ("a.ipynb", b'{"cells": []}', "…"),
        ("a.html", b"<p>", "…"),
    ],
)
def test_a_damaged_notebook_is_told_from_an_edited_one(name, content, hint):
    (problem,) = differences(RUN, {name: content}, {name: "0" * 64})
    assert str(problem).endswith(hint)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", "base/manifest.json, line 1, column 1: found malformed JSON"),
        (b'{"outputs": {', "base/manifest.json, line 1, column 14: found malformed JSON"),
        (b"[" * 100_000, "base/manifest.json: found no JSON in UTF-8"),
        (b'{"scenario": ' + b"9" * 5000 + b"}", "base/manifest.json: found no JSON in UTF-8"),
        ("{}".encode("utf-16"), "base/manifest.json: found no JSON in UTF-8"),
        (b"[]", "base/manifest.json: found JSON that is list, expected a JSON object"),
    ],
)
def test_a_manifest_that_cannot_be_read(text, found):
    (line,) = refused({MANIFEST: text})
    assert line.startswith(found) and line.endswith("(`gba build` makes the run anew)")


def test_a_run_without_a_manifest():
    assert refused({})[0].startswith("base/manifest.json: found no file, expected the manifest of a finished run")


def test_a_manifest_that_lacks_parts_names_each(edited):
    lines = refused(edited(lambda content: [content.pop("outputs"), content.update(parameters=[], languages=["fr"])]))
    parts = ("parameters: found list", "outputs: found nothing, expected an object", "languages: found ['fr'], expected some")
    assert all(part in line for part, line in zip(parts, lines, strict=True))


@pytest.mark.parametrize("entry", [7, None, "abc", {"bytes": 3}])
def test_an_entry_without_a_checksum(edited, entry):
    (line,) = refused(edited(lambda content: content["outputs"].update({"ledger.json": entry})))
    assert line.startswith(f"base/manifest.json, outputs, ledger.json: found {entry!r}, expected a SHA-256")


@pytest.mark.parametrize("values", [{"reading": "loose"}, {"platforms": [1, 2]}, {"colour": "red"}])
def test_parameters_that_no_run_can_have(edited, values):
    (line,) = refused(edited(lambda content: content["parameters"].update(values)), ParameterError)
    assert line.startswith("base/manifest.json, parameter ")


@pytest.mark.parametrize(
    ("key", "change", "found", "expected"),
    [
        ("scenario", {"scenario": "strict"}, "strict", "base"),
        ("command", {"command": "gba build -p reading strict"}, "gba build -p reading strict", "gba build"),
        ("engine", {"engine": {"name": "quarto", "version": "1.9"}}, "quarto (1.9)", "embedded (Pandoc"),
        ("engine", {"engine": {}}, "None (None)", "embedded (Pandoc"),
        ("versions", {"packages": {"pandas": "1.0"}}, "gba-analysis none, papermill none, pandas 1.0", "gba-analysis 0."),
        ("parameters", {"parameters": {"cores": 7}}, "cores: 7", "reading: conventional; near_shortfall: 0.1"),
    ],
)
def test_a_manifest_that_tells_another_story_than_the_pages(edited, told, key, change, found, expected):
    (line,) = told(edited(lambda content: content.update(change)))
    assert line.startswith(f"base/manifest.json, {key}: found {found}") and f", expected {expected}" in line
    assert "as en/_variables.yml tells the pages" in line


@pytest.mark.parametrize("text", [b"run: [", b"", b"run: 7", b"[1]", b"\xff\xfe\x00"])
def test_pages_that_say_nothing_of_the_run_contradict_its_manifest(files, told, text):
    lines = told({**files, "zh/_variables.yml": text})
    assert len(lines) == 7 and all("expected nothing, as zh/_variables.yml tells the pages" in line for line in lines)


@pytest.mark.parametrize("kind", ["nothing", "file"])
def test_what_is_no_folder_is_no_run(tmp_path, kind):
    path = tmp_path / "base"
    if kind == "file":
        path.write_text("")
    with pytest.raises(RunError, match="expected the folder of a finished run"):
        read_files(path)
