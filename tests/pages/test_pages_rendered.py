"""Pages rendered at the same time: the same files, and only as far as the engine allows."""

import io
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject
from render_sample import EPOCH, LANGS, ROOT, stage_without_fonts, web_text

from gba_analysis.cache import Cache
from gba_analysis.errors import EngineError, Problem
from gba_analysis.fonts import WEB_FONTS
from gba_analysis.languages import language_tag
from gba_analysis.notebooks.cached_execution import Steps
from gba_analysis.notebooks.kernels import Kernels
from gba_analysis.notebooks.keys import read_keys
from gba_analysis.pages.finished import PageError
from gba_analysis.pages.rendered import Press, all_pages, render_pages
from gba_analysis.progress import Progress
from gba_analysis.project import Project
from gba_analysis.render.engines import Engine, choose
from gba_analysis.request import Request

NAMES = ["briefing.en.html", "briefing.en.pdf", "briefing.zh.html", "briefing.zh.pdf"]
# The pages that a half-made run would hold.
BAD = [("en", "pdf"), ("zh", "html"), ("zh", "pdf")]
# Seconds after which pages that should have met count as one after the other.
PATIENCE = 10


def run_with(tmp_path, write):
    for lang in LANGS:
        write(tmp_path / "run" / lang)
    return tmp_path / "run"


@pytest.fixture()
def empty_run(tmp_path):
    """A run whose pages ask for nothing, for an engine that only counts."""
    return run_with(tmp_path, write_empty)


def write_empty(folder):
    folder.mkdir(parents=True)
    for name in (f"briefing.{folder.name}.qmd", "_variables.yml"):
        (folder / name).touch()
    (folder / "templates").mkdir()
    (folder / "templates" / "briefing.html").write_text(UNSEALED, encoding="utf-8")


