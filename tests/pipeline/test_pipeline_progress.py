"""What a user sees while a command works."""

import io
import threading

from gba_analysis.pipeline.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_one_plain_line_for_each_finished_item():
    progress = Progress(io.StringIO())
    with progress.item("01_evidence (en)"):
        assert progress.stream.getvalue() == ""
    with progress.item("briefing.en.pdf"):
        pass
    lines = progress.stream.getvalue().splitlines()
    assert [line.split("  ")[0] for line in lines] == ["01_evidence (en)", "briefing.en.pdf"]
    assert all(line.endswith(" s") and line.isprintable() for line in lines)


def test_a_terminal_also_shows_what_runs_now():
    progress = Progress(Terminal())
    with progress.item("one"), progress.item("two"):
        assert progress.stream.getvalue().endswith("\r\x1b[2K… one, two")
    assert progress.stream.getvalue().endswith("s\n")


def test_a_failed_item_is_over_too():
    progress = Progress(Terminal())
    try:
        with progress.item("one"):
            raise ValueError
    except ValueError:
        pass
    with progress.item("two"):
        assert progress.stream.getvalue().endswith("… two")


def test_items_of_several_threads_do_not_mix():
    progress = Progress(io.StringIO())

    def work(number):
        with progress.item(f"item {number}"):
            pass

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(line.split()[1]) for line in progress.stream.getvalue().splitlines()) == list(range(20))


def test_a_stage_adds_up():
    progress = Progress(io.StringIO())
    for _ in range(2):
        with progress.stage("render"):
            pass
    assert list(progress.seconds) == ["render"] and progress.seconds["render"] > 0
