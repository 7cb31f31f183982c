"""A page's turn is held whenever a program works on it, and free before and after, so that other pages can go
on.
"""

from pathlib import Path

import pytest
from render_sample import EPOCH

from gba_analysis.render import document, embedded, quarto


class Turn:
    """Notes whether it is held."""

    held = False

    def __enter__(self):
        assert not self.held
        self.held = True

    def __exit__(self, *_):
        self.held = False


@pytest.fixture
def turn():
    return Turn()


@pytest.fixture
def watch(monkeypatch, turn):
    """A function that notes whether the turn is held while `module.name` runs; returns the notes by name."""
    notes = {}

    def begin(module, name):
        run = getattr(module, name)

        def watched(*arguments, **options):
            notes[module.__name__.rpartition(".")[2], name] = turn.held
            return run(*arguments, **options)

        monkeypatch.setattr(module, name, watched)
        return notes

    return begin


@pytest.mark.parametrize(("to", "last"), [("html", "embed_resources"), ("pdf", "compile_pdf")])
def test_the_embedded_engine_holds_it_while_pandoc_or_typst_works(staged, turn, watch, to, last):
    # Another test may have had the same page read.
    document._read.cache_clear()
    for module, name in ((document, "run_pandoc"), (embedded, "run_pandoc"), (embedded, last)):
        watch(module, name)
    notes = watch(embedded, "_write_inputs")
    embedded.render(staged, lang="en", to=to, epoch=EPOCH, turn=turn)
    assert notes == {
        ("document", "run_pandoc"): True,
        ("embedded", "run_pandoc"): True,
        ("embedded", last): True,
        ("embedded", "_write_inputs"): False,
    }
    assert not turn.held


def test_quarto_holds_it_all_the_time(tmp_path, turn, monkeypatch):
    def write(line, environ):
        assert turn.held
        output = Path(line[2], quarto.OUTPUT)
        output.mkdir()
        (output / "briefing.en.html").write_bytes(b"page")

    monkeypatch.setattr(quarto, "_run", write)
    assert (
        quarto.render(tmp_path / "quarto", tmp_path, lang="en", to="html", epoch=EPOCH, turn=turn) == b"page"
    )
    assert not turn.held
