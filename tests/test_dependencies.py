"""What src/ imports is declared in pyproject.toml. The inside of another library is used in one file, and in
versions that were tried.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gba_analysis.project import find_project

ROOT = find_project().root
SRC = ROOT / "src" / "gba_analysis"
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
DISTRIBUTIONS = metadata.packages_distributions()
# By library: the file that uses parts of it that its documentation does not promise, how their modules begin,
# and the versions that were tried. Whoever raises a locked version runs the tests, and then adds it here.
INSIDE = {
    "papermill": ("notebooks/execute.py", "papermill.", ("2.7",)),
    "jupyter_client": ("kernels/provisioner.py", "jupyter_client.provisioning", ("8.10",)),
    "ipykernel": ("kernels/server.py", "ipykernel.", ("7.4",)),
    "ipython": ("kernels/server.py", "IPython.core", ("9.18",)),
    "rocrate": ("proof/crate.py", "rocrate.", ("0.16",)),
}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text, as modules may also be imported by a name that stands in one."""
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def by_file(names: Callable[[ast.AST], Iterator[str]]) -> dict[str, set[str]]:
    """What `names` finds in the modules of src/, with the files that hold it."""
    found: dict[str, set[str]] = {}
    for path in SRC.rglob("*.py"):
        for name in names(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(name, set()).add(path.relative_to(SRC).as_posix())
    return found


OURS = sys.stdlib_module_names | {SRC.name}
IMPORTED = [module for module in by_file(imports) if module.partition(".")[0] not in OURS]
NAMED = by_file(lambda tree: (name for finder in (imports, texts) for name in finder(tree)))
# Packages that are not imported but found on disk, for the program inside.
PROGRAMS = {"pypandoc_binary"}


def distributions(module: str) -> set[str]:
    """The distributions that bring this module."""
    return {canonicalize_name(name) for name in DISTRIBUTIONS[module.partition(".")[0]]}


def names(requirements: Iterable[str]) -> set[str]:
    """The distributions that these requirements name."""
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def undeclared(declared: Iterable[str]) -> set[str]:
    """The imported modules whose distribution `declared` does not name."""
    return {module for module in IMPORTED if not names(declared) & distributions(module)}


def unused(declared: Iterable[str]) -> set[str]:
    """The distributions in `declared` of which nothing is imported."""
    return names(declared) - {name for module in IMPORTED for name in distributions(module)}


def test_an_import_without_its_declaration_is_found():
    some = [text for text in DECLARED if not text.startswith(("pyzmq", "ipython"))]
    assert {module.partition(".")[0] for module in undeclared(some)} == {"zmq", "IPython"}


def test_every_import_is_declared():
    assert undeclared(DECLARED) == set()


def test_every_declaration_is_used():
    assert unused([*DECLARED, "requests>=2"]) == names(PROGRAMS) | {"requests"}


@pytest.mark.parametrize("library", INSIDE)
def test_the_inside_of_a_library_is_used_in_one_file(library):
    file, begin, _ = INSIDE[library]
    assert {user for module, users in NAMED.items() if module.startswith(begin) for user in users} == {file}


@pytest.mark.parametrize("library", INSIDE)
def test_the_locked_version_is_one_that_was_tried(library):
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(canonicalize_name(library))}==([0-9.]+)", lock, re.MULTILINE)
    assert found, library
    assert any(f"{found[1]}.".startswith(f"{version}.") for version in INSIDE[library][2]), found[1]