def empty_pdf():
    """A tagged PDF that shows nothing."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject()
    writer.write(content)
    return content.getvalue()


def steps_in(folder):
    """The steps of a build that has nothing in its cache."""
    project = Project(ROOT)
    request = Request(project=project, values={}, scenario="base", out=folder)
    return Steps(
        request=request,
        tasks=[],
        keys=read_keys(project),
        cache=Cache(folder / "cache"),
        progress=Progress(io.StringIO()),
        kernels=Kernels(folder),
    )


def pages(run, engine, jobs):
    """The pages of both languages, made at the same time as in a build, by name. jobs: 0 for a press as
    narrow as it begins.
    """
    steps, press = steps_in(run.parent), Press(engine=engine, epoch=EPOCH, info=None)
    if jobs:
        press.widen(jobs)
    with ThreadPoolExecutor() as pool:
        made = [
            pool.submit(render_pages, steps, press, run=run, lang=lang, text=web_text(run / lang))
            for lang in LANGS
        ]
        names = [name for made_in in made for name in made_in.result()]
    assert names == NAMES
    return {name: (run / name).read_bytes() for name in names}


def engine_that(meets, pages_at_once=False):
    """An engine that calls meets(folder, lang, to) and then makes a page."""

    def render(folder, lang, to, epoch, turn):
        with turn:
            meets(folder, lang, to)
        return empty_page(lang, UNSEALED) if to == "html" else empty_pdf()

    return Engine(name="counting", version="1", render=render, pages_at_once=pages_at_once)


POLICY = '<meta http-equiv="Content-Security-Policy" content="script-src {source}" />'
UNSEALED, SEALED = (POLICY.format(source=source) for source in ("'unsafe-inline'", "'none'"))


def empty_page(lang, policy, text="x"):
    """A web page that shows nothing but `text`."""
    return f'<html lang="{language_tag(lang)}">{policy}<title>x</title><p>{text}</p>'.encode()


# Of two that should meet.
BARRIER = threading.Barrier(2)


def meet_nobody(folder, lang, to):
    with pytest.raises(threading.BrokenBarrierError):
        BARRIER.wait(0.05)


def test_four_pages_at_once_are_those_of_one_after_the_other(tmp_path):
    run, again = run_with(tmp_path / "4", stage_without_fonts), run_with(tmp_path / "1", stage_without_fonts)
    engine = choose("embedded")
    assert pages(run, engine, 4) == pages(again, engine, 1)


def test_an_engine_with_shared_caches_renders_one_page_at_a_time(empty_run):
    pages(empty_run, engine_that(meet_nobody), 4)


@pytest.mark.parametrize("jobs", [0, 1])
def test_one_job_is_one_page_at_a_time_and_so_it_is_while_notebooks_run(empty_run, jobs):
    pages(empty_run, engine_that(meet_nobody, pages_at_once=True), jobs)


def test_an_engine_without_shared_caches_renders_all_at_once(empty_run):
    all_pages = threading.Barrier(len(NAMES))
    pages(empty_run, engine_that(lambda folder, lang, to: all_pages.wait(PATIENCE), pages_at_once=True), 4)


def test_a_web_page_waits_for_its_fonts_and_a_pdf_does_not(empty_run, monkeypatch):
    pdfs_and_fonts, fonts_seen = threading.Barrier(2 * len(LANGS)), {}

    def make_late(text):
        pdfs_and_fonts.wait(PATIENCE)
        return {"late.woff2": b"font"}

    def look(folder, lang, to):
        fonts_seen[lang, to] = (folder / WEB_FONTS / "late.woff2").is_file()
        if to == "pdf":
            pdfs_and_fonts.wait(PATIENCE)

    monkeypatch.setattr("gba_analysis.pages.rendered.web_fonts", make_late)
    monkeypatch.setattr("gba_analysis.pages.rendered.NAMES", ("late",))
    pages(empty_run, engine_that(look, pages_at_once=True), 4)
    assert fonts_seen == {(lang, to): to == "html" for lang in LANGS for to in ("html", "pdf")}


def test_fonts_that_cannot_be_made_end_the_rendering_of_pdfs_too(empty_run, monkeypatch):
    def fail(text):
        raise EngineError(Problem("fonts", "", "none", "a font"))

    monkeypatch.setattr("gba_analysis.pages.rendered.web_fonts", fail)
    with pytest.raises(EngineError):
        pages(empty_run, engine_that(lambda folder, lang, to: None), 1)


def half_made(folder, lang, to, epoch, turn):
    """Pages of which one format of each language holds left-over source."""
    is_bad = (lang, to) in BAD
    if to == "html":
        return empty_page(lang, UNSEALED, "{x}" if is_bad else "x")
    return b"" if is_bad else empty_pdf()


def test_pages_that_are_not_well_are_refused_together_and_not_kept(empty_run):
    steps, engine = steps_in(empty_run.parent), Engine(name="half", version="1", render=half_made)
    press = Press(engine=engine, epoch=EPOCH, info=None)
    with ThreadPoolExecutor() as pool, pytest.raises(PageError) as error:
        all_pages(
            [pool.submit(render_pages, steps, press, run=empty_run, lang=lang, text="x") for lang in LANGS]
        )
    assert [problem.file for problem in error.value.problems] == [f"briefing.{lang}.{to}" for lang, to in BAD]
    good = {name for name in NAMES if tuple(name.split(".")[1:]) not in BAD}
    assert {path.name for path in empty_run.iterdir() if path.is_file()} == good
    assert sum(path.name.startswith("page-") for path in steps.cache.folder.iterdir()) == len(good)


KEPT = {
    "left-over source": empty_page("en", SEALED, "{x}"),
    "not finished": empty_page("en", UNSEALED),
    "without a policy": empty_page("en", ""),
    "of the other language": empty_page("zh", SEALED),
}


@pytest.mark.parametrize("case", KEPT)
def test_a_kept_page_that_is_not_well_is_made_anew(empty_run, case):
    steps = steps_in(empty_run.parent)
    press = Press(engine=engine_that(lambda *page: None), epoch=EPOCH, info=None)
    render_pages(steps, press, run=empty_run, lang="en", text="x")
    shutil.rmtree(empty_run / "en" / WEB_FONTS)
    for path in steps.cache.folder.glob("page-*"):
        steps.cache.put(path.name, KEPT[case])
    render_pages(steps, press, run=empty_run, lang="en", text="x")
    assert (empty_run / "briefing.en.html").read_bytes() == empty_page("en", SEALED)
    assert "as before" not in {span.remark for span in steps.progress.timings}
    assert empty_page("en", SEALED) in [
        steps.cache.get(path.name) for path in steps.cache.folder.glob("page-*")
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_fails_ends_the_rendering(empty_run, jobs):
    def fail(folder, lang, to):
        raise EngineError(Problem(lang, "", to, "a page"))

    with pytest.raises(EngineError):
        pages(empty_run, engine_that(fail, pages_at_once=True), jobs)


def test_the_timings_say_how_long_the_engine_worked_on_each_page(empty_run, monkeypatch):
    worked = {("en", "html"): 0.25, ("en", "pdf"): 1.5, ("zh", "html"): 0.75, ("zh", "pdf"): 2.25}
    clock = threading.local()
    monkeypatch.setattr(
        "gba_analysis.pages.processor_turns.time",
        SimpleNamespace(perf_counter=lambda: getattr(clock, "now", 0.0)),
    )

    def work(folder, lang, to):
        clock.now = getattr(clock, "now", 0.0) + worked[lang, to]

    steps = steps_in(empty_run.parent)
    for lang in LANGS:
        render_pages(
            steps,
            Press(engine=engine_that(work), epoch=EPOCH, info=None),
            run=empty_run,
            lang=lang,
            text=web_text(empty_run / lang),
        )
    remarks = {span.item: span.remark for span in steps.progress.timings if span.item}
    assert remarks == {
        f"briefing.{lang}.{to}": f"engine {seconds:.2f}" for (lang, to), seconds in worked.items()
    }
