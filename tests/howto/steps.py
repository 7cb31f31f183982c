"""CONTRIBUTING.md as steps that can be taken: what its code blocks add to which file, and which commands it
runs.

A paragraph before a block says what the block is for:

- ``Append to `data/claims.csv`:``
- ``Add to `data/words.en.yml`, group `title`:``
- ``New cells in `notebooks/03_research.ipynb`, before `values`:``
- ``In `FILE`, put before the line `X`:``, a line of a text or of a notebook's cell

A block marked `sh` is run, line by line.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypandoc

APPEND = re.compile(r"Append to `([^`]+)`:")
ADD = re.compile(r"Add to `([^`]+)`, group `([^`]+)`:")
CELLS = re.compile(r"New cells in `([^`]+)`, before `([^`]+)`:")
BEFORE = re.compile(r"In `([^`]+)`, put before the line `([^`]+)`:")
LABEL = "#| label: "
SHELL = "sh"


@dataclass(frozen=True)
class Step:
    """A code block with the sentence before it; kind: the block's language."""

    told: str
    kind: str
    text: str

    def take(self, project: Path) -> None:
        """Do in `project` what the step says. Raises AssertionError for an unknown sentence or a command that
        fails."""
        if self.kind == SHELL:
            for line in self.text.splitlines():
                run(line, project)
        elif found := APPEND.search(self.told):
            path = project / found[1]
            path.write_text(path.read_text(encoding="utf-8") + self.text + "\n", encoding="utf-8")
        elif found := ADD.search(self.told):
            _add_to_group(project / found[1], found[2], self.text)
        elif found := CELLS.search(self.told):
            _add_cells(project / found[1], found[2], self.text)
        elif found := BEFORE.search(self.told):
            _put_before(project / found[1], found[2], self.text)
        else:
            raise AssertionError(
                f"CONTRIBUTING.md: found {self.told!r}, expected a sentence that names a file"
            )


def run(line: str, project: Path) -> str:
    """What a command says. Raises AssertionError with it if it fails."""
    done = subprocess.run(line, shell=True, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def how_tos(guide: Path) -> dict[str, list[Step]]:
    """The steps of each section of `guide` that has any, by its heading, in order."""
    document = json.loads(pypandoc.convert_file(guide, "json", format="gfm"))
    found: dict[str, list[Step]] = {}
    heading = told = ""
    for block in document["blocks"]:
        match block["t"]:
            case "Header":
                heading = _plain(block["c"][2])
            case "Para":
                told = _plain(block["c"])
            case "CodeBlock":
                (_, classes, _), text = block["c"]
                found.setdefault(heading, []).append(Step(told, " ".join(classes), text))
                told = ""
    return found


def _plain(inlines: list[dict]) -> str:
    """The text of a paragraph, code in backticks."""
    texts = {
        "Str": lambda c: c,
        "Code": lambda c: f"`{c[1]}`",
        "Space": lambda c: " ",
        "SoftBreak": lambda c: " ",
    }
    return "".join(texts.get(item["t"], lambda c: "")(item.get("c")) for item in inlines)


def _add_to_group(path: Path, group: str, text: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    place = lines.index(f"{group}:") + 1
    path.write_text("\n".join([*lines[:place], *text.splitlines(), *lines[place:]]) + "\n", encoding="utf-8")


def _add_cells(path: Path, before: str, text: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    sources = [LABEL + source for source in text.split(LABEL)[1:]]
    cells = [_cell(source.rstrip("\n")) for source in sources]
    labels = ["".join(cell["source"]).partition("\n")[0] for cell in notebook["cells"]]
    place = labels.index(LABEL + before)
    notebook["cells"][place:place] = cells
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def _cell(source: str) -> dict:
    label = source.partition("\n")[0].removeprefix(LABEL)
    empty = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    return {**empty, "id": label, "source": source}


def _put_before(path: Path, line: str, text: str) -> None:
    if path.suffix != ".ipynb":
        path.write_text(_with_lines(path.read_text(encoding="utf-8"), line, text), encoding="utf-8")
        return
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if line in source.splitlines():
            cell["source"] = _with_lines(source, line, text)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def _with_lines(content: str, line: str, text: str) -> str:
    lines = content.split("\n")
    assert lines.count(line) == 1, f"found {lines.count(line)} times {line!r}, expected once"
    place = lines.index(line)
    return "\n".join([*lines[:place], *text.split("\n"), *lines[place:]])
