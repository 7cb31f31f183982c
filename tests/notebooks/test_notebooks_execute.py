"""Notebooks under real papermill and real kernels: they run, raise, or cannot start."""

import json
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pipeline_samples import KERNEL, write_notebook

from gba_analysis.errors import DataError, EngineError, NotebookError, Problem
from gba_analysis.notebooks import execute as execution
from gba_analysis.notebooks.canonical import dumps
from gba_analysis.notebooks.execute import (
    NotStarted,
    Raised,
    Ran,
    Task,
    execute,
)
from gba_analysis.notebooks.failures import require_all
from gba_analysis.notebooks.kernels import Kernels
from gba_analysis.notebooks.several import execute_all, executing
from gba_analysis.project import Project

PLACE = (
    "import os, pathlib\nprint(pathlib.Path.cwd() == pathlib.Path(os.environ['GBA_PROJECT']) / 'notebooks')"
)
SETTINGS = "print(os.environ['OMP_NUM_THREADS'], os.environ['OPENBLAS_NUM_THREADS'])"
DIVIDE = "#| label: shares\ndef share(part):\n    return part / 0\nshare(33)"
DIE = (
    "#| label: heavy\nimport os, sys\nprint('out of memory', file=sys.__stderr__, flush=True)\nos._exit(137)"
)


@pytest.fixture
def project(tmp_path):
    """A project of notebooks only, in a folder with braces in its name."""
    root = tmp_path / "a {lang} folder"
    (root / "notebooks").mkdir(parents=True)
    return Project(root)


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work {reading}"
    folder.mkdir()
    return folder


def write(project, name, *sources):
    cells = [
        new_code_cell("lang = 'en'\nn = 1", metadata={"tags": ["parameters"]}),
        *map(new_code_cell, sources),
    ]
    write_notebook(project, name, new_notebook(cells=cells, metadata=KERNEL))


def test_a_notebook_runs_where_it_stands_and_makes_no_noise(project, work, capfd):
    write(project, "fine", PLACE, SETTINGS, "print(lang, n * 2)")
    outcome = execute(Task("fine", {"lang": "zh", "n": 21}), project, work=work)
    assert isinstance(outcome, Ran)
    texts = [output.text for cell in outcome.notebook.cells for output in cell.get("outputs", [])]
    assert texts == ["True\n", "1 1\n", "zh 42\n"]
    assert outcome.notebook.cells[1].source == "# Parameters\nlang = 'zh'\nn = 21"
    assert capfd.readouterr() == ("", "")
    # It is written only if it does not run to its end.
    assert not (work / "fine.zh.ipynb").exists()


@pytest.mark.parametrize(("failures", "kind"), [(1, Ran), (2, NotStarted)])
def test_a_port_that_another_program_took_is_tried_once_more(project, work, monkeypatch, failures, kind):
    """Another cause is not: it would only take longer to tell."""
    write(project, "fine", "print(n)")
    run, tries = execution._run, []

    def taken(*given):
        tries.append(given)
        if len(tries) > failures:
            return run(*given)
        (work / "fine.en.log").write_text(
            "zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:5')"
        )
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(execution, "_run", taken)
    assert isinstance(execute(Task("fine"), project, work=work), kind) and len(tries) == 2


def test_another_reason_not_to_start_is_told_at_once(project, work, monkeypatch):
    write(project, "fine", "print(n)")
    tries = []

    def broken(*given):
        tries.append(given)
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(execution, "_run", broken)
    assert isinstance(execute(Task("fine"), project, work=work), NotStarted) and len(tries) == 1


def test_running_it_twice_gives_the_same_bytes(project, work, tmp_path):
    write(project, "fine", "print(n)")
    (tmp_path / "elsewhere").mkdir()
    outcomes = [
        execute(Task("fine", {"n": 5}), project, work=folder) for folder in (work, tmp_path / "elsewhere")
    ]
    assert dumps(outcomes[0].notebook) == dumps(outcomes[1].notebook)
    assert str(tmp_path) not in dumps(outcomes[0].notebook)


def test_a_users_startup_file_changes_nothing(project, work, tmp_path, monkeypatch):
    (tmp_path / "startup.py").write_text("n = 'from the startup file'")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))
    write(project, "fine", "import os\nprint('PYTHONSTARTUP' in os.environ)")
    assert execute(Task("fine"), project, work=work).notebook.cells[-1].outputs[0].text == "False\n"


def test_a_notebook_that_raises_says_where_and_is_kept(project, work, tmp_path):
    write(project, "broken", "print('before')", DIVIDE, "print('never')")
    outcome = execute(Task("broken", {"lang": "zh"}), project, work=work)
    assert isinstance(outcome, Raised)
    with pytest.raises(NotebookError) as caught:
        require_all([outcome], tmp_path / "failed")
    message = str(caught.value)
    assert "broken.ipynb, zh, code cell 4 (shares): found ZeroDivisionError: division by zero" in message
    assert "return part / 0" in message and "\x1b" not in message
    assert caught.value.exit_code == 1
    kept = json.loads((tmp_path / "failed" / "zh" / "broken.ipynb").read_text(encoding="utf-8"))
    assert "before" in json.dumps(kept) and str(tmp_path / "failed") in message


REFUSE = """#| label: shares
from gba_analysis.{module} import {kind}
from gba_analysis.errors import Problem
raise {kind}([Problem("data/a.csv", "row 2", "'x'", "a number", "mend it"), *{more}])"""
ONE = "data/a.csv, row 2: found 'x', expected a number (mend it; met in "


