"""`gba verify`: a run is rebuilt elsewhere and compared; whatever was altered, lost or put in is told, file
by file.
"""

import json
import shutil
import zipfile
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from gba_analysis.errors import Problem
from gba_analysis.files import sha256
from gba_analysis.proof import rebuild as rebuilding
from gba_analysis.proof import verify as verifying
from gba_analysis.record import manifest as manifests

NOTEBOOK = "en/notebooks/03_research.ipynb"


def certificate(project):
    return json.loads((project.build / "base.certificate.json").read_text(encoding="utf-8"))


def results(project):
    return {check["check"]: check["result"] for check in certificate(project)["checks"]}


@pytest.fixture
def rebuilt(small, small_source, tmp_path, monkeypatch):
    """The folder that takes the place of the rebuild: a copy of the run as it was built."""
    folder = shutil.copytree(small_source.build / "base", tmp_path / "rebuilt")
    monkeypatch.setattr(verifying, "rebuild", lambda *_, work: folder)
    return folder


def test_a_run_comes_out_the_same_in_other_surroundings(repository, small, run):
    result = run(small, "verify")
    assert result.exit_code == 0, result.output
    content = certificate(small)
    assert content["result"] == "passed" and result.stdout.startswith("passed: the run base was built again")
    assert set(results(small).values()) == {"passed"}
    outputs = json.loads((small.build / "base" / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert {file["name"] for file in content["files"]} == set(outputs)
    assert {file["verdict"] for file in content["files"]} == {"the same bytes"}
    assert content["manifest_sha256"] == sha256(small.build / "base" / "manifest.json")
    assert content["variations"] == rebuilding.VARIATIONS
    page = (small.build / "base.certificate.html").read_text(encoding="utf-8")
    assert content["summary"] in page and all(check in page for check in results(small))
    assert str(small.root) not in page + json.dumps(content)
    for name in ("CITATION.cff", "LICENSE"):
        shutil.copy(repository.root / name, small.root)
    bundled = run(small, "bundle")
    assert bundled.exit_code == 0 and "without a certificate" not in bundled.stdout
    assert {"certificate.json", "certificate.html"} <= set(
        zipfile.ZipFile(small.build / "base.zip").namelist()
    )


def test_the_rebuild_has_nothing_of_the_user_and_reads_no_other_folder(small, run, monkeypatch):
    seen = {}

    def recorded(command, **options):
        seen.update(options, command=command)
        return SimpleNamespace(returncode=3, stderr="one line\nthe last line")

    monkeypatch.setenv("SECRET_SETTING", "1")
    monkeypatch.setenv("PYTHONSTARTUP", "mine.py")
    monkeypatch.setenv("HOME", "/nowhere")
    monkeypatch.setattr(rebuilding, "subprocess", SimpleNamespace(run=recorded))
    result = run(small, "verify")
    assert result.exit_code == 2 and "exit code 3" in result.stderr and "the last line" in result.stderr
    assert "SECRET_SETTING" not in seen["env"] and seen["umask"] == 0o077 and seen["env"]["LC_ALL"] == "C"
    assert not any(str(small.root) in value for value in (*seen["env"].values(), *map(str, seen["command"])))
    assert "PYTHONSTARTUP" not in seen["env"]
    assert datetime.now(ZoneInfo(seen["env"]["TZ"])).utcoffset() not in (
        timedelta(0),
        datetime.now().astimezone().utcoffset(),
    )
    words = seen["command"]
    asked = {
        name: words[words.index(name) + 1]
        for name in ("-j", "--kernels", "--lang", "--to", "--scenario", "--engine")
    }
    assert "--reversed" in words
    assert asked == {
        "-j": "1",
        "--kernels": "ordinary",
        "--lang": "en,zh",
        "--to": "html,pdf",
        "--scenario": "base",
        "--engine": "embedded",
    }
    assert not list(small.build.glob("*.certificate.*"))


def test_an_altered_file_is_told_with_its_first_difference(small, run, rebuilt):
    path = small.build / "base" / NOTEBOOK
    path.write_text(path.read_text(encoding="utf-8").replace("| n |", "| m |"), encoding="utf-8")
    result = run(small, "verify")
    assert result.exit_code == 1
    assert (
        f"{NOTEBOOK}: altered since the run was built\n    cell" in result.stdout
        and "(table)" in result.stdout
    )
    assert result.stdout.splitlines()[-3].startswith("failed: ")
    assert results(small)["files of the run against its manifest"] == "failed"


@pytest.mark.parametrize(
    ("name", "change", "verdict"),
    [
        ("ledger.json", lambda path: path.unlink(), "missing in the run"),
        ("en/more.txt", lambda path: path.write_text("x"), "not made by the rebuild"),
        (
            NOTEBOOK,
            lambda path: path.write_bytes(path.read_bytes()[:1000]),
            "altered since the run was built",
        ),
        (
            "briefing.zh.pdf",
            lambda path: path.write_bytes(path.read_bytes()[:1000]),
            "altered since the run was built",
        ),
    ],
)
def test_a_file_lost_put_in_or_truncated_is_told(small, run, rebuilt, name, change, verdict):
    change(small.build / "base" / name)
    result = run(small, "verify")
    assert result.exit_code == 1 and f"{name}: {verdict}" in result.stdout
    assert "Traceback" not in result.output


def test_a_rebuild_that_differs_fails(small, run, rebuilt):
    path = rebuilt / NOTEBOOK
    path.write_text(path.read_text(encoding="utf-8").replace("| n |", "| m |"), encoding="utf-8")
    result = run(small, "verify")
    assert result.exit_code == 1 and f"{NOTEBOOK}: another content" in result.stdout
    assert results(small)["rebuilt files against those of the run, bytes"] == "failed"
    assert results(small)["files of the run against its manifest"] == "passed"


def test_a_manifest_that_claims_another_checksum_fails(small, run, rebuilt):
    path = small.build / "base" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["outputs"]["ledger.json"]["sha256"] = "0" * 64
    path.write_text(json.dumps(content), encoding="utf-8")
    assert run(small, "verify").exit_code == 1
    assert "base/ledger.json: found " in certificate(small)["checks"][0]["detail"]
    assert {file["name"]: file["verdict"] for file in certificate(small)["files"]}[
        "ledger.json"
    ] == "not what the manifest lists"


def edit_manifest(run, **changes):
    path = run / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


CHANGES = {
    "command": "gba build --scenario other",
    "engine": {"name": "embedded", "version": "Pandoc 1, Typst 1"},
    "inputs": {"requirements.lock": {"bytes": 1, "sha256": "0" * 64}},
    "packages": {"gba-analysis": "99"},
    "platform": "an-other",
    "formats": ["html"],
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_rebuild_whose_manifest_says_something_else_fails(small, run, rebuilt, part):
    edit_manifest(rebuilt, **{part: CHANGES[part]})
    assert run(small, "verify").exit_code == 1
    (failed,) = [check for check in certificate(small)["checks"] if check["result"] == "failed"]
    assert (failed["check"], failed["detail"]) == ("manifest of the rebuild against that of the run", part)


def test_pages_that_tell_of_another_command_fail(small, run, rebuilt):
    for folder in (small.build / "base", rebuilt):
        edit_manifest(folder, command="gba build --scenario other")
    assert run(small, "verify").exit_code == 1
    assert results(small)["what the pages tell of the run against its manifest"] == "failed"


def test_sources_with_a_problem_fail(small, run, rebuilt, monkeypatch):
    problem = Problem("a.csv", "row 1", "x", "y")
    monkeypatch.setattr(verifying, "check_project", lambda _: SimpleNamespace(problems=[problem], counts={}))
    assert run(small, "verify").exit_code == 1
    assert results(small)["gba check"] == "failed" and str(problem) in json.dumps(certificate(small))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("sysconfig", SimpleNamespace(get_platform=lambda: "an-other"), "here an-other"),
        ("choose", lambda name: SimpleNamespace(name=name, version="9"), "here 9"),
    ],
)
def test_another_platform_or_engine_is_told_and_nothing_is_passed(
    small, run, rebuilt, monkeypatch, name, value, told
):
    monkeypatch.setattr(verifying, name, value)
    result = run(small, "verify")
    assert result.exit_code == 0 and certificate(small)["result"] == "incomplete"
    (surrounding,) = certificate(small)["rebuilt"]["surroundings_unlike_the_run"]
    assert surrounding.endswith(told)


def test_where_bytes_are_promised_the_same_words_are_not_enough(small, run, rebuilt):
    page = rebuilt / "briefing.en.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", "<br></body>"), encoding="utf-8")
    assert run(small, "verify").exit_code == 1
    assert {file["name"]: file["verdict"] for file in certificate(small)["files"]}[
        "briefing.en.html"
    ] == "another content"


