"""Pages rendered at the same time: the same files, and only as far as the engine allows."""

import io
import threading

import pytest
from render_sample import EPOCH, LANGUAGES, stage

from gba_analysis.errors import EngineError, Problem
from gba_analysis.pipeline.pages import render_pages
from gba_analysis.pipeline.progress import Progress
from gba_analysis.render.engines import Engine, choose

FORMATS = ("html", "pdf")
NAMES = ["briefing.en.html", "briefing.en.pdf", "briefing.zh.html", "briefing.zh.pdf"]
# Seconds after which pages that should have met count as one after the other.
PATIENCE = 10


def run_with(tmp_path, write):
    for lang in LANGUAGES:
        write(tmp_path / "run" / lang)
    return tmp_path / "run"


@pytest.fixture()
def empty_run(tmp_path):
    """A run whose folders are empty, for an engine that only counts."""
    return run_with(tmp_path, lambda folder: folder.mkdir(parents=True))


def pages(run, engine, jobs):
    names = render_pages(run, LANGUAGES, FORMATS, engine, EPOCH, Progress(io.StringIO()), jobs)
    assert names == NAMES
    return {name: (run / name).read_bytes() for name in names}


def engine_that(meets, formats_at_once=False):
    """An engine that calls meets(lang, to) and then writes a page; also who was in which folder at the same time."""
    inside, shared, lock = [], [], threading.Lock()

    def render(folder, lang, to, epoch):
        with lock:
            shared.extend(name for name in inside if name == folder)
            inside.append(folder)
        meets(lang, to)
        with lock:
            inside.remove(folder)
        (folder / to).write_text(f"{lang} {to}", encoding="utf-8")
        return folder / to

    return Engine("counting", "1", render, formats_at_once), shared


def test_four_pages_at_once_are_those_of_one_after_the_other(tmp_path):
    run, engine = run_with(tmp_path, stage), choose("embedded")
    alone = pages(run, engine, 1)
    assert pages(run, engine, 4) == alone


def test_an_engine_with_caches_renders_languages_at_once_but_never_two_formats(empty_run):
    both = threading.Barrier(len(LANGUAGES))
    engine, shared = engine_that(lambda lang, to: both.wait(PATIENCE))
    pages(empty_run, engine, 4)
    assert shared == []


def test_an_engine_without_caches_renders_all_at_once(empty_run):
    all_pages = threading.Barrier(len(NAMES))
    engine, shared = engine_that(lambda lang, to: all_pages.wait(PATIENCE), formats_at_once=True)
    pages(empty_run, engine, 4)
    assert len(shared) == len(LANGUAGES)


def test_one_job_is_one_page_at_a_time(empty_run):
    two = threading.Barrier(2)

    def meet_nobody(lang, to):
        with pytest.raises(threading.BrokenBarrierError):
            two.wait(0.05)

    engine, _ = engine_that(meet_nobody, formats_at_once=True)
    pages(empty_run, engine, 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_fails_ends_the_rendering(empty_run, jobs):
    begun = []

    def fail(lang, to):
        begun.append((lang, to))
        raise EngineError(Problem(lang, "", to, "a page"))

    engine, _ = engine_that(fail, formats_at_once=True)
    with pytest.raises(EngineError):
        pages(empty_run, engine, jobs)
    assert len(begun) <= 2 * jobs
