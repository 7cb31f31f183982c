"""A run that is not what its manifest says is told so, file by file and fact by fact."""

import json
from pathlib import Path

import pytest

from gba_analysis.errors import ParameterError
from gba_analysis.files import digest
from gba_analysis.proof.manifest_check import RunError, contradictions, differences, read_manifest, read_run
from gba_analysis.record.provenance import read_provenance

RUN = Path("base")
MANIFEST = "manifest.json"


@pytest.fixture(scope="module")
def files(built_run):
    """The files of the built run by path. Not to be changed."""
    return read_run(built_run)


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
    return lambda files: [
        str(item)
        for item in contradictions(
            RUN,
            files=files,
            manifest=read_manifest(RUN, files=files, project=repository),
            provenance=provenance,
        )
    ]


@pytest.fixture
def refused(repository):
    """The lines of a manifest that cannot be used."""

    def lines(files, error=RunError):
        with pytest.raises(error) as caught:
            read_manifest(RUN, files=files, project=repository)
        return [str(problem) for problem in caught.value.problems]

    return lines


def outputs(files):
    return {name: content for name, content in files.items() if name != MANIFEST}


def entry(content):
    return {"bytes": len(content), "sha256": digest(content)}


def test_a_finished_run_is_what_its_manifest_says(files, told, repository):
    recorded = read_manifest(RUN, files=files, project=repository)["outputs"]
    assert recorded.keys() == outputs(files).keys() and len(recorded) > 100
    assert differences(RUN, files=outputs(files), recorded=recorded) == {}
    assert told(files) == []


def test_each_file_gets_one_line_in_the_order_of_their_names():
    files = {"b": b"new", "c": b"same", "d": b"added"}
    recorded = {"a": entry(b"gone"), "b": entry(b"older"), "c": entry(b"same")}
    missing, edited, added = map(str, differences(RUN, files=files, recorded=recorded).values())
    assert missing == f"base/a: found no file, expected one of 4 bytes with SHA-256 {digest(b'gone')[:12]}…"
    assert edited == (
        f"base/b: found 3 bytes with SHA-256 {digest(b'new')[:12]}…, "
        f"expected 5 bytes with SHA-256 {digest(b'older')[:12]}…"
    )
    assert added.startswith(
        f"base/d: found 5 bytes with SHA-256 {digest(b'added')[:12]}…, expected no file: "
    )


def test_a_recorded_size_that_is_not_the_files_is_a_difference_too():
    (problem,) = differences(
        RUN, files={"a": b"same"}, recorded={"a": entry(b"same") | {"bytes": 5}}
    ).values()
    assert str(problem).startswith("base/a: found 4 bytes") and "expected 5 bytes" in str(problem)


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        (
            "a.ipynb",
            b'{"cells": [',
            " (cut off or damaged: malformed JSON (Expecting value) at line 1, column 12)",
        ),
        ("a.json", b"\xff", " (cut off or damaged: no JSON in UTF-8)"),
        ("a.ipynb", b'{"cells": []}', "…"),
        ("a.html", b"<p>", "…"),
    ],
)
def test_a_damaged_notebook_is_told_from_an_edited_one(name, content, hint):
    (problem,) = differences(
        RUN, files={name: content}, recorded={name: {"bytes": 9, "sha256": "0" * 64}}
    ).values()
    assert str(problem).endswith(hint)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", "base/manifest.json, line 1, column 1: found malformed JSON"),
        (b'{"outputs": {', "base/manifest.json, line 1, column 14: found malformed JSON"),
        (b"[" * 100_000, "base/manifest.json: found no JSON in UTF-8"),
        (b'{"scenario": ' + b"9" * 5000 + b"}", "base/manifest.json: found no JSON in UTF-8"),
        ("{}".encode("utf-16"), "base/manifest.json: found no JSON in UTF-8"),
        (b"[]", "base/manifest.json: found a list with nothing in it, expected the manifest of a run"),
        (b"7", "base/manifest.json: found 7, expected the manifest of a run"),
    ],
)
def test_a_manifest_that_cannot_be_read(refused, text, found):
    (line,) = refused({MANIFEST: text})
    assert line.startswith(found) and line.endswith("(`gba build` makes the run anew)")


