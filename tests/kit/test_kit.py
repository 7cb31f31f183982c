"""The kit: all of it is in a wheel and in a manifest, and no file of a report takes the place of one of its
files.
"""

import shutil
import zipfile

import pytest

from gba_analysis import kit
from gba_analysis.files import sha256
from gba_analysis.pages.stage import stage
from gba_analysis.project import Project
from gba_analysis.record.manifest import input_files, inputs
from gba_analysis.render.page_check import check_sources

LANGS = ("en", "zh")


@pytest.fixture
def project(repository, tmp_path):
    """A project with this one's report, whose pages have nothing in them."""
    report = tmp_path / "project" / "report"
    shutil.copytree(repository.report, report)
    for lang in LANGS:
        (report / f"briefing.{lang}.qmd").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    return Project(report.parent)


def put(project, name):
    path = project.report / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("/* mine */\n", encoding="utf-8")


REFUSED = {
    "a style sheet": "styles/briefing.css",
    "a filter": "filters/keep.lua",
    "a font": "fonts/GBASansSC-Bold.ttf",
    "other capitals": "Styles/Briefing.CSS",
    "a file where the kit has a folder": "styles",
    "a folder where the kit has a file": "scripts/notes.js/more.js",
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_would_override_the_kit_is_refused(project, case):
    put(project, REFUSED[case])
    assert [str(problem) for problem in check_sources(project, ledger_keys=[], labels={})] == [
        f"report/{REFUSED[case]}: found a name that gba_analysis/kit has already, expected a name of its own "
        "(no file of the engine is overridden: rename this one, and name it in _quarto.yml)"
    ]


def test_all_that_would_override_is_named_at_once(project):
    for name in REFUSED.values():
        if name != "styles":
            put(project, name)
    assert len(check_sources(project, ledger_keys=[], labels={})) == len(REFUSED) - 1


@pytest.mark.parametrize("name", ["styles/more.css", "filters/own.lua", "briefing.css", "notes/keep.lua"])
def test_a_file_with_a_name_of_its_own_is_staged_beside_the_kit(project, tmp_path, name):
    put(project, name)
    assert check_sources(project, ledger_keys=[], labels={}) == []
    staged = tmp_path / "staged"
    stage(staged, lang="en", project=project, notebooks={}, variables={}, date="2025-01-31")
    assert (staged / name).read_text(encoding="utf-8") == "/* mine */\n"
    assert [name for name, path in kit.files().items() if sha256(staged / name) != sha256(path)] == []


def test_the_kit_is_what_the_repository_holds():
    folders = {path.name for path in kit.FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {name.partition("/")[0] for name in kit.files()} == folders == set(kit.PARTS)
    assert not [name for name in kit.files() if name.endswith((".py", ".pyc"))]
    assert [path.name for path in kit.fonts()] == ["GBASansSC-Bold.ttf", "GBASansSC-Regular.ttf"]


def test_a_manifest_records_the_whole_kit_as_the_package_s(repository):
    recorded = inputs(repository)
    for name, path in kit.files().items():
        assert recorded[f"{kit.NAME}/{name}"]["sha256"] == sha256(path)
    ours = {name for name in input_files(repository) if name.startswith("report/")}
    assert {name.removeprefix("report/") for name in ours}.isdisjoint(kit.files())


def test_a_wheel_and_a_source_archive_hold_the_whole_kit(repository, tmp_path, monkeypatch):
    buildapi = pytest.importorskip("flit_core.buildapi", reason="flit_core is not installed")
    monkeypatch.chdir(repository.root)
    wheel = zipfile.ZipFile(tmp_path / buildapi.build_wheel(str(tmp_path)))
    held = {f"{kit.NAME}/{name}": path for name, path in kit.files().items()}
    assert held.keys() <= set(wheel.namelist())
    assert all(wheel.read(name) == path.read_bytes() for name, path in held.items())
    archive = tmp_path / buildapi.build_sdist(str(tmp_path))
    shutil.unpack_archive(archive, tmp_path / "sources")
    (package,) = (tmp_path / "sources").glob("*/src/gba_analysis/kit")
    assert [name for name in kit.files() if not (package / name).is_file()] == []
