"""The examples in the heads of modules give what they say."""

import doctest
import importlib
from pathlib import Path

import pytest

import gba_analysis

FOLDER = Path(gba_analysis.__file__).parent
PROMPT = "\n    >>> "
# Other modules' examples are shown without a prompt: they need a project, or a kernel.
EXAMPLES = sorted(
    ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts)
    for path in FOLDER.rglob("*.py")
    if PROMPT in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_modules_example_is_right(name):
    module = importlib.import_module(name)
    found = doctest.testmod(module)
    assert found.attempted > 0 and found.failed == 0


def test_a_wrong_example_would_be_seen():
    (wrong,) = doctest.DocTestFinder().find(_wrong, "wrong", globs={})
    assert doctest.DocTestRunner().run(wrong, out=lambda text: None).failed == 1


def _wrong():
    """
    >>> 1 + 1
    3
    """
