"""What goes into a bundle: parts of the run, files of the project, the certificate; and what is wrong with
any of them.

Everything is read once; nothing is written.
"""

from __future__ import annotations

import functools
import json
import operator
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from gba_analysis.errors import Problem
from gba_analysis.figures.datapackage import DATAPACKAGE
from gba_analysis.files import digest, source_files
from gba_analysis.project import Project
from gba_analysis.proof.crate import ARTICLE_KEYS, CERTIFICATE, CITATION, CITED, DATA, LICENCE_KEYS, LICENSE
from gba_analysis.proof.manifest_check import REBUILD, Files, RunError, differences, read_files
from gba_analysis.record.manifest import DISTRIBUTION, LOCK
from gba_analysis.record.manifest import NAME as MANIFEST
from gba_analysis.yaml_reading import fault, load_yaml

SINGLE = (LOCK, CITATION, LICENSE)


def project_files(project: Project) -> dict[str, bytes]:
    """The tables, the lock file, the citation and the licence, by path in the project; those that are
    there.
    """
    paths = {name: project.root / name for name in SINGLE if (project.root / name).is_file()}
    return read_files(
        {f"{DATA}{path.relative_to(project.data).as_posix()}": path for path in source_files(project.data)}
        | paths
    )


def problems(
    project: Project, run: Path, files: Files, sources: Files, manifest: Mapping[str, Any]
) -> list[Problem]:
    """One for each file of the run, and each file of the project that the run has read, that is not as the
    manifest records it.

    sources: from `project_files`.
    """
    outputs = {name: content for name, content in files.items() if name != MANIFEST}
    inputs = {name: content for name, content in sources.items() if _is_input(name)}
    recorded = {name: entry for name, entry in manifest["inputs"].items() if _is_input(name)}
    absent = [name for name in (CITATION, LICENSE) if name not in sources]
    return [
        *differences(run, files=outputs, recorded=manifest["outputs"]).values(),
        *differences(project.root, files=inputs, recorded=recorded).values(),
        *(Problem(str(project.root / name), "", "no file", "one to put into the bundle") for name in absent),
    ]


def certificate(run: Path, files: Files) -> tuple[dict[str, bytes], str]:
    """The certificate that stands beside the run, if it is about this very manifest; else why it is left
    out.
    """
    path = run.parent / f"{run.name}.{CERTIFICATE}.json"
    if not path.is_file():
        return {}, f"{path.name} is not there"
    both = {
        f"{CERTIFICATE}{file.suffix}": file for file in (path, path.with_suffix(".html")) if file.is_file()
    }
    contents = read_files(both)
    if _subject(contents[f"{CERTIFICATE}.json"]) != digest(files[MANIFEST]):
        return {}, f"{path.name} is not about this run"
    return contents, ""


def citation(project: Project, *, sources: Files, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What CITATION.cff says. Raises RunError if it cannot be used, or cites another version than made the
    run.
    """
    name = str(project.root / CITATION)
    try:
        cited = load_yaml(sources[CITATION])
    except yaml.YAMLError as error:
        raise RunError(Problem(name, *fault(error), "a citation file")) from error
    content = cited if isinstance(cited, dict) else {}
    unusable = [
        key for key, kind in CITED.items() if not (isinstance(content.get(key), kind) and content[key])
    ]
    if not unusable and not all(isinstance(author, dict) for author in content["authors"]):
        unusable = ["authors"]
    _require_none(name, unusable)
    version = manifest["packages"][DISTRIBUTION]
    if cited["version"] != version:
        raise RunError(
            Problem(name, "version", f"{cited['version']}", f"{version}, which made the run", REBUILD)
        )
    return cited


def datapackage(project: Project, sources: Files) -> dict[str, Any]:
    """The content of datapackage.json. Raises RunError if it says too little of the tables' licence or the
    article.
    """
    package = json.loads(sources[f"{DATA}{DATAPACKAGE}"])
    wanted = {("licenses", 0): LICENCE_KEYS, ("article",): ARTICLE_KEYS}
    unusable = [
        f"{path[0]}, {key}"
        for path, keys in wanted.items()
        for key in keys
        if not isinstance(_at(package, (*path, key)), str)
    ]
    _require_none(str(project.data / DATAPACKAGE), unusable)
    return package


def _at(content: Any, path: Iterable[str | int]) -> Any:
    """What stands at the end of `path` in JSON; None if nothing does."""
    try:
        return functools.reduce(operator.getitem, path, content)
    except (KeyError, IndexError, TypeError):
        return None


def _require_none(name: str, unusable: Iterable[str]) -> None:
    if problems := [Problem(name, key, "no usable value", "one that says it") for key in unusable]:
        raise RunError(problems)


def _is_input(name: str) -> bool:
    return name == LOCK or name.startswith(DATA)


def _subject(content: bytes) -> str:
    """The checksum of the manifest that a certificate is about; empty if it is no certificate."""
    try:
        return json.loads(content).get("manifest_sha256", "")
    except (ValueError, RecursionError, AttributeError):
        return ""
