"""A run that is whole and made from these very sources is not built again; whatever else has changed, it
is.
"""

import json

import pytest
from pipeline_samples import contents, output_and_imports

from gba_analysis.pipeline import unchanged
from gba_analysis.record import manifest as manifests
from gba_analysis.request import Request, read_values

HEAVY = {"pandas", "matplotlib", "papermill", "nbformat", "numpy", "IPython", "jupyter_client", "typst"}


def request(project, **changes):
    options = {
        "values": read_values((), None),
        "scenario": "base",
        "out": project.build,
        "engine": "embedded",
    } | changes
    return Request(project=project, **options)


def test_a_second_build_does_nothing_and_says_so(small, run):
    before = contents(small.build)
    times = {path: path.stat().st_mtime_ns for path in sorted(small.build.rglob("*"))}
    result = run(small, "build", "--engine", "embedded", "-j", "1", "--kernels", "ordinary")
    assert result.exit_code == 0 and "base is up to date (--force builds it again)" in result.stdout
    assert "briefing.en.html" in result.stdout and "seconds" not in result.stdout
    assert contents(small.build) == before
    assert {path: path.stat().st_mtime_ns for path in sorted(small.build.rglob("*"))} == times


def test_doing_nothing_imports_nothing_heavy(small):
    output, imported = output_and_imports(small, "build", "--engine", "embedded")
    assert "up to date" in output
    assert not HEAVY & imported


def test_force_builds_it_again(small, run):
    before = contents(small.build / "base")
    (small.build / "base" / "manifest.json").touch()
    result = run(small, "build", "--engine", "embedded", "--to", "html,pdf", "--force")
    assert result.exit_code == 0 and "seconds: " in result.stdout
    assert contents(small.build / "base") == before


def edit(path, text="\n"):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES = {
    "a table": lambda project: edit(project.data / "units.csv"),
    "a notebook": lambda project: edit(project.notebooks / "03_research.ipynb"),
    "a page": lambda project: edit(project.report / "briefing.zh.qmd"),
    "a new file of the report": lambda project: (project.report / "new.css").write_text(""),
    "the lock file": lambda project: edit(project.root / "requirements.lock"),
    "an output": lambda project: edit(project.build / "base" / "briefing.en.html"),
    "a lost output": lambda project: (project.build / "base" / "ledger.json").unlink(),
    "an output put in": lambda project: (project.build / "base" / "more.txt").write_text(""),
    "a damaged manifest": lambda project: (project.build / "base" / "manifest.json").write_text("{"),
    "a manifest nested without end": lambda project: (project.build / "base" / "manifest.json").write_text(
        "[" * 100_000
    ),
    "a manifest of another form": lambda project: (project.build / "base" / "manifest.json").write_text("[]"),
    "a lost manifest": lambda project: (project.build / "base" / "manifest.json").unlink(),
}


def test_nothing_changed_is_unchanged(small):
    assert unchanged.is_unchanged(request(small))


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(small, change):
    CHANGES[change](small)
    assert not unchanged.is_unchanged(request(small))


@pytest.mark.parametrize(
    "changes",
    [
        {"values": read_values([("reading", "strict")], None)},
        {"scenario": "other"},
        {"languages": ("zh",)},
        {"formats": ("html",)},
        {"engine": "quarto"},
    ],
)
def test_another_request_is_seen(small, changes):
    assert not unchanged.is_unchanged(request(small, **changes))


@pytest.mark.parametrize("name", ["packages", "inputs"])
def test_another_package_or_module_is_seen(small, monkeypatch, name):
    found = getattr(manifests, name)
    monkeypatch.setattr(
        manifests,
        name,
        lambda *given: found(*given) | {"gba_analysis/x.py": {"bytes": 1, "sha256": "0" * 64}},
    )
    assert not unchanged.is_unchanged(request(small))


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (unchanged.platform, "python_version", lambda: "3.99.0"),
        (unchanged.sysconfig, "get_platform", lambda: "an-other"),
        (manifests, "SCHEMA_VERSION", 0),
    ],
)
def test_another_python_platform_or_form_of_the_manifest_is_seen(small, monkeypatch, module, name, value):
    monkeypatch.setattr(module, name, value)
    assert not unchanged.is_unchanged(request(small))


@pytest.mark.parametrize(("recorded", "same"), [("1.10.18", True), ("1.10.17", False)])
def test_another_version_of_quarto_is_seen(small, monkeypatch, recorded, same):
    path = small.build / "base" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(
        json.dumps(manifest | {"engine": {"name": "quarto", "version": recorded}}), encoding="utf-8"
    )
    monkeypatch.setattr(unchanged.quarto, "find_quarto", lambda: "quarto")
    monkeypatch.setattr(unchanged.quarto, "version", lambda program: "1.10.18")
    assert unchanged.is_unchanged(request(small, engine="quarto")) == same


def test_a_quarto_that_came_is_seen(small, monkeypatch, tmp_path):
    program = tmp_path / "quarto"
    program.write_text("#!/bin/sh\necho 1.10.18\n")
    program.chmod(0o755)
    monkeypatch.setattr(unchanged.quarto, "find_quarto", lambda: program)
    assert not unchanged.is_unchanged(request(small, engine="auto"))
    assert unchanged.is_unchanged(request(small))
