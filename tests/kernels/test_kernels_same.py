"""A forked kernel is the same as an ordinary one: outputs, surroundings, and nothing of the kernel before."""

import ast

import nbformat
import pytest
from kernel_samples import IS_FORKED, Server, printed, run

from gba_analysis.notebooks.canonical import dumps, without_injected
from gba_analysis.notebooks.execute import Ran, Task, execute
from gba_analysis.parameters import NOTEBOOKS
from gba_analysis.project import find_project

PROJECT = find_project()


@pytest.fixture(scope="module")
def notebooks_server():
    server = Server()
    yield server
    server.close()
    assert server.said == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_gives_the_stored_bytes(name, work, notebooks_server):
    # nbval holds what is stored against ordinary kernels.
    outcome = execute(Task(name), PROJECT, work=work, server=notebooks_server)
    assert isinstance(outcome, Ran), outcome
    stored = nbformat.read(PROJECT.notebooks / f"{name}.ipynb", as_version=4)
    # What is noted about the whole file is not of the kernel's making.
    stored.metadata = outcome.notebook.metadata
    assert dumps(without_injected(outcome.notebook)) == dumps(stored)


@pytest.mark.parametrize("name", NOTEBOOKS[::3])
def test_chinese_notebooks_give_the_bytes_of_ordinary_kernels(name, work, notebooks_server):
    task = Task(name, {"lang": "zh"})
    forked, ordinary = (
        execute(task, PROJECT, work=work, server=server) for server in (notebooks_server, None)
    )
    assert dumps(forked.notebook) == dumps(ordinary.notebook)


SURROUNDINGS = r"""
import gc, locale, os, re, resource, signal, sys, tempfile, threading, time
# The first word that a kernel says opens a socket; in an ordinary one that may be a warning of its debugger,
# while it starts.
print(" ", end="", flush=True)
# All connections of the driver are made by then.
time.sleep(1)
seen = {
    "folder": os.getcwd(),
    "environment": {name: value for name, value in sorted(os.environ.items()) if name != "JPY_PARENT_PID"},
    "arguments": [re.sub(r"tmp\w+\.json", "tmp.json", word) for word in sys.argv],
    "path": sys.path,
    "flags": repr(sys.flags),
    "executable": sys.executable,
    "session": os.getsid(0) == os.getpgid(0) == os.getpid(),
    "handlers": [repr(signal.getsignal(n)).partition(" at ")[0] for n in sorted(signal.valid_signals())],
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "wakeup": signal.set_wakeup_fd(-1) >= 0,
    "umask": os.umask(0o22),
    "limits": resource.getrlimit(resource.RLIMIT_NOFILE),
    # Their numbers say only how many were made before, running or not.
    "threads": sorted(re.sub(r"\d+", "n", thread.name) for thread in threading.enumerate()),
    "locale": locale.setlocale(locale.LC_ALL),
    "encodings": [sys.getfilesystemencoding(), sys.__stdout__.encoding, sys.__stderr__.errors],
    "zone": time.tzname,
    "scratch": tempfile.gettempdir(),
    "typed": sys.__stdin__.read(),
    "collector": [gc.isenabled(), gc.get_threshold()],
    "main": sorted(vars(sys.modules["__main__"]))[:5],
    "ours": sorted(name for name in sys.modules if name.startswith("gba")),
    "pyplot": "matplotlib.pyplot" in sys.modules,
    "ipython": get_ipython().ipython_dir,
    "descriptors": len(os.listdir("/proc/self/fd")),
}
import matplotlib, numpy, pandas
seen["matplotlib"] = sorted((key, repr(value)) for key, value in matplotlib.rcParams.items())
names = "display.width", "display.max_rows", "plotting.backend"
seen["pandas"] = [pandas.get_option(name) for name in names]
print(repr(seen))
"""


def test_a_forked_kernel_finds_what_an_ordinary_one_finds(project, work, shared):
    run(project, work, shared, "pass")
    forked, ordinary = (
        ast.literal_eval(printed(run(project, work, server, SURROUNDINGS))) for server in (shared, None)
    )
    assert forked == ordinary
    assert forked["ours"] == [] and forked["typed"] == "" and forked["session"]
    assert printed(run(project, work, shared, IS_FORKED)) == "True\n"
    assert printed(run(project, work, None, IS_FORKED)) == "False\n"


LEAVE = """
import builtins, os, random, sys, warnings, matplotlib, numpy, pandas
left = builtins.left = os.environ["LEFT"] = pandas.left = "here"
matplotlib.rcParams["lines.linewidth"] = 99
pandas.set_option("display.max_rows", 7)
warnings.simplefilter("error")
sys.path.append("/left")
os.umask(0o77)
os.chdir("/")
"""
LOOK = """
import builtins, os, sys, warnings, matplotlib, pandas
print("left" in globals() or hasattr(builtins, "left") or "LEFT" in os.environ or hasattr(pandas, "left"))
print(matplotlib.rcParams["lines.linewidth"] == 99, pandas.get_option("display.max_rows") == 7)
print("/left" in sys.path, os.umask(0o22) == 0o77, os.getcwd() == "/", warnings.filters[0][0] == "error")
"""


LARGE = "from IPython.display import display\ndisplay({'text/plain': 'x' * 200_000}, raw=True)"
WITHOUT_COPYING = "import sys\nprint('zmq.utils.garbage' in sys.modules)"


def test_a_large_output_starts_no_thread_of_zeromq(project, work, shared):
    assert printed(run(project, work, None, LARGE, WITHOUT_COPYING)) == "True\n"
    assert printed(run(project, work, shared, LARGE, WITHOUT_COPYING)) == "False\n"


def test_nothing_is_left_for_the_next_kernel(project, work, shared):
    assert printed(run(project, work, shared, LEAVE + LOOK)) == "True\nTrue True\nTrue True True True\n"
    assert printed(run(project, work, shared, LOOK)) == "False\nFalse False\nFalse False False False\n"


def test_random_numbers_are_not_those_of_the_kernel_before(project, work, shared):
    draw = (
        "import random, uuid, numpy\n"
        "print(random.random(), numpy.random.random(), uuid.uuid1().clock_seq, sep='\\n')"
    )
    first, second = (printed(run(project, work, shared, draw)).split() for _ in range(2))
    assert first[0] != second[0] and first[1] != second[1]


def test_a_module_of_the_project_is_read_when_its_kernel_starts(project, work, shared):
    module = project.notebooks / "changing.py"
    cell = "import sys\nsys.dont_write_bytecode = True\nimport changing\nprint(changing.text)"
    seen = []
    for text in ("before", "after!"):
        module.write_text(f"text = {text!r}", encoding="utf-8")
        seen.append(printed(run(project, work, shared, cell)))
    assert seen == ["before\n", "after!\n"]


def test_a_kernels_noise_goes_to_its_own_log(project, work, shared):
    say = "import sys\nprint('to the log of {0}', file=sys.__stderr__, flush=True)"
    for name in ("one", "two"):
        run(project, work, shared, say.format(name), name=name)
    logs = {name: (work / f"{name}.en.log").read_text(encoding="utf-8") for name in ("one", "two")}
    assert (
        "to the log of one" in logs["one"] and "two" not in logs["one"] and "to the log of two" in logs["two"]
    )