def test_a_manifest_that_breaks_its_form_is_told_everything_at_once(edited, refused):
    lines = refused(
        edited(
            lambda content: [
                content.pop("outputs"),
                content.update(parameters=[], languages=["fr"], engine={}),
            ]
        )
    )
    parts = (
        "engine, name: found nothing, expected 'embedded' or 'quarto'",
        "engine, version: found nothing, expected a text",
        "languages[0]: found 'fr', expected 'en' or 'zh'",
        "outputs: found nothing, expected size and SHA-256 of files by path",
        "parameters: found a list with nothing in it, expected an object",
    )
    assert lines == [f"base/manifest.json, {part} (`gba build` makes the run anew)" for part in parts]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (7, ": found 7, expected an object with bytes and sha256"),
        (None, ": found None, expected an object with bytes and sha256"),
        ({"bytes": 3}, ", sha256: found nothing, expected a SHA-256 in hexadecimal"),
        ({"bytes": 3, "sha256": "abc"}, ", sha256: found 'abc', expected a SHA-256 in hexadecimal"),
        ({"bytes": -1, "sha256": "0" * 64}, ", bytes: found -1, expected a whole number not below 0"),
        (
            {"bytes": 3, "sha256": "0" * 64, "md5": ""},
            ", md5: found '', expected nothing: only bytes, sha256",
        ),
    ],
)
def test_an_entry_without_a_checksum(edited, refused, entry, told):
    (line,) = refused(edited(lambda content: content["outputs"].update({"ledger.json": entry})))
    assert line.startswith(f"base/manifest.json, outputs, ledger.json{told}")


@pytest.mark.parametrize("path", ["/etc/x", "../x", "en/../../x"])
def test_a_path_that_leads_out_of_the_run_is_refused(edited, refused, path):
    (line,) = refused(
        edited(lambda content: content["outputs"].update({path: content["outputs"]["ledger.json"]}))
    )
    assert line.startswith(f"base/manifest.json, outputs: found '{path}', expected a path within the folder")


@pytest.mark.parametrize("values", [{"reading": "loose"}, {"platforms": [1, 2]}, {"colour": "red"}])
def test_parameters_that_no_run_can_have(edited, refused, values):
    (line,) = refused(edited(lambda content: content["parameters"].update(values)), ParameterError)
    assert line.startswith("base/manifest.json, parameter ")


@pytest.mark.parametrize(
    ("key", "change", "found", "expected"),
    [
        ("scenario", {"scenario": "strict"}, "strict", "base"),
        ("command", {"command": "gba build -p reading strict"}, "gba build -p reading strict", "gba build"),
        ("engine", {"engine": {"name": "quarto", "version": "1.9"}}, "quarto (1.9)", "embedded (Pandoc"),
        (
            "versions",
            {"packages": {"pandas": "1.0"}},
            "gba-analysis none, papermill none, pandas 1.0",
            "gba-analysis 0.",
        ),
        (
            "parameters",
            {"parameters": {"cores": 7}},
            "cores: 7",
            "reading: conventional; near_shortfall: 0.1",
        ),
    ],
)
def test_a_manifest_that_tells_another_story_than_the_pages(edited, told, key, change, found, expected):
    (line,) = told(edited(lambda content: content.update(change)))
    assert line.startswith(f"base/manifest.json, {key}: found {found}") and f", expected {expected}" in line
    assert "as en/_variables.yml tells the pages" in line


@pytest.mark.parametrize("text", [b"run: [", b"", b"run: 7", b"[1]", b"\xff\xfe\x00"])
def test_pages_that_say_nothing_of_the_run_contradict_its_manifest(files, told, text):
    lines = told({**files, "zh/_variables.yml": text})
    assert len(lines) == 7 and all(
        "expected nothing, as zh/_variables.yml tells the pages" in line for line in lines
    )


@pytest.mark.parametrize("kind", ["nothing", "file"])
def test_what_is_no_folder_is_no_run(tmp_path, kind):
    path = tmp_path / "base"
    if kind == "file":
        path.write_text("")
    with pytest.raises(RunError, match="expected the folder of a finished run"):
        read_run(path)


def test_a_run_without_a_manifest(tmp_path):
    (tmp_path / "base").mkdir()
    with pytest.raises(
        RunError, match=r"base/manifest\.json: found no file, expected the manifest of a finished run"
    ):
        read_run(tmp_path / "base")
