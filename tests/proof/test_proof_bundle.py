"""A bundle holds what it says, is the same bytes everywhere, and is not made of a run that is not what its
manifest says.
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from pipeline_samples import contents
from rocrate.rocrate import ROCrate

from gba_analysis import __version__
from gba_analysis.parameters import NOTEBOOKS, defaults
from gba_analysis.project import Project
from gba_analysis.proof.bundle import zipped
from gba_analysis.proof.bundle_parts import certificate, datapackage
from gba_analysis.proof.manifest_check import RunError
from gba_analysis.record.provenance import read_provenance

METADATA = "ro-crate-metadata.json"
PROJECT_FILES = ("requirements.lock", "CITATION.cff", "LICENSE")
GBA = (sys.executable, "-m", "gba_analysis")
UTC = dt.UTC


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def files_of(path):
    """Every file of a zip and its bytes."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def graph(files):
    return {entity["@id"]: entity for entity in json.loads(files[METADATA])["@graph"]}


def references(value):
    """All ids that a value of an entity points to."""
    values = value if isinstance(value, list) else [value]
    return [item["@id"] for item in values if isinstance(item, dict)]


@pytest.fixture(scope="module")
def bundled(built_run, repository, tmp_path_factory):
    """The bundle of the built run. Not to be changed."""
    out = tmp_path_factory.mktemp("bundled") / "base.zip"
    command = [*GBA, "--project", str(repository.root), "bundle", str(built_run), "--out", str(out)]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr
    return out


@pytest.fixture
def copy(built_run, tmp_path):
    """A copy of the built run, to break at will."""
    return Path(shutil.copytree(built_run, tmp_path / "build" / "base"))


@pytest.fixture
def project(repository, tmp_path):
    """A project with this one's data, licence, citation and lock, to break at will."""
    root = tmp_path / "project"
    shutil.copytree(repository.data, root / "data")
    for part in ("notebooks", "report"):
        (root / part).mkdir()
    for name in PROJECT_FILES:
        shutil.copy(repository.root / name, root)
    shutil.copytree(repository.root / "docs", root / "docs", ignore=shutil.ignore_patterns("images"))
    return Project(root)


@pytest.fixture
def refused(run, repository, copy):
    """The lines of a refused `gba bundle` of the copy; nothing is left beside it."""

    def lines(project=repository):
        before = contents(copy.parent)
        result = run(project, "bundle", copy)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert contents(copy.parent) == before and [path.name for path in copy.parent.iterdir()] == ["base"]
        return [
            line.replace(f"{copy}/", "").replace(f"{project.root}/", "")
            for line in result.stderr.splitlines()
        ]

    return lines


def edit_manifest(copy, change):
    """Write the manifest as `change` leaves it."""
    path = copy / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def test_a_bundle_holds_the_pages_notebooks_data_and_records(bundled, built_run, repository):
    files = files_of(bundled)
    pages = {f"briefing.{lang}.{to}" for lang in ("en", "zh") for to in ("html", "pdf")}
    notebooks = {f"{lang}/notebooks/{name}.ipynb" for lang in ("en", "zh") for name in (*NOTEBOOKS, "ledger")}
    tables = {f"data/{path.name}" for path in repository.data.iterdir()}
    assert files.keys() == pages | notebooks | tables | {
        *PROJECT_FILES,
        "ledger.json",
        "manifest.json",
        "README.md",
        METADATA,
    }
    assert {"data/datapackage.json", "data/indicators.csv"} <= tables
    for name in (*pages, *notebooks, "manifest.json"):
        assert files[name] == (built_run / name).read_bytes()
    for name in (*tables, *PROJECT_FILES):
        assert files[name] == (repository.root / name).read_bytes()


def test_the_paths_in_a_bundle_are_those_of_its_manifest(bundled):
    files = files_of(bundled)
    manifest = json.loads(files["manifest.json"])
    recorded = manifest["inputs"] | manifest["outputs"]
    ours = {"CITATION.cff", "LICENSE", "README.md", "manifest.json", METADATA}
    assert files.keys() - recorded.keys() == ours
    for name in files.keys() - ours:
        assert sha256(files[name]) in str(recorded[name]), name


