"""The packages in a manifest: all that is needed at run time, whichever way it is asked for, and nothing
else.
"""

from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gba_analysis.record.manifest import DISTRIBUTION, _needed, packages


def installed(name, found):
    """Adds the packages that `name` needs, by what importlib and packaging say of every requirement."""
    try:
        found[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        return found
    for text in metadata.requires(name) or ():
        needed = Requirement(text)
        if (needed.marker is None or needed.marker.evaluate({"extra": ""})) and canonicalize_name(
            needed.name
        ) not in found:
            installed(canonicalize_name(needed.name), found)
    return found


def test_the_packages_are_all_that_the_package_needs():
    assert {**packages()} == {
        name: version for name, version in installed(DISTRIBUTION, {}).items() if version
    }
    assert list(packages()) == sorted(packages())


@pytest.mark.parametrize(
    ("requirement", "names"),
    [
        ("PyYAML >=6", ["pyyaml"]),
        ("tox ; extra == 'test'", []),
        ('tox>=4; extra=="test"', []),
        ('tox; python_version > "3" and extra == "test"', []),
        ('tox; extra == "test" or python_version > "3"', ["tox"]),
        ('tomli; python_version < "3"', []),
        ("extra==1.0", ["extra"]),
    ],
)
def test_a_requirement_of_an_extra_counts_for_nothing(requirement, names):
    assert [*_needed([requirement])] == names
