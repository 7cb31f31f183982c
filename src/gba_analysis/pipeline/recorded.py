"""A finished run held against its manifest.json: every file is as recorded, and the pages tell the same as the manifest.

Nothing is written or mended. How a manifest comes about is said in `manifest`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from gba_analysis import parameters
from gba_analysis.errors import GbaError, Problem
from gba_analysis.pipeline.files import digest, source_files
from gba_analysis.pipeline.ledger import RUN
from gba_analysis.pipeline.manifest import NAME, SHOWN
from gba_analysis.pipeline.provenance import Provenance
from gba_analysis.pipeline.request import LANGUAGES
from gba_analysis.pipeline.variables import RunInfo, run_variables

Files = Mapping[str, bytes]
INPUTS, OUTPUTS = "inputs", "outputs"
# What a manifest must hold to be read at all; JSON's own words for the types.
TYPES = {
    "scenario": (str, "a text"),
    "parameters": (dict, "an object"),
    "languages": (list, "a list"),
    "command": (str, "a text"),
    "engine": (dict, "an object"),
    "python": (str, "a text"),
    "platform": (str, "a text"),
    "packages": (dict, "an object"),
    INPUTS: (dict, "an object"),
    OUTPUTS: (dict, "an object"),
}
# Enough of a checksum to tell two files apart on one line.
SHOWN_DIGITS = 12
SUM_DIGITS = 64
JSON_SUFFIXES = (".json", ".ipynb")
REBUILD = "`gba build` makes the run anew"


class RunError(GbaError):
    """A finished run is not what its manifest says, or has none that can be read."""


def read_files(folder: Path) -> dict[str, bytes]:
    """The content of every file below `folder` by its path in it. Raises RunError with each that cannot be read."""
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise RunError(Problem(str(folder), "", found, "the folder of a finished run", "`gba build` makes one"))
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in source_files(folder):
        try:
            files[path.relative_to(folder).as_posix()] = read_file(path)
        except RunError as error:
            problems += error.problems
    if problems:
        raise RunError(problems)
    return files


def read_file(path: Path) -> bytes:
    """The content of one file. Raises RunError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RunError(Problem(str(path), "", error.strerror or str(error), "a readable file")) from error


def read_manifest(run: Path, files: Files) -> dict[str, Any]:
    """The content of the manifest among `files`, the files of the folder `run`.

    Raises RunError if there is none or it cannot be read, ParameterError if its parameters break the contract.
    """
    name = str(run / NAME)
    if NAME not in files:
        raise RunError(Problem(name, "", "no file", "the manifest of a finished run", REBUILD))
    content = _json(name, files[NAME])
    if not isinstance(content, dict):
        raise RunError(Problem(name, "", f"JSON that is {type(content).__name__}", "a JSON object", REBUILD))
    problems = [*_missing(name, content), *_unusable(name, content)]
    if problems:
        raise RunError(problems)
    parameters.check(content["parameters"], source=name)
    return content


def sums(manifest: Mapping[str, Any], part: str) -> dict[str, str]:
    """The SHA-256 of each file of `part` (inputs or outputs) as the manifest records it, by path."""
    return {path: _sum(entry) for path, entry in manifest[part].items()}


def differences(folder: Path, files: Files, recorded: Mapping[str, str]) -> list[Problem]:
    """One problem for every file of `folder` that is edited, missing or added, against the checksums recorded by path."""
    return [
        problem
        for name in sorted(files.keys() | recorded.keys())
        if (problem := _difference(f"{folder}/{name}", files.get(name), recorded.get(name)))
    ]


def contradictions(run: Path, files: Files, manifest: Mapping[str, Any], provenance: Provenance) -> list[Problem]:
    """One problem for every fact of the run of which its manifest and its pages tell different things.

    The pages' side is each language's `_variables.yml`; `files` must have the recorded checksums.
    """
    info = _info(manifest, provenance)
    problems: dict[str, Problem] = {}
    for lang in manifest["languages"]:
        source = f"{lang}/_variables.yml"
        told = _told(files.get(source, b""))
        for key, text in run_variables(info, lang).items():
            if told.get(key) != text:
                expected = f"{_plain(told.get(key))}, as {source} tells the pages"
                problems.setdefault(key, Problem(str(run / NAME), key, _plain(text), expected, REBUILD))
    return list(problems.values())


