"""What each step of a build depends on, as the key under which the cache keeps its result.

A key holds everything that can change the result and nothing else: too much costs time, too little would give
a wrong page."""

from __future__ import annotations

import json
import platform
import sysconfig
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

import gba_analysis
from gba_analysis.files import digest, sha256, source_files
from gba_analysis.fonts import WEB_FONTS
from gba_analysis.languages import LANGS
from gba_analysis.notebooks import freshness
from gba_analysis.notebooks.committed import without_outputs
from gba_analysis.project import Project
from gba_analysis.record import manifest

# Raised when an entry of the cache has another form than before.
FORM = 1
# What the last run left in the metadata of a committed notebook's cells.
LEFT = ("fig-alt",)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of one build of `project`. tools: the versions of all that runs. package: the code of this
    package.
    """

    project: Project
    tools: str
    package: str

    def data(self) -> str:
        """That data/ has no problem."""
        return self._key("data", _sums(self.project.data))

    def sources(self, ledger_keys: Collection[str], labels: Mapping[str, Collection[str]]) -> str:
        """That the pages have no problem, with these keys to name and these cells to embed."""
        known = sorted(ledger_keys), {name: sorted(found) for name, found in sorted(labels.items())}
        return self._key("sources", _sums(self.project.report), known)

    def notebook_sources(self, name: str) -> str:
        """What the notebook `name` is executed from, except the parameters.

        Of the package only the modules that it uses count, and of data/ the tables that it reads. Raises
        OSError if there is no such notebook."""
        path = self.project.notebooks / f"{name}.ipynb"
        # The other key parts are digests already, so the package as a whole is left out.
        made_from = freshness.made_from(self.project, name=name, notebook=_parsed(path, sha256(path)))
        parts = {part: sum_ for part, sum_ in made_from.items() if part != "parameters"}
        return _key("executed", self.tools, parts, _asked(path, sha256(path)))

    def notebook(self, sources: str, *, parameters: Mapping[str, Any], with_charts: bool = True) -> str:
        """A notebook executed from `sources` with these parameters, its charts drawn or not."""
        return _key("notebook", sources, dict(parameters), with_charts)

    def fonts(self, text: str, name: str) -> str:
        """The web font made from the shipped font `name` for the characters of `text`."""
        return self._key("fonts", freshness.fonts_read(), name, "".join(sorted(set(text))))

    def page(self, folder: Path, *, lang: str, to: str, engine: str, epoch: int) -> str:
        """The page rendered from the staged `folder`. engine: name and version. epoch: the date recorded in a
        PDF.

        Does not depend on the other languages' pages, and a PDF not on the fonts of the web page, which may
        still be on their way."""
        others = tuple(f".{other}.qmd" for other in LANGS if other != lang)
        web = () if to == "html" else (f"{WEB_FONTS.as_posix()}/",)
        sums = {
            name: sum_
            for name, sum_ in _sums(folder).items()
            if not name.endswith(others) and not name.startswith(web)
        }
        return self._key("page", sums, lang, to, engine, epoch)

    def _key(self, step: str, *parts: Any) -> str:
        return _key(step, self.tools, self.package, *parts)


def read_keys(project: Project) -> Keys:
    """The keys of a build that begins now."""
    tools = {
        "python": platform.python_version(),
        "platform": sysconfig.get_platform(),
        "packages": manifest.packages(),
    }
    return Keys(
        project=project,
        tools=_key("tools", tools),
        package=_key("package", _sums(Path(gba_analysis.__file__).parent)),
    )


def _key(step: str, *parts: Any) -> str:
    return f"{step}-{digest(json.dumps([FORM, *parts], sort_keys=True, ensure_ascii=False).encode())}"


def _sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below `folder`, by its path in it."""
    return {path.relative_to(folder).as_posix(): sha256(path) for path in source_files(folder)}


@lru_cache(maxsize=64)
def _parsed(path: Path, sum_: str) -> nbformat.NotebookNode:
    """A notebook as it is now, without its outputs: `sum_` is its SHA-256, so that another content is read
    anew. Not to be changed.
    """
    return nbformat.v4.reads(without_outputs(path.read_bytes()).decode())


@lru_cache(maxsize=64)
def _asked(path: Path, sum_: str) -> str:
    """A sum of what the notebook holds without its outputs."""
    notebook = _parsed(path, sum_)
    kept = {name: value for name, value in notebook.metadata.items() if name != freshness.NAME}
    return _key("cells", kept, [_without_left(cell) for cell in notebook.cells])


def _without_left(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {**cell, "metadata": {name: value for name, value in cell["metadata"].items() if name not in LEFT}}
