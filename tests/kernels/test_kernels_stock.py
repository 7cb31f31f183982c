"""Stock papermill and stock nbval use the provisioner, named in a kernel's description or in an environment
variable.
"""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from kernel_samples import IS_FORKED, notebook
from nbformat.v4 import new_output

from gba_analysis.notebooks.execute import PORT_TAKEN

NAME = "gba-fork"
TRIES = 3
ARGV = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]


@pytest.fixture(params=["described", "by default"])
def environ(request, tmp_path):
    """An environment in which the kernel `python3` is forked."""
    if request.param == "by default":
        return os.environ | {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME}
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    metadata = {"kernel_provisioner": {"provisioner_name": NAME}}
    described = {"argv": ARGV, "display_name": "x", "language": "python", "metadata": metadata}
    (folder / "kernel.json").write_text(json.dumps(described), encoding="utf-8")
    return os.environ | {"JUPYTER_PATH": str(tmp_path / "jupyter")}


def finished(*command, **options) -> subprocess.CompletedProcess:
    """How a stock tool ended. It is run again if another program took a port that its kernel had chosen:
    stock tools give up then.
    """
    for _ in range(TRIES):
        result = subprocess.run(
            [sys.executable, "-m", *map(str, command)], capture_output=True, text=True, check=False, **options
        )
        if PORT_TAKEN not in result.stdout + result.stderr:
            break
    return result


def test_papermill(environ, tmp_path):
    nbformat.write(notebook(IS_FORKED), tmp_path / "in.ipynb")
    result = finished(
        "papermill", "in.ipynb", "out.ipynb", "-k", "python3", "--no-progress-bar", cwd=tmp_path, env=environ
    )
    assert result.returncode == 0, result.stderr
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[0].outputs[0].text == "True\n"
    assert "ordinary way" not in result.stderr and "--existing" not in result.stdout


def test_matplotlib_has_the_backend_of_a_notebook(tmp_path):
    nbformat.write(
        notebook("import matplotlib, os\nprint(os.environ['MPLBACKEND'], matplotlib.get_backend())"),
        tmp_path / "in.ipynb",
    )
    environ = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    seen = []
    for provisioner in (NAME, "local-provisioner"):
        environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = provisioner
        finished("papermill", "in.ipynb", "out.ipynb", "--no-progress-bar", cwd=tmp_path, env=environ)
        seen.append(nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[0].outputs[0].text)
    assert seen[0] == seen[1] and "inline" in seen[0]


def test_papermill_says_that_a_kernel_is_not_forked(tmp_path):
    nbformat.write(notebook(IS_FORKED), tmp_path / "in.ipynb")
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['pandas'] = None", encoding="utf-8")
    environ = os.environ | {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME, "PYTHONPATH": str(tmp_path)}
    result = finished("papermill", "in.ipynb", "out.ipynb", "--no-progress-bar", cwd=tmp_path, env=environ)
    assert result.returncode == 0, result.stderr
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[0].outputs[0].text == "False\n"
    assert result.stderr.count("started in the ordinary way") == 1 and "pandas" in result.stderr


def test_nbval(environ, tmp_path):
    for name in ("one", "two"):
        stored = notebook(IS_FORKED)
        stored.cells[0].execution_count = 1
        stored.cells[0].outputs = [new_output("stream", text="True\n")]
        nbformat.write(stored, tmp_path / f"{name}.ipynb")
    command = ["pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", tmp_path]
    assert "2 passed" in finished(*command, cwd=tmp_path, env=environ).stdout
    assert "2 failed" in finished(*command, cwd=tmp_path).stdout
