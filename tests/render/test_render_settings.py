"""What the report's settings must be, found by the check of the sources and by the engine alike."""

import shutil
from pathlib import Path

import pytest
from render_sample import EPOCH, ROOT, change

from gba_analysis.errors import EngineError
from gba_analysis.project import Project
from gba_analysis.render import embedded
from gba_analysis.render.page_check import check_sources
from gba_analysis.render.settings import read_settings

SHARED = "_quarto.yml"


@pytest.fixture()
def project(tmp_path):
    """A project whose pages have nothing in them."""
    report = Path(shutil.copytree(ROOT / "report", tmp_path / "report"))
    for lang in ("en", "zh"):
        (report / f"briefing.{lang}.qmd").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    return Project(tmp_path)


def found(project):
    return [str(problem) for problem in check_sources(project, ledger_keys=[], labels={})]


def test_the_report_s_own_settings_are_well(project):
    assert found(project) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            SHARED,
            "    theme: none",
            "    theme: cosmo",
            "format, html, theme: found 'cosmo', expected 'none'",
        ),
        (
            SHARED,
            "    minimal: true",
            "    minimal: false",
            "format, html, minimal: found False, expected True",
        ),
        (SHARED, "    css:", "    cssx:", "format, html, css: found nothing, expected a text"),
        (
            SHARED,
            "    css:",
            "    css-more: x\n    css:",
            "format, html, css-more: found 'x', expected nothing: only theme, minimal",
        ),
        (SHARED, "    template: templates/briefing.html\n", "", "format, html, template: found nothing"),
        (
            SHARED,
            "fig-cap-location: top",
            "fig-cap-location: margin",
            "format, html, fig-cap-location: found 'margin', expected 'top' or 'bottom'",
        ),
        (
            SHARED,
            "    pdf-standard: [ua-1, a-2b]",
            "    pdf-standard: ua-1",
            "format, typst, pdf-standard: found 'ua-1', expected a list of PDF standards",
        ),
        (SHARED, "    font-paths: fonts\n", "", "format, typst, font-paths: found nothing"),
        (
            SHARED,
            "    toc-depth: 2",
            "    toc-depth: two",
            "format, html, toc-depth: found 'two', expected a whole number not below 1",
        ),
        (SHARED, "  typst:", "  pdf:", "format, typst: found nothing, expected an object"),
        (
            SHARED,
            "  - at: post-quarto\n    path: filters/files.lua",
            "  - filters/files.lua",
            "filters[0]: found 'filters/files.lua', expected a filter, as",
        ),
        (
            SHARED,
            "  - at: post-quarto",
            "  - at: pre-ast",
            "filters[0], at: found 'pre-ast', expected 'post-quarto'",
        ),
        (
            "_quarto-en.yml",
            "  render: [briefing.en.qmd]",
            "  render: []",
            "project, render: found a list with nothing in it, expected a list of pages",
        ),
        ("_quarto-en.yml", "lang: en", "lang: fr", "lang: found 'fr', expected 'en' or 'zh'"),
        (
            "_quarto-en.yml",
            "lang: en\n",
            "",
            "lang: found nothing, expected 'en' or 'zh' (with _quarto-en.yml)",
        ),
    ],
)
def test_a_setting_that_an_engine_would_not_keep_to_is_found_by_the_check_and_by_the_engine(
    project, file, old, new, message
):
    change(project.report / file, old, new)
    problems = [problem for problem in found(project) if problem.startswith(f"report/{SHARED}, {message}")]
    assert len(problems) == 1, found(project)
    with pytest.raises(EngineError) as caught:
        read_settings(project.report, "en")
    assert f"{project.report / SHARED}, {message}" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "report/{}, byte 1: found bytes that are not UTF-8, expected a UTF-8 text"),
        (b"a: [", "report/{}, line 2, column 1: found malformed YAML ("),
        (b"- a", "report/{}: found ['a'], expected a YAML mapping"),
        (b"lang: en\nlang: en", "report/{}, line 2, column 1: found the key lang a second time"),
        (b"[" * 200000, "report/{}, line 1, column 101: found more than 100 levels"),
    ],
)
@pytest.mark.parametrize("file", [SHARED, "_quarto-zh.yml"])
def test_settings_that_cannot_be_read_are_found(project, file, content, message):
    (project.report / file).write_bytes(content)
    (problem,) = found(project)
    assert problem.startswith(message.format(file))


@pytest.mark.parametrize("file", ["briefing.en.qmd", SHARED])
def test_a_byte_order_mark_is_refused_as_in_catalogues_and_tables(project, file):
    path = project.report / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    expected = "found a byte-order mark, expected a UTF-8 text without one"
    assert found(project) == [f"report/{file}, byte 1: {expected}"]


def test_missing_settings_and_a_page_that_is_no_text_are_found_together(project):
    (project.report / "_quarto-zh.yml").unlink()
    (project.report / "briefing.en.qmd").write_bytes(b"---\ntitle: \xff\n---\n")
    assert found(project) == [
        "report/_quarto-zh.yml: found No such file or directory, expected a file of the report",
        "report/briefing.en.qmd, byte 12: found bytes that are not UTF-8, expected a UTF-8 text",
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("templates/briefing.html", "format, html, template"),
        ("styles/briefing.css", "format, html, css"),
        ("templates/typst-show.typ", "format, typst, template-partials[1]"),
        ("filters/keep.lua", "filters[4], path"),
        ("briefing.zh.qmd", "project, render[0]"),
    ],
)
def test_a_file_that_is_named_and_not_there_is_found_once(project, kit_copy, name, place):
    folder = project.report if name.endswith(".qmd") else kit_copy
    (folder / name).rename(folder / "elsewhere")
    lang = "zh" if "zh" in name else "en"
    with pytest.raises(EngineError) as caught:
        read_settings(project.report, lang, kit_copy)
    message = (
        f"{SHARED}, {place}: found {name}, which is not there, expected a file of the report or of the kit"
    )
    assert str(caught.value) == f"{project.report}/{message}"
    assert found(project) == [f"report/{message}"]


@pytest.mark.parametrize(
    "name",
    [
        "templates/briefing.html",
        "templates/typst-show.typ",
        "styles/briefing.css",
        "scripts/notes.js",
        "filters/keep.lua",
    ],
)
def test_a_file_of_the_kit_that_is_no_text_is_found(project, kit_copy, name):
    (kit_copy / name).write_bytes(b"ab\xff")
    message = f"gba_analysis/kit/{name}, byte 3: found bytes that are not UTF-8, expected a UTF-8 text"
    assert found(project) == [message]


def test_a_file_of_the_report_that_is_no_text_is_found(project):
    (project.report / "own.css").write_bytes(b"ab\xff")
    assert found(project) == ["report/own.css, byte 3: found bytes that are not UTF-8, expected a UTF-8 text"]


def test_settings_that_are_empty_miss_everything(project):
    (project.report / SHARED).write_text("", encoding="utf-8")
    (project.report / "_quarto-en.yml").write_text("", encoding="utf-8")
    places = [problem.partition(":")[0] for problem in found(project)]
    assert places == [f"report/{SHARED}, {part}" for part in ("format", "lang", "project")]


def test_the_engine_does_not_begin_with_such_settings(staged):
    change(staged / SHARED, "  html:", "  htm:")
    with pytest.raises(EngineError, match="format, html: found nothing"):
        embedded.render(staged, lang="en", to="html", epoch=EPOCH)
