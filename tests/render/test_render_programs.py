"""Other programs come to an end, and take their texts as UTF-8 whatever the locale says."""

import os
import shutil
import subprocess
import sys
import time

import pytest
from render_sample import EPOCH, stage

from gba_analysis.errors import EngineError
from gba_analysis.render import embedded, programs
from gba_analysis.render.pandoc import read_pandoc
from gba_analysis.render.programs import run_program

RENDER = """
import sys
from pathlib import Path
from gba_analysis.render import embedded
for to in ("html", "pdf"):
    page = embedded.render(Path(sys.argv[1]), lang="en", to=to, epoch=int(sys.argv[3]))
    Path(sys.argv[2], f"page.{to}").write_bytes(page)
"""
LOCALES = {"zh_CN.GB18030": "GB18030", "zh_CN.UTF-8": "UTF-8"}


def python(code, **options):
    return run_program([sys.executable, "-c", code], name="Python", source="page.qmd", **options)


def test_a_program_that_does_not_end_is_stopped_and_named():
    begun = time.monotonic()
    with pytest.raises(EngineError) as error:
        python("import time; time.sleep(60)", limit=0.2)
    [problem] = error.value.problems
    assert (problem.file, problem.found) == ("page.qmd", "Python at work for 0.2 seconds")
    assert time.monotonic() - begun < 30


def test_a_program_whose_child_keeps_its_output_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(programs, "GRACE", 0.2)
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(20)'])"
    begun = time.monotonic()
    with pytest.raises(EngineError, match="at work for"):
        python(child, limit=1)
    assert time.monotonic() - begun < 15


def test_pandoc_s_own_endless_work_ends():
    with pytest.raises(EngineError, match=r"page\.qmd: found Pandoc at work for 0\.5 seconds"):
        read_pandoc(["--to=json"], "[" * 24 + " x\n", "page.qmd", limit=0.5)


def test_texts_are_utf_8_both_ways():
    result = python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read() + b'\\xff')", text="横琴")
    assert result.stdout == "横琴\ufffd"


def test_an_exit_code_is_handed_on():
    assert python("raise SystemExit(3)").returncode == 3


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """A folder with Chinese locales, as the variable LOCPATH names it."""
    folder = tmp_path_factory.mktemp("locales")
    program = shutil.which("localedef")
    for name, charmap in LOCALES.items():
        line = [program, "--no-archive", "-i", "zh_CN", "-f", charmap, str(folder / name)]
        if program is None or subprocess.run(line, capture_output=True).returncode:
            pytest.skip("no localedef, or no source of the locale zh_CN")
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    folder = stage(tmp_path_factory.mktemp("usual") / "run")
    return {to: embedded.render(folder, lang="en", to=to, epoch=EPOCH) for to in ("html", "pdf")}


@pytest.mark.parametrize("name", ["C", *LOCALES])
def test_a_page_is_the_same_under_every_locale(pattern, usual, locales, tmp_path, name):
    environment = {**os.environ, "LOCPATH": str(locales), "LC_ALL": name}
    line = [sys.executable, "-c", RENDER, str(pattern), str(tmp_path), str(EPOCH)]
    subprocess.run(line, env=environment, check=True)
    assert {to: (tmp_path / f"page.{to}").read_bytes() for to in usual} == usual


LINE = """
from gba_analysis.charts.look.glyphs import extent_of, glyphs_of
text = "\\u201cA\\u201d 2.1"
print(glyphs_of(text, False), extent_of(text, False))
"""


def test_a_line_of_a_chart_is_the_same_under_every_locale(locales):
    outlines = {
        name: subprocess.run(
            [sys.executable, "-c", LINE],
            env={**os.environ, "LOCPATH": str(locales), "LC_ALL": name},
            check=True,
            capture_output=True,
        ).stdout
        for name in ("C.UTF-8", "zh_CN.UTF-8")
    }
    assert outlines["C.UTF-8"] == outlines["zh_CN.UTF-8"] != b""
