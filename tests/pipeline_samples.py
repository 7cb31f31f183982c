"""A small project for the pipeline's tests: real data and settings, notebooks that start and end in a
moment.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gba_analysis import parameters
from gba_analysis.ledger import VALUES
from gba_analysis.pipeline.update import update
from gba_analysis.project import Project

RUN_KEYS = ("scenario", "parameters", "engine", "versions", "command", "date", "article_sha")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
LAST = parameters.NOTEBOOKS[-1]
TITLE = "# A small notebook\n\nPurpose: show one chart and publish one value."
CHART = f"""#| label: chart
from IPython.display import display
alt = {{"en": "One square.", "zh": "一个方块。"}}[lang]
metadata = {{"image/svg+xml": {{"alt": alt}}}}
display({{"image/svg+xml": {SVG!r}, "text/plain": alt}}, raw=True, metadata=metadata)"""
TABLE = """#| label: table
head = {"en": "Reading", "zh": "读法"}[lang]
display({"text/markdown": f"| {head} | n |\\n|:--|--:|\\n| {reading} | 33 |"}, raw=True)"""
PUBLISH = f"""#| label: values
values = ENTRIES
display({{"{VALUES}": {{"values": values}}, "text/plain": "one value"}}, raw=True)"""


def entry(key: str, **changes) -> dict:
    """A ledger entry as a notebook publishes it."""
    return {
        "key": key,
        "text": {"en": "12.0–19.9 %", "zh": "12.0%–19.9%"},
        "low": "2000/167",
        "high": "133/7",
        "low_open": True,
        "high_open": False,
        "unit": "percent",
        "inputs": ["jointlabs_hkm_staff", "jointlabs_staff"],
        "expression": "jointlabs_hkm_staff / jointlabs_staff * 100",
        "soundness": "conditional",
        "condition": {"en": 'If "both" cover the same laboratories.', "zh": "前提是两数涵盖同一批实验室。"},
        "printed": "",
        **changes,
    }


def parameter_source(name: str) -> str:
    """The parameters cell that the contract wants."""
    return "\n".join(f"{key} = {value!r}" for key, value in parameters.defaults(name).items())


def small_notebook(name: str, *more: str) -> nbformat.NotebookNode:
    """A notebook that keeps all rules and publishes `<name>.share`; `more` are further code cells."""
    entries = repr([entry(f"{name}.share")])
    sources = [CHART, TABLE, PUBLISH.replace("ENTRIES", entries), *more]
    cells = [
        new_markdown_cell(TITLE),
        new_code_cell(parameter_source(name), metadata={"tags": ["parameters"]}),
        *map(new_code_cell, sources),
    ]
    return new_notebook(cells=cells, metadata=KERNEL)


def write_notebook(project: Project, name: str, notebook: nbformat.NotebookNode) -> Path:
    """Store a notebook as the project's own."""
    path = project.notebooks / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def page(lang: str) -> str:
    """A page that uses a value, a chart, a table and what describes the run."""
    used = "\n\n".join(f"{{{{< var {name}.share >}}}}" for name in parameters.NOTEBOOKS)
    runs = "\n\n".join(f"{{{{< var run.{key} >}}}}" for key in RUN_KEYS)
    words = {"en": "A small briefing", "zh": "小简报"}[lang]
    return f"""---
title: "{words}"
---

# {words} {{#sec-one}}

{used}

::: {{#fig-chart}}
{{{{< embed notebooks/02_platforms.ipynb#chart >}}}}

**{words}.**
:::

::: {{#tbl-reading}}
{{{{< embed notebooks/03_research.ipynb#table >}}}}

**{words}.**
:::

{runs}
"""


def write_small_project(root: Path, source: Project) -> Project:
    """Write the small project, with the data and the report's settings of `source`, into `root`."""
    project = Project(root)
    shutil.copytree(source.data, project.data)
    project.report.mkdir()
    for settings in source.report.glob("_quarto*.yml"):
        shutil.copy(settings, project.report)
    for lang in ("en", "zh"):
        (project.report / f"briefing.{lang}.qmd").write_text(page(lang), encoding="utf-8")
    project.notebooks.mkdir()
    for name in parameters.NOTEBOOKS:
        write_notebook(project, name, small_notebook(name))
    write_notebook(project, LAST, small_notebook(LAST, _labels(project)))
    shutil.copytree(source.root / "docs", root / "docs")
    shutil.copy(source.root / "requirements.lock", root)
    _without_findings(project)
    return project


def _labels(project: Project) -> str:
    """A cell that knows the labels of all charts that have a title, as if it drew them."""
    rows = (project.data / "charts.csv").read_text(encoding="utf-8").splitlines()[1:]
    return f"#| label: labels\nlabels = {[row.partition(',')[0] for row in rows]!r}"


def _without_findings(project: Project) -> None:
    # The findings rest on values that the small notebooks do not publish.
    path = project.data / "findings.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    update(project)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` and its bytes, without the cache of builds."""
    files = (
        (path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()
    )
    return {name: path.read_bytes() for name, path in files if not name.startswith(".cache/")}


def output_and_imports(project: Project, *words: str) -> tuple[str, set[str]]:
    """What `gba words` prints in a process of its own, and the packages that it has imported."""
    code = "import sys; from gba_analysis.cli import main; main(standalone_mode=False)"
    code += "; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    environment = {**os.environ, "GBA_PROJECT": str(project.root)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    output, _, names = done.stdout.rstrip().rpartition("\n")
    return output, set(names.split())
