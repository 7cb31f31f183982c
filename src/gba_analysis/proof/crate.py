"""The RO-Crate metadata of a bundle: what each file is, and which run of what made it (RO-Crate 1.1, Process
Run Crate 0.5).

Built with the `rocrate` library, without its random ids and its clock. No file is read or written here.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from gba_analysis import parameters
from gba_analysis.files import digest
from gba_analysis.languages import LANGS
from gba_analysis.record.manifest import DISTRIBUTION, LOCK
from gba_analysis.record.manifest import NAME as MANIFEST
from gba_analysis.scenario import yaml_value
from gba_analysis.words import say

METADATA, README = "ro-crate-metadata.json", "README.md"
CITATION, LICENSE, CERTIFICATE = "CITATION.cff", "LICENSE", "certificate"
DATA, NOTEBOOKS, PAGE = "data/", "/notebooks/", "briefing."
RECORDS = ("ledger.json", MANIFEST)
# What the metadata take from CITATION.cff, and from datapackage.json's first licence and its article.
CITED = {"title": str, "abstract": str, "authors": list, "version": str, "license": str, "keywords": list}
LICENCE_KEYS = ("path", "title")
ARTICLE_KEYS = ("title_zh", "subtitle_zh", "language", "sha256")
VERSION = "1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
# RO-Crate's own list of terms has it from 1.2 on.
TERMS = {"sha256": "http://schema.org/sha256"}
SPDX = "https://spdx.org/licenses/"
RUN, SOFTWARE, ENGINE, ARTICLE = "#run", f"#{DISTRIBUTION}", "#engine", "#article"
PYTHON = "https://www.python.org/"
COMPLETED = "http://schema.org/CompletedActionStatus"
MEDIA_TYPES = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".cff": "application/yaml",
}
PLAIN = "text/plain"
TITLES = {
    "ledger.json": "Ledger: every published value with its interval, text, inputs and formula",
    MANIFEST: "Manifest: parameters, versions, checksums of inputs and outputs",
    "certificate.json": "Certificate: the run was made again and compared",
    "certificate.html": "Certificate: the run was made again and compared, as a page",
    "data/datapackage.json": "Schema of the tables (Frictionless Data Package)",
    "data/README.md": "What the tables hold and where they come from",
    LOCK: "Lock file: the packages with their checksums",
    CITATION: "How to cite",
    LICENSE: "Licence of the code and the pages",
    README: "What is in this bundle and how to check it",
}


@dataclass(frozen=True, kw_only=True)
class RunDescription:
    """What the metadata rest on: the run's manifest, CITATION.cff, datapackage.json, and the data's day
    (ISO).
    """

    manifest: Mapping[str, Any]
    citation: Mapping[str, Any]
    datapackage: Mapping[str, Any]
    date: str


def metadata(contents: Mapping[str, bytes], description: RunDescription) -> bytes:
    """The text of ro-crate-metadata.json for the files `contents` by path."""
    crate = ROCrate(version=VERSION)
    crate.metadata.extra_terms.update(TERMS)
    for name in sorted(contents):
        crate.add_file(dest_path=name, properties=_file(name, contents[name], description))
    for identifier, kind, properties in _context(description):
        crate.add(ContextEntity(crate, identifier, {"@type": kind, **properties}))
    for key, value in _root(description).items():
        crate.root_dataset[key] = value
    crate.add(ContextEntity(crate, RUN, _run(sorted(contents), description)))
    document = crate.metadata.generate()
    document["@graph"].sort(
        key=lambda entity: (entity["@id"] != METADATA, entity["@id"] != "./", entity["@id"])
    )
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def is_made(name: str) -> bool:
    """Whether the run made this file for a reader or a reviewer; what the pages were rendered from stays in
    the run's folder.
    """
    return name.startswith(PAGE) or NOTEBOOKS in name or name in RECORDS


def readme(description: RunDescription) -> bytes:
    """The text of the bundle's README.md."""
    template = resources.files(__package__).joinpath("bundle_readme.md").read_text(encoding="utf-8")
    manifest = description.manifest
    return (
        string.Template(template)
        .substitute(
            {name: manifest[name] for name in ("scenario", "command", "python", "platform")},
            title=description.citation["title"],
            abstract=description.citation["abstract"],
            version=description.citation["version"],
            parameters="\n".join(f"    {name}: {yaml_value(value)}" for name, value in _values(description)),
            engine=_engine(description),
            date=description.date,
            data_licence=description.datapackage["licenses"][0]["title"],
        )
        .encode()
    )


def _root(description: RunDescription) -> dict[str, Any]:
    cited = description.citation
    return {
        "name": f"{cited['title']} ({description.manifest['scenario']})",
        "description": cited["abstract"],
        "datePublished": description.date,
        "version": cited["version"],
        "license": _reference(_code_licence(description)),
        "keywords": ", ".join(cited["keywords"]),
        "inLanguage": _one_or_list(description.manifest["languages"]),
        "author": _one_or_list(
            [_reference(_author_id(author, number)) for number, author in enumerate(cited["authors"])]
        ),
        "conformsTo": _reference(PROFILE),
        "isBasedOn": _reference(ARTICLE),
        "mentions": _reference(RUN),
    }


