"""Makes a staged folder, as the pipeline does, from the kit, the report's settings and the sample pages."""

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

from gba_analysis import kit
from gba_analysis.fonts import web_fonts
from gba_analysis.pages.stage import page_words, yaml_text
from gba_analysis.render import embedded

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "sample"
LANGS = ("en", "zh")
EPOCH = 1738281600  # 2025-01-31
ALT = 'Three bars; the "first" is the longest.'
TABLE = (
    "| Group | Firms | Share |\n|:--|--:|--:|\n| Macao-funded | 33 | 13.9 % |\n| Others | 205 | 86.1 % |\n"
)
XHTML = "{http://www.w3.org/1999/xhtml}"


def code_cell(label, data, alt=None):
    """A code cell as an executed notebook holds it."""
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}}] if data else []
    source = [f"#| label: {label}\n", "#| echo: false\n", "show()"]
    metadata = {"fig-alt": alt} if alt else {}
    cell = {"cell_type": "code", "id": label, "metadata": metadata, "source": source}
    return {**cell, "execution_count": 1, "outputs": outputs}


def write_notebook(path, *cells):
    """Write a notebook of these cells to `path`."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.parent.mkdir(exist_ok=True)
    content = {"cells": list(cells), "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")


def sample_cells():
    """A chart, a table and a second chart."""
    svg = (SAMPLE / "chart.svg").read_text(encoding="utf-8")
    return (
        code_cell("platforms", {"image/svg+xml": svg, "text/plain": "x"}, ALT),
        code_cell("table", {"text/markdown": TABLE, "text/plain": "x"}),
        code_cell("second", {"image/svg+xml": svg.replace("240", "200"), "text/plain": "x"}, "三个条形。"),
    )


def stage_without_fonts(folder):
    """Copy the kit, the report's settings and the sample into `folder`, with a notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in kit.PARTS:
        shutil.copytree(kit.FOLDER / part, folder / part)
    for settings in (ROOT / "report").glob("_quarto*.yml"):
        shutil.copy(settings, folder)
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    (folder / "_metadata.yml").write_text("date: 2025-01-31\n", encoding="utf-8")
    for lang in LANGS:
        # A run folder has them in its _metadata.yml, as it is of one language.
        with (folder / f"_quarto-{lang}.yml").open("a", encoding="utf-8") as settings:
            settings.write(yaml_text({"page-words": page_words(lang)}))
    write_notebook(folder / "notebooks" / "02_platforms.ipynb", *sample_cells())
    return folder


def web_text(folder):
    """All characters on the web pages of a staged folder."""
    pages = [path for path in sorted(folder.rglob("*")) if path.suffix in {".qmd", ".yml", ".html", ".js"}]
    return "".join([*(path.read_text(encoding="utf-8") for path in pages), TABLE, "Figure“”‘’"])


def stage(folder):
    """A staged folder with web fonts in it, as an engine gets it."""
    stage_without_fonts(folder)
    (folder / "styles" / "fonts").mkdir()
    for name, font in web_fonts(web_text(folder)).items():
        (folder / "styles" / "fonts" / name).write_bytes(font)
    return folder


def page_file(folder, lang, to):
    """The page that the embedded engine makes of a staged folder, as a file beside the folder."""
    path = folder.parent / f"{folder.name}.{lang}.{to}"
    path.write_bytes(embedded.render(folder, lang=lang, to=to, epoch=EPOCH))
    return path


def change(path, old, new):
    """Replace `old`, which must be there, in the file at `path`."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def tree(page):
    """The page at `page` as an element tree; it must be well-formed."""
    return ET.fromstring(page.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>"))


def find(root, tag, **attributes):
    """All elements of that tag with those attributes, in order; `class_` matches one class of several."""
    wanted = attributes.pop("class_", None)
    return [
        element
        for element in root.iter(XHTML + tag)
        if all(element.get(name) == value for name, value in attributes.items())
        and (wanted is None or wanted in element.get("class", "").split())
    ]


def text_of(element):
    """The text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split(" ")).replace("\n", " ").strip()