def test_what_differs_cannot_pass_for_markup_of_the_certificate(small, run, rebuilt):
    path = rebuilt / NOTEBOOK
    path.write_text(path.read_text(encoding="utf-8").replace("| n |", "| <b>m |"), encoding="utf-8")
    assert run(small, "verify").exit_code == 1
    text = (small.build / "base.certificate.html").read_text(encoding="utf-8")
    assert "| &lt;b&gt;m |" in text and "<b>m" not in text


def test_the_cure_for_other_sources_names_the_run_s_revision(small, run, rebuilt):
    edit_manifest(small.build / "base", revision={"commit": "0123456789abcdef" + "0" * 24, "changed": False})
    (small.data / "units.csv").write_text("", encoding="utf-8")
    result = run(small, "verify")
    assert result.exit_code == 2 and "check out the revision 0123456789ab, or build" in result.stderr


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda content: "{", "manifest.json, line 1, column 2: found malformed JSON"),
        (lambda content: "[]", "manifest.json: found a list with nothing in it"),
        (
            lambda content: json.dumps(content | {"more": 1}),
            "manifest.json, more: found 1, expected nothing: only schema, scenario",
        ),
        (
            lambda content: json.dumps(content | {"languages": ["fr"]}),
            "manifest.json, languages[0]: found 'fr'",
        ),
        (
            lambda content: json.dumps(
                content | {"inputs": {"/etc/x": content["inputs"]["requirements.lock"]}}
            ),
            "/etc/x",
        ),
    ],
)
def test_a_broken_manifest_is_refused_with_its_place(small, run, change, expected):
    path = small.build / "base" / "manifest.json"
    path.write_text(change(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    result = run(small, "verify")
    assert result.exit_code == 2 and expected in result.stderr
    assert not list(small.build.glob("*.certificate.*"))


def test_a_folder_that_is_no_run_is_refused(small, run, tmp_path):
    for name, expected in (
        ("nothing", "the folder of a finished run"),
        (tmp_path, "the manifest of a finished run"),
    ):
        result = run(small, "verify", name)
        assert result.exit_code == 2 and f"expected {expected}" in result.stderr


def test_other_sources_than_the_run_s_are_refused(small, run, rebuilt):
    (small.data / "units.csv").write_text(
        (small.data / "units.csv").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    (small.report / "new.css").write_text("")
    result = run(small, "verify")
    assert result.exit_code == 2
    _, edited, added = result.stderr.splitlines()
    assert (
        edited.startswith("data/units.csv: found ")
        and "bytes with SHA-256" in edited.partition(", expected ")[2]
    )
    assert (
        added.startswith("report/new.css: found 0 bytes")
        and "expected no file: manifest.json does not list it" in added
    )
    assert "the sources have changed since the run was built: check out the run's revision" in added


def test_with_other_packages_numbers_and_text_are_compared_and_nothing_is_passed(
    small, run, rebuilt, monkeypatch
):
    packages = manifests.packages()
    monkeypatch.setattr(manifests, "packages", lambda: packages | {"matplotlib": "0.1"})
    page = rebuilt / "briefing.en.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", "<br></body>"), encoding="utf-8")
    result = run(small, "verify")
    content = certificate(small)
    assert (
        result.exit_code == 0
        and content["result"] == "incomplete"
        and result.stdout.startswith("incomplete: ")
    )
    assert {file["name"]: file["verdict"] for file in content["files"]}[
        "briefing.en.html"
    ] == "the same numbers and text"
    assert content["rebuilt"]["surroundings_unlike_the_run"] == [
        f"matplotlib {packages['matplotlib']}, here 0.1"
    ]
    page.write_text(page.read_text(encoding="utf-8").replace("19.9", "19.8"), encoding="utf-8")
    assert run(small, "verify").exit_code == 1


def test_the_room_that_a_rebuild_needs_grows_with_the_run(small, run, monkeypatch):
    monkeypatch.setattr(
        rebuilding.shutil, "disk_usage", lambda _: SimpleNamespace(free=rebuilding.CACHES + 1)
    )
    assert run(small, "verify").exit_code == 2


def test_a_full_disk_is_told_before_the_rebuild(small, run, monkeypatch):
    monkeypatch.setattr(rebuilding.shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))
    result = run(small, "verify")
    assert (
        result.exit_code == 2
        and "found 5 MB of free room, expected" in result.stderr
        and "TMPDIR" in result.stderr
    )
