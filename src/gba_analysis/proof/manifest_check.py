"""A finished run held against its manifest.json: every file is as recorded, and the pages tell the same as
the manifest.

Nothing is written or mended. How a manifest comes about is said in `manifest`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gba_analysis import parameters
from gba_analysis.errors import GbaError, Problem
from gba_analysis.files import digest, source_files
from gba_analysis.json_schema import form_problems
from gba_analysis.ledger import RUN
from gba_analysis.pages.variables import RunInfo, run_variables
from gba_analysis.project import Project
from gba_analysis.record.manifest import NAME, SCHEMA, SHOWN
from gba_analysis.record.provenance import Provenance
from gba_analysis.yaml_reading import load_yaml

Files = Mapping[str, bytes]
# Size and SHA-256 of files by path, as a manifest lists them.
Entries = Mapping[str, Mapping[str, Any]]
# Enough of a checksum to tell two files apart on one line.
SHOWN_DIGITS = 12
JSON_SUFFIXES = (".json", ".ipynb")
REBUILD = "`gba build` makes the run anew"


class RunError(GbaError):
    """A finished run is not what its manifest says, or has none that can be read."""


def read_run(run: Path) -> dict[str, bytes]:
    """The content of every file of the run in the folder `run`, its manifest among them, by path.

    Raises RunError if there is no folder or no manifest, and with each file that cannot be read.
    """
    if not run.is_dir():
        found = "a file" if run.exists() else "nothing"
        raise RunError(Problem(str(run), "", found, "the folder of a finished run", "`gba build` makes one"))
    files = read_files({path.relative_to(run).as_posix(): path for path in source_files(run)})
    if NAME not in files:
        raise RunError(Problem(str(run / NAME), "", "no file", "the manifest of a finished run", REBUILD))
    return files


def read_files(paths: Mapping[str, Path]) -> dict[str, bytes]:
    """The content of every file of `paths`, by the same names. Raises RunError with each that cannot be
    read.
    """
    files: dict[str, bytes] = {}
    problems = []
    for name, path in paths.items():
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(str(path), "", error.strerror or str(error), "a readable file"))
    if problems:
        raise RunError(problems)
    return files


def read_manifest(run: Path, *, files: Files, project: Project) -> dict[str, Any]:
    """The content of the manifest among `files`, those of the run in the folder `run`.

    Raises RunError with everything in it that its published form does not allow, ParameterError if its
    parameters break the contract."""
    name = str(run / NAME)
    content = _json(name, files[NAME])
    (schema,) = read_files({name: project.root / SCHEMA}).values()
    if problems := form_problems(name, content=content, schema=json.loads(schema), hint=REBUILD):
        raise RunError(problems)
    parameters.check(content["parameters"], source=name)
    return content


def differences(folder: Path | str, *, files: Files, recorded: Entries) -> dict[str, Problem]:
    """One problem for every file that is edited, cut off, missing or added, by its path; it is named as one
    of `folder`.

    recorded: what a manifest lists.
    """
    prefix = f"{folder}/" if folder else ""
    names = sorted(files.keys() | recorded.keys())
    found = {name: _difference(prefix + name, files.get(name), recorded.get(name)) for name in names}
    return {name: problem for name, problem in found.items() if problem}


def contradictions(
    run: Path, *, files: Files, manifest: Mapping[str, Any], provenance: Provenance
) -> list[Problem]:
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


def _difference(name: str, content: bytes | None, entry: Mapping[str, Any] | None) -> Problem | None:
    if content is None:
        return Problem(name, "", "no file", f"one of {_shown(entry)}") if entry else None
    found = {"bytes": len(content), "sha256": digest(content)}
    if entry is None:
        return Problem(name, "", _shown(found), f"no file: {NAME} does not list it")
    return None if found == entry else Problem(name, "", _shown(found), _shown(entry), _damage(name, content))


def _shown(entry: Mapping[str, Any]) -> str:
    return f"{entry['bytes']:,} bytes with SHA-256 {entry['sha256'][:SHOWN_DIGITS]}…"


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
        engine=f"{engine['name']} ({engine['version']})",
        versions={name: packages.get(name, "none") for name in SHOWN},
        command=manifest["command"],
        date=provenance.date,
        article_sha=provenance.article_sha,
    )


def _told(variables: bytes) -> Mapping[str, Any]:
    """What a language's `_variables.yml` says about the run; nothing if it does not say it as it should."""
    try:
        content = load_yaml(variables)
    except yaml.YAMLError:
        return {}
    told = content.get(RUN) if isinstance(content, dict) else None
    return told if isinstance(told, dict) else {}


def _plain(markdown: Any) -> str:
    return str(markdown or "nothing").replace("\\", "")
