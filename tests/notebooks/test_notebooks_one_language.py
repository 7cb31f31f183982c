"""One run for several languages gives the bytes of a run in each; where it cannot, each language is run."""

import io

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pipeline_samples import KERNEL, write_notebook

from gba_analysis import parameters
from gba_analysis.notebooks.cached_execution import begin_notebooks, notebook_outcomes
from gba_analysis.notebooks.execute import Raised, Task, execute
from gba_analysis.notebooks.kernels import Kernels, kernel_server
from gba_analysis.notebooks.one_language import asks_for_language, holds, in_language
from gba_analysis.notebooks.several import executing
from gba_analysis.other_languages import LANGUAGES, OTHERS
from gba_analysis.progress import Progress
from gba_analysis.project import Project, find_project
from gba_analysis.request import Request

PROJECT = find_project()
# As `gba_analysis.notebook` does it: what is shown depends on the language, which no name of the cell tells.
SHOW = """
from IPython.display import display
from gba_analysis.other_languages import LANGUAGES, other_languages
texts = {"en": "other", "zh": "其他"}
others = {code: {"data": {"text/plain": texts[code]}, "metadata": {}} for code in other_languages()}
text = texts[globals()["la" + "ng"]]
display({"text/plain": text, **({LANGUAGES: others} if others else {})}, raw=True)
"""


# A server forks for one project and one folder for files on the way: there is one for each project here.
@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    (root / "notebooks").mkdir()
    return Project(root)


@pytest.fixture(scope="module")
def server():
    yield from forking()


@pytest.fixture(scope="module")
def small_server():
    yield from forking()


def forking():
    said = []
    with kernel_server("forked", said.append) as server:
        yield server
    assert said == []


def tasks_of(name, **values):
    return [Task(name, {**values, "lang": lang}) for lang in ("en", "zh")]


