"""What a build needs and what of it this machine has: Python, packages, engines, fonts. Installs nothing."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from gba_analysis import fonts, kit
from gba_analysis.errors import GbaError
from gba_analysis.project import Project
from gba_analysis.record.manifest import DISTRIBUTION, LOCK, SHOWN

OLDEST = (3, 11)
FONTS = f"install the package again, or: git checkout -- src/{kit.NAME}/{kit.FONTS}"
INSTALL = f"python -m pip install --require-hashes -r {LOCK}"


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """One thing a build may use. found: its version or place, empty if missing. needed: whether no build
    works without.

    cure: the line that installs it.
    """

    name: str
    found: str
    needed: bool
    cure: str = ""


def examine(project: Project) -> list[Diagnosis]:
    """Everything a build may use, in the order it uses it."""
    return [_python(), *_packages(), *_engines(), _fonts()]


def _python() -> Diagnosis:
    found = platform.python_version() if sys.version_info >= OLDEST else ""
    return Diagnosis(
        name="Python", found=found, needed=True, cure=f"install Python {OLDEST[0]}.{OLDEST[1]} or newer"
    )


def _packages() -> Iterator[Diagnosis]:
    for name in (*SHOWN, *(name for name in _required() if name not in SHOWN)):
        yield Diagnosis(name=name, found=_version(name), needed=True, cure=INSTALL)


def _required() -> list[str]:
    from packaging.requirements import Requirement

    requirements = map(Requirement, metadata.requires(DISTRIBUTION) or ())
    return sorted(
        item.name for item in requirements if item.marker is None or item.marker.evaluate({"extra": ""})
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _engines() -> Iterator[Diagnosis]:
    from gba_analysis.render import embedded, quarto

    yield Diagnosis(name="engine embedded", found=_unless_error(embedded.version), needed=True, cure=INSTALL)
    program = quarto.find_quarto()
    found = _unless_error(lambda: f"{quarto.version(program)}, {program}") if program else ""
    yield Diagnosis(name="engine quarto", found=found, needed=False, cure=quarto.INSTALL)


def _fonts() -> Diagnosis:
    found = _unless_error(lambda: ", ".join(path.name for path in fonts.files()))
    return Diagnosis(name=f"fonts {fonts.FAMILY}", found=found, needed=True, cure=FONTS)


def _unless_error(ask: Callable[[], str]) -> str:
    """What `ask` says; empty if it is an error of ours or a package is missing."""
    try:
        return ask()
    except (GbaError, ImportError):
        return ""
