"""What a step's result depends on changes its key; nothing else does."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from pipeline_samples import small_notebook, write_notebook

from gba_analysis import kit, parameters
from gba_analysis.notebooks import freshness, keys
from gba_analysis.notebooks.canonical import canonical, dumps
from gba_analysis.notebooks.committed import read_all
from gba_analysis.notebooks.keys import read_keys

NAME = "03_research"


def append(path):
    with path.open("ab") as file:
        file.write(b"\n")


def store(project, change):
    """Change the committed notebook and store it."""
    notebook = read_all(project, [NAME])[NAME]
    change(notebook)
    (project.notebooks / f"{NAME}.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")


def edit_words(notebook):
    notebook.cells[0].source += " And more."


def edit_code(notebook):
    notebook.cells[2].source += "\n# a remark"


def edit_kernel(project):
    path = project.notebooks / f"{NAME}.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"name": "python3"', '"name": "other"'), encoding="utf-8"
    )


def edit_outputs(notebook):
    notebook.cells[2].outputs = []
    notebook.metadata[freshness.NAME]["data"] = "none"


def notebook_key(project, *, with_charts=True, **values):
    now = read_keys(project)
    return now.notebook(
        now.notebook_sources(NAME), parameters=parameters.defaults(NAME) | values, with_charts=with_charts
    )


CHANGES = {
    "its words": (lambda project: store(project, edit_words), True),
    "its code": (lambda project: store(project, edit_code), True),
    "its kernel": (edit_kernel, True),
    "its outputs": (lambda project: store(project, edit_outputs), False),
    "a table that it reads": (lambda project: append(project.data / "units.csv"), True),
    "another table": (lambda project: append(project.data / "references.csv"), False),
    "a font": (lambda project: append(kit.FOLDER / "fonts" / "GBASansSC-Bold.ttf"), True),
    "a filter": (lambda project: append(kit.FOLDER / "filters" / "keep.lua"), False),
    "a page": (lambda project: append(project.report / "briefing.en.qmd"), False),
    "another notebook": (
        lambda project: write_notebook(project, "01_evidence", small_notebook("01_evidence", "1")),
        False,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_notebook_depends_on_what_it_is_and_reads(small, kit_copy, change):
    before = notebook_key(small)
    make, counts = CHANGES[change]
    make(small)
    assert (notebook_key(small) != before) == counts


def test_a_notebook_depends_on_its_parameters(small):
    found = {
        notebook_key(small),
        notebook_key(small, lang="zh"),
        notebook_key(small, reading="tight"),
        notebook_key(small, cores=1),
    }
    assert len(found) == 4 and notebook_key(small, cores=10_000) in found


def test_a_notebook_without_charts_is_another(small):
    assert notebook_key(small) != notebook_key(small, with_charts=False)


@pytest.mark.parametrize(
    ("module", "tool", "other"),
    [
        ("manifest", "packages", lambda: {"matplotlib": "0"}),
        ("platform", "python_version", lambda: "3.99.0"),
        ("sysconfig", "get_platform", lambda: "an-other"),
    ],
)
def test_all_tools_count(small, monkeypatch, module, tool, other):
    before = notebook_key(small), read_keys(small).data()
    monkeypatch.setattr(getattr(keys, module), tool, other)
    after = notebook_key(small), read_keys(small).data()
    assert before[0] != after[0] and before[1] != after[1]


@pytest.mark.parametrize(("module", "counts"), [("used", True), ("unused", False)])
def test_only_modules_that_a_notebook_uses_count(small, tmp_path, monkeypatch, module, counts):
    package = tmp_path / "gba_analysis"
    package.mkdir()
    for name in ("__init__", "used", "unused"):
        (package / f"{name}.py").write_text("x = 1")
    monkeypatch.setattr(freshness, "PACKAGE", package)
    write_notebook(small, NAME, new_notebook(cells=[new_code_cell("import gba_analysis.used")]))
    before = notebook_key(small)
    (package / f"{module}.py").write_text("x = 2")
    assert (notebook_key(small) != before) == counts


def test_the_checks_depend_on_what_they_check(small):
    now = read_keys(small)
    before = now.data(), now.sources(["a", "b"], {"n": ["c"]})
    assert now.sources(["b", "a"], {"n": ["c"]}) == before[1]
    assert now.sources(["a"], {"n": ["c"]}) != before[1] != now.sources(["a", "b"], {"n": ["d"]})
    append(small.report / "briefing.en.qmd")
    assert now.data() == before[0] and now.sources(["a", "b"], {"n": ["c"]}) != before[1]
    append(small.data / "units.csv")
    assert now.data() != before[0]


@pytest.fixture
def folder(small):
    return small.build / "base" / "en"


def page_key(project, folder, *, lang="en", to="html", engine="embedded 1", epoch=0):
    return read_keys(project).page(folder, lang=lang, to=to, engine=engine, epoch=epoch)


@pytest.mark.parametrize(
    "file", ["briefing.en.qmd", "_variables.yml", "notebooks/01_evidence.ipynb", "styles/briefing.css"]
)
def test_a_page_depends_on_its_folder(small, folder, file):
    before = page_key(small, folder)
    append(folder / file)
    assert page_key(small, folder) != before


def test_a_page_does_not_depend_on_the_other_language_s_source(small, folder):
    before = page_key(small, folder)
    append(folder / "briefing.zh.qmd")
    assert page_key(small, folder) == before


@pytest.mark.parametrize("change", [{"lang": "zh"}, {"to": "pdf"}, {"engine": "quarto 1"}, {"epoch": 1}])
def test_a_page_depends_on_how_it_is_rendered(small, folder, change):
    assert page_key(small, folder) != page_key(small, folder, **change)


@pytest.mark.parametrize(("to", "counts"), [("html", True), ("pdf", False)])
def test_a_web_page_depends_on_its_fonts_and_a_pdf_does_not(small, folder, to, counts):
    font = folder / keys.WEB_FONTS / "GBASansSC-Bold.woff2"
    before = page_key(small, folder, to=to)
    append(font)
    assert (page_key(small, folder, to=to) != before) == counts


def test_entries_of_another_form_have_other_keys(small, folder, monkeypatch):
    before = notebook_key(small), page_key(small, folder), read_keys(small).data()
    monkeypatch.setattr(keys, "FORM", keys.FORM + 1)
    assert not {*before} & {notebook_key(small), page_key(small, folder), read_keys(small).data()}


def test_web_fonts_depend_on_the_shipped_font(small, kit_copy):
    before = read_keys(small).fonts("abc", "Bold")
    append(kit_copy / "fonts" / "GBASansSC-Bold.ttf")
    assert read_keys(small).fonts("abc", "Bold") != before


def test_web_fonts_depend_on_characters_and_not_on_their_order(small):
    now = read_keys(small)
    assert now.fonts("abc", "Bold") == now.fonts("cbacba", "Bold") != now.fonts("ab", "Bold")
    assert now.fonts("abc", "Bold") != now.fonts("abc", "Regular")


def test_a_package_that_changes_changes_all_checks_and_pages(small, folder):
    now = read_keys(small)
    other = keys.Keys(project=now.project, tools=now.tools, package="another package")
    assert now.data() != other.data() and page_key(small, folder) != other.page(
        folder, lang="en", to="html", engine="embedded 1", epoch=0
    )
    assert now.notebook_sources(NAME) == other.notebook_sources(NAME)