def write(project, *sources):
    cells = [new_code_cell("lang = 'en'", metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    write_notebook(project, "one", new_notebook(cells=cells, metadata=KERNEL))


def run(tasks, project, *, work, server):
    """The outcomes by language, and what was run, as the user is told."""
    progress = Progress(io.StringIO())
    kernels = Kernels(work, server)
    with executing(tasks, project, progress=progress, jobs=1, kernels=kernels) as outcomes:
        found = {outcome.task.lang: outcome for outcome in outcomes}
    assert [*found] == [task.lang for task in tasks]
    return found, [line.split("  ")[0] for line in progress.stream.getvalue().splitlines()]


@pytest.mark.parametrize("name", parameters.NOTEBOOKS)
def test_one_run_gives_the_bytes_of_a_run_in_each_language(name, work, server):
    tasks = tasks_of(name)
    found, items = run(tasks, PROJECT, work=work, server=server)
    assert items == [f"{name} (en, zh)"]
    for task in tasks:
        alone = execute(task, PROJECT, work=work, server=server)
        # The pages and the ledger read the notebook, not its text. A difference of such long texts takes
        # minutes to print.
        same = found[task.lang].text == alone.text, found[task.lang].notebook == alone.notebook
        assert same == (True, True)


@pytest.mark.parametrize(
    ("sources", "items"),
    [
        ([SHOW], ["one (en, zh)"]),
        ([SHOW, "print(2)"], ["one (en, zh)", "one (zh)"]),
        ([SHOW, "3"], ["one (en, zh)", "one (zh)"]),
        ([SHOW, "print(lang)"], ["one (en)", "one (zh)"]),
        ([SHOW, "%time"], ["one (en)", "one (zh)"]),
        ([SHOW, "1 / 0"], ["one (en, zh)", "one (en)", "one (zh)"]),
    ],
)
def test_what_one_run_cannot_tell_is_found_in_a_run_of_its_own(project, work, small_server, sources, items):
    write(project, *sources)
    tasks = tasks_of("one")
    found, told = run(tasks, project, work=work, server=small_server)
    assert told == items
    for task in tasks:
        alone = execute(task, project, work=work, server=small_server)
        assert type(found[task.lang]) is type(alone)
        if isinstance(alone, Raised):
            assert found[task.lang] == alone and LANGUAGES not in alone.partial.read_text()
        elif "%time" not in sources:
            assert found[task.lang].text == alone.text


@pytest.mark.parametrize(
    "tasks",
    [
        tasks_of("one")[1:],
        [Task("one", {"lang": "en", "n": 1}), Task("one", {"lang": "zh", "n": 2})],
        [Task("one", {"lang": "en"}, "first"), Task("one", {"lang": "zh"}, "second")],
    ],
)
def test_only_tasks_that_differ_in_nothing_but_language_run_as_one(project, work, small_server, tasks):
    write(project, SHOW)
    _, told = run(tasks, project, work=work, server=small_server)
    assert told == [str(task) for task in tasks]


def test_ordinary_kernels_run_each_language_so_that_a_rebuild_proves_both_ways(project, work, small_server):
    write(project, SHOW)
    ordinary, told = run(tasks_of("one"), project, work=work, server=None)
    together, _ = run(tasks_of("one"), project, work=work, server=small_server)
    assert told == ["one (en)", "one (zh)"]
    assert {lang: outcome.text for lang, outcome in ordinary.items()} == {
        lang: outcome.text for lang, outcome in together.items()
    }


def test_a_users_own_variable_adds_no_language(project, work, monkeypatch):
    monkeypatch.setenv(OTHERS, "zh")
    write(project, f"import os\nprint({OTHERS!r} in os.environ)")
    outcome = execute(tasks_of("one")[0], project, work=work)
    assert outcome.notebook.cells[-1].outputs[0].text == "False\n"


@pytest.mark.parametrize("first_way", ["together", "alone"])
def test_the_cache_holds_the_same_for_either_way(tmp_path, work, server, first_way):
    request = Request(project=PROJECT, values={}, scenario="base", out=tmp_path / "runs")
    both = tasks_of("02_platforms", **without_language("02_platforms"))

    def texts(tasks, server):
        progress = Progress(io.StringIO())
        steps = begin_notebooks(request, tasks, progress=progress, kernels=Kernels(work, server))
        with notebook_outcomes(steps) as outcomes:
            found = {outcome.task.lang: outcome.text for outcome in outcomes}
        return found, [timing.remark == "as before" for timing in progress.timings]

    first, _ = texts(both, server if first_way == "together" else None)
    for task in both:
        assert texts([task], server) == ({task.lang: first[task.lang]}, [True])


def without_language(name):
    return {key: value for key, value in parameters.defaults(name).items() if key != "lang"}


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("report.table(table)", False),
        ("language = report.language", False),
        ("# lang", False),
        ("report.lang", True),
        ("f'{lang}'", True),
        ("def title(): return texts[lang]", True),
        ("report.parameters['lang']", True),
        ("getattr(report, 'lang')", True),
        ("!ls", True),
    ],
)
def test_a_cell_that_may_ask_for_the_language_is_known(source, asks):
    parameters_cell = new_code_cell("lang = 'en'", metadata={"tags": ["parameters"]})
    assert asks_for_language(new_notebook(cells=[parameters_cell, new_code_cell(source)])) is asks


def test_each_output_must_hold_a_language():
    spoken = {"text/plain": "one", LANGUAGES: {"zh": {"data": {"text/plain": "一"}, "metadata": {}}}}
    outputs = [new_output("display_data", spoken), new_output("display_data", {"text/plain": "two"})]
    one, two = (new_notebook(cells=[new_code_cell("x", outputs=outputs[:count])]) for count in (1, 2))
    assert holds(one, "zh") and not holds(one, "fr") and not holds(two, "zh")


def test_parts_that_are_the_same_are_kept_and_the_argument_is_left_as_it_is():
    other = {"data": {"text/plain": "一"}, "metadata": {"text/plain": {"alt": "一"}}}
    data = {"text/plain": "one", "application/json": {"n": 1}, LANGUAGES: {"zh": other}}
    output = new_output("display_data", data, metadata={"text/plain": {"alt": "one"}})
    injected = {"tags": ["injected-parameters"]}
    cell = new_code_cell("# Parameters\nlang = 'en'\nn = 'lang'\n", metadata=injected, outputs=[output])
    notebook = new_notebook(cells=[cell])
    before = nbformat.writes(notebook)
    [en], [zh] = (in_language(notebook, lang).cells for lang in ("en", "zh"))
    assert en.outputs[0].data == {"text/plain": "one", "application/json": {"n": 1}}
    assert zh.outputs[0].data == {"text/plain": "一", "application/json": {"n": 1}}
    assert [cell.outputs[0].metadata["text/plain"]["alt"] for cell in (en, zh)] == ["one", "一"]
    assert (en.source, zh.source) == ("lang = 'en'\nn = 'lang'", "lang = 'zh'\nn = 'lang'")
    assert nbformat.writes(notebook) == before
