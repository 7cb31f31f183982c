"""matplotlib's private parts are those of a release that was tried."""

import matplotlib
import pytest

from gba_analysis.charts.look import matplotlib_private

# The releases under which the charts' tests and the base run's pages came out the same.
TRIED = ("3.11.2",)


def untried(version):
    """What to do about a release that nobody has tried; empty if somebody has."""
    if version in TRIED:
        return ""
    return (
        f"matplotlib {version} has not been tried, only {', '.join(TRIED)}: read its changes for each name "
        f"in {matplotlib_private.__file__}, run tests/charts, compare the pages of `gba build` with those "
        "made under a release that was tried, and add it to TRIED"
    )


def test_matplotlib_is_a_release_that_was_tried():
    assert not untried(matplotlib.__version__), untried(matplotlib.__version__)


def test_another_release_is_told_what_to_look_at():
    assert "matplotlib_private.py" in untried("99.0") and "3.11.2" in untried("99.0")


@pytest.mark.parametrize("name", matplotlib_private.__all__)
def test_what_is_named_there_is_there(name):
    assert getattr(matplotlib_private, name)
