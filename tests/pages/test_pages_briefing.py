"""A build's pages have one processor while the notebooks run, and as many as there are jobs afterwards."""

import io
import threading
from types import SimpleNamespace

import pytest

from gba_analysis.pages import briefing
from gba_analysis.pages.rendered import Pages
from gba_analysis.progress import Progress
from gba_analysis.render.engines import Engine

LANGS = ("en", "zh")
PATIENCE = 10
# Long enough for a page that may work to begin.
MOMENT = 0.1


@pytest.fixture()
def brief(monkeypatch, tmp_path):
    """Runs make_briefing. jobs: of the request. work: called while a page holds its turn. running: called
    when the notebooks of the last language are done and those of the build are not.
    """

    def run(jobs, work, running=lambda: None):
        def by_language(steps, found):
            yield from ((lang, {}) for lang in LANGS)
            running()

        def make_pages(steps, press, run, lang, runs):
            with press.turns.of(0):
                work()
            return Pages({}, [lang])

        monkeypatch.setattr(briefing, "by_language", by_language)
        monkeypatch.setattr(briefing, "make_pages", make_pages)
        monkeypatch.setattr(briefing, "_run_info", lambda *_: None)
        request = SimpleNamespace(languages=LANGS, jobs=jobs)
        steps = SimpleNamespace(
            request=request, progress=Progress(io.StringIO()), kernels=SimpleNamespace(close=lambda: None)
        )
        engine = Engine(name="counting", version="1", render=lambda *_, **__: b"", pages_at_once=True)
        return briefing.make_briefing(
            steps, found=[], run=tmp_path, engine=engine, provenance=SimpleNamespace(epoch=0)
        )

    return run


def test_pages_share_the_processors_when_the_notebooks_are_done(brief):
    both = threading.Barrier(2)
    _, _, names = brief(2, lambda: both.wait(PATIENCE))
    assert names == [*LANGS]


def test_one_job_is_one_page_at_a_time(brief):
    both = threading.Barrier(2)
    with pytest.raises(threading.BrokenBarrierError):
        brief(1, lambda: both.wait(MOMENT))


def test_pages_work_one_at_a_time_while_notebooks_run(brief):
    begun, done, over = threading.Semaphore(0), threading.Event(), []

    def work():
        begun.release()
        done.wait(PATIENCE)

    def running():
        assert begun.acquire(timeout=PATIENCE)
        over.append(begun.acquire(timeout=MOMENT))
        done.set()

    brief(2, work, running)
    assert over == [False]