def _run(names: Sequence[str], description: RunDescription) -> dict[str, Any]:
    """The action that made the pages: by what, from what, with which parameters."""
    taken = [name for name in names if name.startswith(DATA) or name == LOCK]
    return {
        "@type": "CreateAction",
        "name": f"Run of the scenario {description.manifest['scenario']}",
        "description": description.manifest["command"],
        "actionStatus": COMPLETED,
        "instrument": _reference(SOFTWARE),
        "object": [
            *map(_reference, taken),
            *(_reference(_parameter_id(name)) for name, _ in _values(description)),
        ],
        "result": [_reference(name) for name in names if is_made(name)],
    }


def _context(description: RunDescription) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Id, type and properties of everything that is no file: licences, software, parameters, authors, the
    article.
    """
    manifest, tables, article = (
        description.manifest,
        description.datapackage["licenses"][0],
        description.datapackage["article"],
    )
    engine, code = manifest["engine"], description.citation["license"]
    yield (
        _code_licence(description),
        "CreativeWork",
        {"name": f"{code} License", "description": "Of the code and the pages."},
    )
    yield tables["path"], "CreativeWork", {"name": tables["title"], "description": "Of the tables."}
    yield PROFILE, "CreativeWork", {"name": "Process Run Crate", "version": PROFILE.rpartition("/")[2]}
    yield PYTHON, "ComputerLanguage", {"name": "Python", "version": manifest["python"], "url": PYTHON}
    yield ENGINE, "SoftwareApplication", {"name": engine["name"], "softwareVersion": engine["version"]}
    yield (
        SOFTWARE,
        "SoftwareApplication",
        {
            "name": DISTRIBUTION,
            "softwareVersion": manifest["packages"][DISTRIBUTION],
            "operatingSystem": manifest["platform"],
            "softwareRequirements": [_reference(PYTHON), _reference(ENGINE), _reference(LOCK)],
        },
    )
    yield (
        ARTICLE,
        "CreativeWork",
        {
            "name": f"{article['title_zh']} {article['subtitle_zh']}",
            "inLanguage": article["language"],
            "sha256": article["sha256"],
        },
    )
    for number, author in enumerate(description.citation["authors"]):
        yield (
            _author_id(author, number),
            "Organization" if "name" in author else "Person",
            {"name": _author_name(author)},
        )
    contract = {item.name: item for item in parameters.CONTRACT}
    for name, value in _values(description):
        unit = {"unitText": contract[name].unit} if contract[name].unit else {}
        properties = {"name": name, "value": yaml_value(value), "description": contract[name].meaning_en}
        yield _parameter_id(name), "PropertyValue", properties | unit


def _file(name: str, content: bytes, description: RunDescription) -> dict[str, Any]:
    path = PurePosixPath(name)
    properties: dict[str, Any] = {
        "name": _title(path, description),
        "encodingFormat": MEDIA_TYPES.get(path.suffix, PLAIN),
        "contentSize": str(len(content)),
        "sha256": digest(content),
    }
    if name.startswith(DATA):
        properties["license"] = _reference(description.datapackage["licenses"][0]["path"])
    if lang := _language(path):
        properties["inLanguage"] = lang
    if NOTEBOOKS in name:
        properties["@type"] = ["File", "SoftwareSourceCode"]
        properties["programmingLanguage"] = _reference(PYTHON)
        properties["version"] = description.manifest["packages"][DISTRIBUTION]
    return properties


def _title(path: PurePosixPath, description: RunDescription) -> str:
    if str(path) in TITLES:
        return TITLES[str(path)]
    code = _language(path)
    lang = say(f"language.{code}", LANGS[0]) if code in LANGS else ""
    if NOTEBOOKS in str(path):
        return f"Notebook {path.stem} with its outputs, in {lang}"
    if lang:
        return f"Briefing in {lang} ({path.suffix[1:].upper()})"
    tables = {
        f"{DATA}{resource['path']}": resource.get("title")
        for resource in description.datapackage["resources"]
    }
    return f"Table: {tables.get(str(path)) or path.stem}"


def _language(path: PurePosixPath) -> str:
    """The language of a page or an executed notebook; empty for other files."""
    if path.name.startswith(PAGE):
        return path.name.removeprefix(PAGE).removesuffix(path.suffix)
    return path.parts[0] if NOTEBOOKS in str(path) else ""


def _reference(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def _one_or_list(values: Sequence[Any]) -> Any:
    # RO-Crate writes a list of one as the one.
    return list(values) if len(values) > 1 else values[0]


def _parameter_id(name: str) -> str:
    return f"#parameter-{name}"


def _code_licence(description: RunDescription) -> str:
    return f"{SPDX}{description.citation['license']}"


def _author_id(author: Mapping[str, str], number: int) -> str:
    return author.get("orcid") or author.get("website") or f"#author-{number + 1}"


def _author_name(author: Mapping[str, str]) -> str:
    """An organization's name, or a person's."""
    return author.get("name") or " ".join(
        author[part] for part in ("given-names", "family-names") if part in author
    )


def _values(description: RunDescription) -> list[tuple[str, Any]]:
    return sorted(description.manifest["parameters"].items())


def _engine(description: RunDescription) -> str:
    return "{name} ({version})".format_map(description.manifest["engine"])