def test_the_metadata_describe_every_file(bundled):
    files = files_of(bundled)
    entities = graph(files)
    parts = references(entities["./"]["hasPart"])
    assert sorted(parts) == sorted(files.keys() - {METADATA})
    for name in parts:
        entity = entities[name]
        assert (entity["contentSize"], entity["sha256"]) == (str(len(files[name])), sha256(files[name])), name
        assert "File" in entity["@type"] and entity["name"] and "/" in entity["encodingFormat"], name
    assert entities["data/claims.csv"]["encodingFormat"] == "text/csv"
    assert entities["data/claims.csv"]["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    page = entities["briefing.zh.pdf"]
    assert (page["inLanguage"], page["encodingFormat"]) == ("zh", "application/pdf")


def test_the_metadata_can_be_read_and_point_nowhere_else(bundled, repository):
    crate = ROCrate(bundled)
    root, cited = (
        crate.root_dataset,
        yaml.safe_load((repository.root / "CITATION.cff").read_text(encoding="utf-8")),
    )
    assert crate.version == "1.1" and crate.metadata["conformsTo"] == "https://w3id.org/ro/crate/1.1"
    assert root["name"].startswith(cited["title"]) and root["description"] == cited["abstract"]
    assert root["datePublished"] == read_provenance(repository).date
    assert root["version"] == __version__
    assert root["author"]["name"] == cited["authors"][0]["name"] and root["license"]["name"] == "MIT License"
    entities = graph(files_of(bundled))
    for identifier, entity in entities.items():
        wanted = {
            other for key, value in entity.items() if key != "conformsTo" for other in references(value)
        }
        assert wanted <= entities.keys(), identifier


def test_the_metadata_say_which_run_made_the_pages(bundled):
    crate = ROCrate(bundled)
    manifest = json.loads(files_of(bundled)["manifest.json"])
    action = crate.root_dataset["mentions"]
    assert action.type == "CreateAction" and action["description"] == manifest["command"] == "gba build"
    assert (action["instrument"]["name"], action["instrument"]["softwareVersion"]) == (
        "gba-analysis",
        __version__,
    )
    assert {"briefing.en.html", "zh/notebooks/01_evidence.ipynb"} <= {
        entity.id for entity in action["result"]
    }
    values = {
        entity["name"]: entity["value"] for entity in action["object"] if entity.type == "PropertyValue"
    }
    assert values.keys() == defaults().keys() - {"lang"}
    assert (values["reading"], values["platforms"]) == ("conventional", "[hengqin, qianhai, nansha, hetao]")
    assert "data/indicators.csv" in {entity.id for entity in action["object"]}


def test_the_readme_says_what_made_the_run(bundled):
    text = files_of(bundled)["README.md"].decode()
    assert (
        f"Version {__version__} of gba-analysis, the scenario `base`" in text
        and "    reading: conventional\n" in text
    )
    assert "$" not in text


def test_every_file_of_a_zip_is_dated_as_the_data_and_readable_by_all(bundled, repository):
    day = read_provenance(repository).created.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(bundled) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
        assert {(info.date_time, info.external_attr >> 16, info.create_system) for info in infos} == {
            (day, 0o100644, 3)
        }
        assert archive.namelist() == sorted(archive.namelist())


def test_another_folder_mask_zone_and_hash_seed_give_the_same_bytes(bundled, copy, repository, tmp_path):
    for path in copy.rglob("*"):
        os.utime(path, (0, 0))
        path.chmod(0o777)
    environ = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [*GBA, "--project", str(repository.root), "bundle", "base"]
    finished = subprocess.run(
        command, cwd=copy.parent, env=environ, umask=0o077, capture_output=True, encoding="utf-8", check=False
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("base.zip  ")
    assert (copy.parent / "base.zip").read_bytes() == bundled.read_bytes()


def test_a_zip_depends_on_its_contents_and_its_moment_alone():
    one, other = {"a": b"1", "b/c": b"2"}, {"b/c": b"2", "a": b"1"}
    moment = dt.datetime(2026, 11, 23, 1, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert (
        zipped(one, moment)
        == zipped(other, moment.astimezone(UTC))
        != zipped(one, moment + dt.timedelta(days=1))
    )


@pytest.mark.parametrize(
    ("year", "written"), [(1970, (1980, 1, 1)), (2026, (2026, 5, 6)), (9000, (2107, 12, 31))]
)
def test_a_year_that_a_zip_cannot_hold_becomes_the_nearest(year, written):
    with zipfile.ZipFile(io.BytesIO(zipped({"a": b""}, dt.datetime(year, 5, 6, tzinfo=UTC)))) as archive:
        assert archive.getinfo("a").date_time[:3] == written


def test_a_certificate_of_this_run_goes_along(run, repository, copy):
    beside = copy.with_name("base.certificate.json")
    beside.write_text(json.dumps({"manifest_sha256": sha256((copy / "manifest.json").read_bytes())}))
    beside.with_suffix(".html").write_text("<p>verified</p>")
    result = run(repository, "bundle", copy)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    files = files_of(copy.with_name("base.zip"))
    assert (files["certificate.json"], files["certificate.html"]) == (beside.read_bytes(), b"<p>verified</p>")
    assert graph(files)["certificate.html"]["name"].startswith("Certificate")


def test_a_certificate_of_another_run_is_left_out_and_said_to_be(run, repository, copy, bundled):
    copy.with_name("base.certificate.json").write_text(json.dumps({"manifest_sha256": "0" * 64}))
    copy.with_name("base.certificate.html").write_text("<p>verified</p>")
    result = run(repository, "bundle", copy)
    reason = "without a certificate: base.certificate.json is not about this run"
    assert (result.exit_code, result.stdout.splitlines()[1]) == (0, reason)
    assert copy.with_name("base.zip").read_bytes() == bundled.read_bytes()


@pytest.mark.parametrize(
    "content", ["[1]", "7", '{"manifest_sha256"', "[" * 100_000, "{}", '{"manifest_sha256": null}']
)
def test_what_is_no_certificate_is_left_out(tmp_path, content):
    (tmp_path / "base.certificate.json").write_text(content)
    found = certificate(tmp_path / "base", {"manifest.json": b"{}"})
    assert found == ({}, "base.certificate.json is not about this run")


def test_no_certificate_is_said_to_be_none(tmp_path):
    assert certificate(tmp_path / "base", {"manifest.json": b"{}"}) == (
        {},
        "base.certificate.json is not there",
    )


def test_every_file_that_is_not_as_recorded_gets_a_line(refused, copy):
    notebook, page = copy / "en" / "notebooks" / "02_platforms.ipynb", copy / "briefing.en.html"
    notebook.write_bytes(notebook.read_bytes()[:1000])
    page.write_bytes(page.read_bytes() + b" ")
    (copy / "briefing.zh.pdf").unlink()
    (copy / "en" / "notes.txt").write_text("added")
    (copy / "ledger.json").unlink()
    (copy / "ledger.json").mkdir()
    head, edited, missing, truncated, added, folder = refused()
    assert head == "gba: 5 problems:"
    assert added.startswith("en/notes.txt: found 5 bytes") and added.endswith(
        "expected no file: manifest.json does not list it"
    )
    assert "found 1,000 bytes with SHA-256" in truncated and "cut off or damaged: malformed JSON" in truncated
    assert (
        sha256(page.read_bytes())[:12] in edited
        and "bytes with SHA-256" in edited.partition(", expected ")[2]
    )
    assert missing.startswith("briefing.zh.pdf: found no file, expected one of ")
    assert folder.startswith("ledger.json: found no file, expected one of ")


def test_a_manifest_cut_off_in_the_middle(refused, copy):
    path = copy / "manifest.json"
    path.write_bytes(path.read_bytes()[:5000])
    (line,) = refused()
    assert line.startswith("gba: manifest.json, line ")
    assert "found malformed JSON" in line and "`gba build` makes the run anew" in line


def test_a_manifest_that_tells_other_parameters_than_the_pages(refused, copy):
    edit_manifest(copy, lambda content: content["parameters"].update(reading="strict"))
    (line,) = refused()
    assert (
        line.startswith("gba: manifest.json, parameters: found reading: strict;")
        and "expected reading: conventional;" in line
    )


def test_a_manifest_that_lists_what_is_elsewhere_reads_nothing_there(refused, copy):
    (copy.parents[1] / "secret").write_text("")
    edit_manifest(
        copy, lambda content: content["outputs"].update({"../../secret": {"bytes": 0, "sha256": sha256(b"")}})
    )
    (line,) = refused()
    assert line.startswith(
        "gba: manifest.json, outputs: found '../../secret', expected a path within the folder"
    )


def test_data_that_changed_since_the_run(refused, project):
    path = project.data / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (project.data / "more.csv").write_text("id\n")
    (project.data / "units.csv").unlink()
    (project.root / "requirements.lock").write_text("")
    lines = refused(project)
    assert lines[0] == "gba: 4 problems:"
    starts = (
        "data/claims.csv: ",
        "data/more.csv: ",
        "data/units.csv: found no file",
        "requirements.lock: found 0 bytes",
    )
    assert all(line.startswith(start) for line, start in zip(lines[1:], starts, strict=True))


def test_a_missing_licence_and_citation(refused, project):
    for name in ("LICENSE", "CITATION.cff"):
        (project.root / name).unlink()
    lines = [
        f"{name}: found no file, expected one to put into the bundle" for name in ("CITATION.cff", "LICENSE")
    ]
    assert refused(project)[1:] == lines


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("\ntitle: ", "\ntitel: ", "CITATION.cff, title: found no usable value"),
        ("\n  - name: The", "\n  - The", "CITATION.cff, authors: found no usable value"),
        ("\nlicense: MIT", "\nlicense: [MIT]", "CITATION.cff, license: found no usable value"),
        ("\nauthors:\n", "\nauthors: [\n", "CITATION.cff, line 11, column 3: found malformed YAML"),
        (
            f"\nversion: {__version__}",
            "\nversion: 9.9.9",
            f"CITATION.cff, version: found 9.9.9, expected {__version__}",
        ),
    ],
)
def test_a_citation_that_does_not_fit(refused, project, old, new, found):
    path = project.root / "CITATION.cff"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert refused(project)[0].startswith(f"gba: {found}")


@pytest.mark.parametrize(
    ("key", "value", "absent"),
    [
        ("licenses", [], ["licenses, path", "licenses, title"]),
        ("licenses", [{"path": "https://example.org/"}], ["licenses, title"]),
        (
            "article",
            "text",
            ["article, title_zh", "article, subtitle_zh", "article, language", "article, sha256"],
        ),
    ],
)
def test_tables_that_do_not_say_whose_they_are(project, key, value, absent):
    content = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))
    sources = {"data/datapackage.json": json.dumps(content | {key: value}).encode()}
    with pytest.raises(RunError) as caught:
        datapackage(project, sources)
    assert [problem.place for problem in caught.value.problems] == absent


