"""What a user sees while a command works."""

import io
import threading

from gba_analysis.progress import Progress, Timing, timing_table


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_one_plain_line_for_each_finished_item():
    progress = Progress(io.StringIO())
    with progress.item("01_evidence (en)", "notebooks"):
        assert progress.stream.getvalue() == ""
    with progress.item("briefing.en.pdf", "notebooks"):
        pass
    lines = progress.stream.getvalue().splitlines()
    assert [line.split("  ")[0] for line in lines] == ["01_evidence (en)", "briefing.en.pdf"]
    assert all(line.endswith(" s") and line.isprintable() for line in lines)


def test_a_terminal_also_shows_what_runs_now():
    progress = Progress(Terminal())
    with progress.item("one", "notebooks"), progress.item("two", "notebooks"):
        assert progress.stream.getvalue().endswith("\r\x1b[2K… one, two")
    assert progress.stream.getvalue().endswith("s\n")


def test_a_failed_item_is_over_too():
    progress = Progress(Terminal())
    try:
        with progress.item("one", "notebooks"):
            raise ValueError
    except ValueError:
        pass
    with progress.item("two", "notebooks"):
        assert progress.stream.getvalue().endswith("… two")


def test_items_of_several_threads_do_not_mix():
    progress = Progress(io.StringIO())

    def work(number):
        with progress.item(f"item {number}", "notebooks"):
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


def test_items_do_not_count_twice_and_stages_stand_in_their_order():
    progress = Progress(io.StringIO())
    with progress.stage("notebooks"), progress.item("01_evidence (en)", "notebooks"), progress.stage("stage"):
        pass
    assert list(progress.seconds) == ["notebooks", "stage"]
    assert progress.seconds["notebooks"] <= progress.elapsed


def test_an_item_taken_from_an_earlier_build_says_so():
    progress = Progress(io.StringIO())
    progress.reused("01_evidence (en)", "notebooks")
    assert progress.stream.getvalue().split("  ")[
        0
    ] == "01_evidence (en)" and progress.stream.getvalue().endswith("as before\n")
    (timing,) = progress.timings
    assert (timing.stage, timing.item, timing.seconds, timing.remark) == (
        "notebooks",
        "01_evidence (en)",
        0,
        "as before",
    )


def test_the_table_of_timings_is_in_the_order_of_the_work():
    timings = [
        Timing(stage="notebooks", item="one", begin=1.5, end=3, remark="cells 1.25"),
        Timing(stage="notebooks", item="", begin=1.5, end=4),
        Timing(stage="check", item="", begin=0, end=1.5),
    ]
    assert timing_table(timings) == [
        "    from       to  seconds",
        "    0.00     1.50     1.50  check",
        "    1.50     4.00     2.50  notebooks",
        "    1.50     3.00     1.50    one (cells 1.25)",
    ]
