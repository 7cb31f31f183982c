"""Choosing an engine, Quarto's command line, and both engines' pages side by side where Quarto is there."""

import io
import os
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader
from render_sample import EPOCH, LANGS, find, stage, text_of, tree

from gba_analysis.errors import EngineError
from gba_analysis.render import quarto
from gba_analysis.render.engines import choose

REASON = f"no quarto on PATH; to run this: {quarto.INSTALL}"
needs_quarto = pytest.mark.skipif(quarto.find_quarto() is None, reason=REASON)


@pytest.fixture()
def fake_quarto(tmp_path, monkeypatch):
    """Puts a shell script named quarto on PATH; returns a function that writes what it does."""

    def write(script):
        program = tmp_path / "bin" / "quarto"
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\n" + script, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
        return program

    return write


@pytest.fixture()
def no_quarto(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    if quarto.find_quarto():
        pytest.skip("quarto-cli is installed in this environment")


def test_quarto_that_is_not_there_is_named_with_its_cure(no_quarto):
    with pytest.raises(EngineError, match=r"pip install \"gba-analysis\[quarto\]\""):
        choose("quarto")


def test_an_unknown_engine_lists_the_known(no_quarto):
    with pytest.raises(EngineError, match="auto, quarto, embedded"):
        choose("latex")


def test_auto_falls_back_to_the_embedded_engine(no_quarto):
    engine = choose("auto")
    assert engine.name == "embedded"
    assert engine.version.startswith("Pandoc ") and "Typst " in engine.version


def test_auto_takes_quarto(fake_quarto):
    fake_quarto("echo 1.10.18")
    assert (choose("auto").name, choose("auto").version) == ("quarto", "1.10.18")
    assert choose("embedded").name == "embedded"


def test_the_command_line_and_the_date(fake_quarto, tmp_path):
    script = (
        'mkdir "$2/_output"; echo $(cat "$2/page") "$@" "$SOURCE_DATE_EPOCH" > "$2/_output/briefing.zh.pdf"'
    )
    program = fake_quarto(script)
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "page").write_text("staged", encoding="utf-8")
    line = [str(program), "render", str(folder), "--profile", "zh", "--to", "html"]
    assert quarto.command(program, folder, lang="zh", to="html") == line
    staged, render, copy, *words = (
        quarto.render(program, folder, lang="zh", to="pdf", epoch=EPOCH).decode().split()
    )
    assert [staged, render, *words] == ["staged", line[1], *line[3:-1], "typst", str(EPOCH)]
    # What Quarto leaves behind goes with the copy.
    assert os.listdir(folder) == ["page"]
    assert not Path(copy).exists()


def test_a_failure_of_quarto_shows_its_last_lines(fake_quarto, tmp_path):
    script = [
        "echo first >&2",
        "for i in 1 2 3 4 5 6 7; do echo more >&2; done",
        "echo 'ERROR: last' >&2",
        "exit 3",
    ]
    program = fake_quarto("\n".join(script))
    with pytest.raises(EngineError, match=r"exit code 3: more .* ERROR: last") as error:
        quarto.render(program, tmp_path, lang="en", to="html", epoch=EPOCH)
    assert "first" not in str(error.value)


def test_an_earlier_page_does_not_pass_for_a_new_one(fake_quarto, tmp_path):
    program = fake_quarto("exit 0")
    (tmp_path / "_output").mkdir()
    (tmp_path / "_output" / "briefing.en.html").touch()
    with pytest.raises(EngineError, match="no file"):
        quarto.render(program, tmp_path, lang="en", to="html", epoch=EPOCH)


def test_a_quarto_that_does_not_start_is_an_engine_error(tmp_path):
    with pytest.raises(EngineError):
        quarto.version(tmp_path / "quarto")


def comparable(page):
    """What both engines must write alike: text, headings, links, captions, alt texts, keys."""
    main = find(page, "main")[0]
    return {
        "text": text_of(main).split(),
        "headings": [text_of(heading) for tag in ("h1", "h2") for heading in find(main, tag)],
        "links": [(link.get("href"), text_of(link)) for link in find(main, "a")],
        "captions": [text_of(caption) for caption in find(main, "figcaption")],
        "alt": [image.get("alt") for image in find(main, "img")],
        "keys": [span.get("data-key") for span in find(main, "span", class_="num")],
        "contents": [text_of(link) for link in find(find(page, "nav", id="TOC")[0], "a")],
    }


@needs_quarto
@pytest.mark.parametrize("lang", LANGS)
def test_quarto_and_the_embedded_engine_write_the_same_page(rendered, tmp_path, lang):
    engine = choose("quarto")
    page = tmp_path / "page.html"
    page.write_bytes(engine.render(stage(tmp_path / "run"), lang=lang, to="html", epoch=EPOCH))
    assert comparable(tree(page)) == comparable(tree(rendered[lang, "html"]))


@needs_quarto
@pytest.mark.parametrize("lang", LANGS)
def test_quarto_and_the_embedded_engine_write_the_same_pdf_text(rendered, tmp_path, lang):
    page = io.BytesIO(choose("quarto").render(stage(tmp_path / "run"), lang=lang, to="pdf", epoch=EPOCH))
    texts = [
        [page.extract_text() for page in PdfReader(file).pages] for file in (page, rendered[lang, "pdf"])
    ]
    assert texts[0] == texts[1]