@pytest.mark.parametrize("kind", ["nothing", "file", "empty"])
def test_what_is_no_run(run, repository, tmp_path, kind):
    path = tmp_path / "base"
    if kind == "file":
        path.write_text("")
    if kind == "empty":
        path.mkdir()
    result = run(repository, "bundle", path)
    expected = {
        "nothing": "base: found nothing,",
        "file": "base: found a file,",
        "empty": "base/manifest.json: found no file,",
    }
    assert result.exit_code == 2 and expected[kind] in result.stderr and "gba build" in result.stderr


def test_the_base_run_is_the_default(run, project, copy):
    assert f"{project.build / 'base'}: found nothing" in run(project, "bundle").stderr
    shutil.copytree(copy, project.build / "base")
    assert run(project, "bundle").exit_code == 0
    assert zipfile.is_zipfile(project.build / "base.zip")


def test_a_bundle_is_not_put_among_what_it_is_made_of(run, project, copy):
    for place in (copy / "base.zip", project.data / "base.zip", copy / "manifest.json"):
        before = contents(copy) | contents(project.root)
        result = run(project, "bundle", copy, "--out", place)
        assert result.exit_code == 2 and "found a f" in result.stderr
        assert contents(copy) | contents(project.root) == before


def test_only_an_earlier_bundle_is_replaced(run, repository, copy, bundled):
    target = copy.with_name("thesis.zip")
    for write in (lambda: target.write_text("years of work"), target.mkdir):
        write()
        result = run(repository, "bundle", copy, "--out", target)
        assert result.exit_code == 2 and "thesis.zip: found something that is no bundle" in result.stderr
        target.unlink() if target.is_file() else target.rmdir()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(METADATA, "{}")
    assert run(repository, "bundle", copy, "--out", target).exit_code == 0
    assert target.read_bytes() == bundled.read_bytes()