@pytest.mark.parametrize(
    ("kind", "module", "more", "others"),
    [
        ("DataError", "errors", "[]", []),
        ("ParameterError", "errors", "[]", []),
        ("LedgerError", "ledger", "[]", []),
        ("UnknownIdError", "asked", "[]", []),
        ("DataError", "errors", '[Problem("b.csv", "", "y", "z")]', ["b.csv: found y, expected z (met in "]),
    ],
)
def test_a_problem_that_the_package_found_is_told_once_without_traceback(
    project, work, tmp_path, kind, module, more, others
):
    source = REFUSE.format(kind=kind, module=module, more=more)
    write(project, "one", source)
    write(project, "two", source)
    outcomes = [execute(Task(name), project, work=work) for name in ("one", "two")]
    with pytest.raises(DataError) as caught:
        require_all(outcomes, tmp_path / "failed")
    met = "one.ipynb, en, code cell 2 (shares) and in 1 more)"
    assert [str(problem) for problem in caught.value.problems] == [f"{text}{met}" for text in (ONE, *others)]
    assert caught.value.exit_code == 2 and not (tmp_path / "failed").exists()


def test_beside_a_notebook_that_fails_by_itself_it_is_told_too(project, work, tmp_path):
    write(project, "data", REFUSE.format(kind="DataError", module="errors", more="[]"))
    write(project, "own", DIVIDE)
    outcomes = [execute(Task(name), project, work=work) for name in ("data", "own")]
    with pytest.raises(NotebookError) as caught:
        require_all(outcomes, tmp_path / "failed")
    assert [problem.file for problem in caught.value.problems] == ["data/a.csv", "own.ipynb"]
    assert caught.value.exit_code == 1


def test_an_error_of_another_package_keeps_its_traceback(project, work, tmp_path):
    write(project, "own", "class DataError(Exception): ...\nraise DataError('nothing that we say')")
    with pytest.raises(NotebookError, match="last lines"):
        require_all([execute(Task("own"), project, work=work)], tmp_path / "failed")


def test_what_an_earlier_run_left_is_neither_read_nor_lost(project, work):
    """Of a notebook that raises, the cells behind it have run nothing."""
    write(project, "old", DIVIDE, "print(n)")
    path = project.notebooks / "old.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs, notebook.cells[-1].execution_count = (
        [new_output("stream", text="of an earlier run")],
        7,
    )
    nbformat.write(notebook, path)
    before = path.read_bytes()
    outcome = execute(Task("old"), project, work=work)
    assert isinstance(outcome, Raised)
    assert "of an earlier run" not in outcome.partial.read_text(encoding="utf-8") + (
        work / "old.en.source.ipynb"
    ).read_text(encoding="utf-8")
    assert path.read_bytes() == before


def test_a_kernel_that_dies_is_named_with_its_last_words(project, work, tmp_path):
    write(project, "dying", "print('before')", DIE)
    with pytest.raises(NotebookError) as caught:
        require_all([execute(Task("dying"), project, work=work)], tmp_path / "failed")
    message = str(caught.value)
    assert "dying.ipynb, en, code cell 3 (heavy): found a kernel that died" in message
    assert "out of memory" in message
    assert (tmp_path / "failed" / "en" / "dying.ipynb").is_file()


def test_a_kernel_that_cannot_start_is_no_fault_of_the_notebook(project, work, tmp_path, monkeypatch):
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-c", "raise SystemExit('No module named ipykernel')", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    write(project, "fine", "print(n)")
    outcome = execute(Task("fine"), project, work=work)
    assert isinstance(outcome, NotStarted)
    with pytest.raises(EngineError, match="No module named ipykernel") as caught:
        require_all([outcome], tmp_path / "failed")
    assert caught.value.exit_code == 2
    assert not (tmp_path / "failed").exists()


MEETING = """import time
from pathlib import Path
Path({mine!r}).touch()
for _ in range(300):
    if Path({other!r}).exists():
        break
    time.sleep(0.1)
else:
    raise TimeoutError("nobody came")"""


def test_notebooks_run_at_the_same_time_and_all_failures_are_reported(project, work, quiet, tmp_path):
    # Each waits for the other: one after the other, the first would wait in vain and raise.
    for mine, other in (("one", "two"), ("two", "one")):
        write(project, mine, MEETING.format(mine=str(tmp_path / mine), other=str(tmp_path / other)))
    write(project, "bad", "1 / 0")
    write(project, "worse", "nothing")
    tasks = [Task(name) for name in ("one", "bad", "two", "worse")]
    outcomes = execute_all(tasks, project, work=work, progress=quiet, jobs=4)
    assert [outcome.task.name for outcome in outcomes] == ["one", "bad", "two", "worse"]
    with pytest.raises(NotebookError) as caught:
        require_all(outcomes, tmp_path / "failed")
    assert [problem.file for problem in caught.value.problems] == ["bad.ipynb", "worse.ipynb"]
    assert "2 problems" in str(caught.value)
    assert "one (en)" in quiet.stream.getvalue()


def test_notebooks_begin_before_they_are_asked_for_and_none_after_a_mistake(project, work, quiet, tmp_path):
    names = ("one", "two", "three")
    for mine in names:
        write(project, mine, MEETING.format(mine=str(tmp_path / mine), other=str(tmp_path / "check")))
    with (
        pytest.raises(DataError),
        executing([Task(name) for name in names], project, progress=quiet, jobs=1, kernels=Kernels(work)),
    ):
        while not (tmp_path / "one").exists():
            time.sleep(0.05)
        (tmp_path / "check").touch()
        raise DataError(Problem("units.csv", "", "a mistake", "none"))
    assert [name for name in names if (tmp_path / name).exists()] == ["one"]
