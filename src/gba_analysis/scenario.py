"""Names of scenarios: what a set of parameter values is called as a folder, and the command that rebuilds it.

    >>> slug({"reading": "strict", "near_shortfall": 0.2})
    'reading-strict_near-shortfall-0.2'

Whether the values are allowed is checked in `parameters`.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from gba_analysis import parameters
from gba_analysis.errors import ParameterError, Problem, quoted
from gba_analysis.files import digest

BASE = "base"
# Holds the notebooks that raised, beside the scenarios' folders.
FAILED = "failed"
# A file system's limit is 255 bytes, and a temporary name is built from this one.
LONGEST = 120
SUM_DIGITS = 8


def changed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `values` that differ from the contract's defaults, in the contract's order."""
    return {
        name: values[name]
        for name, default in parameters.defaults().items()
        if values.get(name, default) != default
    }


def checked_name(name: str, values: Mapping[str, Any]) -> str:
    """`name`, if the scenario with these values may bear it.

    Raises ParameterError if it is no plain folder name, or promises the defaults and does not keep them.
    """
    if not _usable(name):
        characters = "letters, digits, '-', '_' and '.', a letter or digit first"
        expected = f"{characters}, at most {LONGEST} bytes, not '{FAILED}'"
        raise ParameterError(Problem("--scenario", "", quoted(name), expected))
    if name == BASE and changed(values):
        found = f"'{BASE}' with another {', '.join(changed(values))}"
        raise ParameterError(
            Problem("--scenario", "", found, f"'{BASE}' for the defaults only", "choose another name")
        )
    return name


def tame(stem: str) -> str:
    """A file's stem with every character that a scenario's name cannot hold as a hyphen."""
    return "".join(char if _plain(char) else "-" for char in stem).strip("-._")


def slug(values: Mapping[str, Any]) -> str:
    """A short readable folder name made from parameter values; `base` if there are none.

    One that would be too long has its end replaced by a checksum of the whole.
    """
    name = "_".join(f"{key.replace('_', '-')}-{_words(value)}" for key, value in values.items()) or BASE
    return (
        name if _usable(name) else f"{name[: LONGEST - SUM_DIGITS - 1]}-{digest(name.encode())[:SUM_DIGITS]}"
    )


def command(values: Mapping[str, Any], scenario: str) -> str:
    """The command line that builds the scenario from a clone."""
    options = [word for key, value in changed(values).items() for word in ("-p", key, yaml_value(value))]
    named = [] if scenario == slug(changed(values)) else ["--scenario", scenario]
    return shlex.join(["gba", "build", *options, *named])


def yaml_value(value: Any) -> str:
    """A parameter's value as one would type it after `-p NAME`."""
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(value: Any) -> str:
    return "-".join(value) if isinstance(value, list) else yaml_value(value)


def _plain(char: str) -> bool:
    return char.isalnum() or char in "-_."


def _usable(name: str) -> bool:
    return all(map(_plain, name)) and name[:1].isalnum() and len(name.encode()) <= LONGEST and name != FAILED