def _json(name: str, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except json.JSONDecodeError as error:
        where, found = f"line {error.lineno}, column {error.colno}", f"malformed JSON ({error.msg})"
        raise RunError(Problem(name, where, found, "a JSON object", REBUILD)) from error
    except (ValueError, RecursionError) as error:
        raise RunError(Problem(name, "", "no JSON in UTF-8", "a JSON object", REBUILD)) from error


def _missing(name: str, content: Mapping[str, Any]) -> Iterator[Problem]:
    for key, (kind, words) in TYPES.items():
        if not isinstance(content.get(key), kind):
            found = type(content[key]).__name__ if key in content else "nothing"
            yield Problem(name, key, found, words, REBUILD)


def _unusable(name: str, content: Mapping[str, Any]) -> Iterator[Problem]:
    """What is inside the lists and objects of a manifest and cannot be used."""
    for part in (INPUTS, OUTPUTS):
        entries = content.get(part)
        for path, entry in entries.items() if isinstance(entries, dict) else ():
            if len(_sum(entry)) != SUM_DIGITS:
                yield Problem(name, f"{part}, {path}", repr(entry)[:SUM_DIGITS], "a SHA-256 in hexadecimal", REBUILD)
    languages = content.get("languages")
    if isinstance(languages, list) and not (languages and all(lang in LANGUAGES for lang in languages)):
        yield Problem(name, "languages", repr(languages), f"some of {', '.join(LANGUAGES)}", REBUILD)


def _sum(entry: Any) -> str:
    """The checksum in a manifest's entry, which is the checksum itself or an object that holds it; empty if in neither."""
    found = entry.get("sha256") if isinstance(entry, dict) else entry
    return found if isinstance(found, str) else ""


def _difference(name: str, content: bytes | None, expected: str | None) -> Problem | None:
    if content is None:
        return Problem(name, "", "no file", f"one with {_short(expected or '')}")
    found = f"{len(content):,} bytes with {_short(digest(content))}"
    if expected is None:
        return Problem(name, "", found, f"no file: {NAME} does not list it")
    return None if digest(content) == expected else Problem(name, "", found, _short(expected), _damage(name, content))


def _short(checksum: str) -> str:
    return f"SHA-256 {checksum[:SHOWN_DIGITS]}…"


def _damage(name: str, content: bytes) -> str:
    """What is wrong with a file that is no longer readable as what it was; empty if it was only changed."""
    if not name.endswith(JSON_SUFFIXES):
        return ""
    try:
        _json(name, content)
    except RunError as error:
        problem = error.problems[0]
        return f"cut off or damaged: {problem.found}" + (f" at {problem.place}" if problem.place else "")
    return ""


def _info(manifest: Mapping[str, Any], provenance: Provenance) -> RunInfo:
    values, engine, packages = manifest["parameters"], manifest["engine"], manifest["packages"]
    return RunInfo(
        scenario=manifest["scenario"],
        parameters={name: values[name] for name in parameters.defaults() if name in values},
        engine=f"{engine.get('name')} ({engine.get('version')})",
        versions={name: packages.get(name, "none") for name in SHOWN},
        command=manifest["command"],
        date=provenance.date,
        article_sha=provenance.article_sha,
    )


def _told(variables: bytes) -> Mapping[str, Any]:
    """What a language's `_variables.yml` says about the run; nothing if it does not say it as it should."""
    try:
        content = yaml.safe_load(variables)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    told = content.get(RUN) if isinstance(content, dict) else None
    return told if isinstance(told, dict) else {}


def _plain(markdown: Any) -> str:
    return str(markdown or "nothing").replace("\\", "")
