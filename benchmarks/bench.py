"""`make bench`: this project's way and the peers' way on the same notebooks, in turn, as ratios of medians.

The peers' way is a loop: the `papermill` command once for each notebook and language, then one render call
for each page, of folders that were put together beforehand. Everything runs on a copy of the project. Needs
nothing but what `make test` installs."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from gba_analysis import parameters
from gba_analysis.languages import LANGS
from gba_analysis.project import find_project
from gba_analysis.request import FORMATS

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
SWEPT = "07_robustness"
SCENARIOS = 50
PROCESSORS = os.cpu_count() or 1
# The loop's throughput does not depend on how long it goes on.
LOOPED = 5
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "build", "__pycache__", ".pytest_cache", ".hypothesis")
SAMPLE_SECONDS = 0.05
# As `gba build --timings` says how long cells ran and an engine worked.
WORKED = re.compile(r"\((?:cells|engine) ([0-9.]+)\)")


@dataclass(frozen=True)
class Cost:
    """seconds: from begin to end. cpu: of all processes, in seconds."""

    seconds: float
    cpu: float


@dataclass
class Arm:
    """One way to do something. run: does it once; the argument is the number of the repetition."""

    run: Callable[[int], Cost]
    costs: list[Cost] = field(default_factory=list)

    def median(self, part: str = "seconds") -> float:
        return statistics.median(getattr(cost, part) for cost in self.costs)


class Bench:
    """The arms on a copy of the project in `work`, which are run in turn."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.project = Path(shutil.copytree(find_project().root, work / "project", ignore=NOT_COPIED))
        self.out = work / "out"
        self.environment = {**os.environ, "GBA_PROJECT": str(self.project)}
        self.gba("--force")
        self.staged = {
            lang: Path(shutil.copytree(self.out / "base" / lang, work / "staged" / lang)) for lang in LANGS
        }

    def cost(self, *commands: Sequence[str | Path]) -> Cost:
        """The cost of running the commands one after the other."""
        begin, used = time.perf_counter(), children_cpu()
        for command in commands:
            self.end(command, self.begin(command))
        return Cost(time.perf_counter() - begin, children_cpu() - used)

    def memory(self, command: Sequence[str | Path]) -> Watched:
        """What a command needs while it runs. Not together with its cost: the samples take time."""
        process = self.begin(command)
        with Watched(process.pid) as seen:
            self.end(command, process)
        return seen

    def floor(self, _: int) -> Cost:
        """What is left of a cold build if nothing but cells and the engine took time, on all processors.

        Measured with one job, so that they do not take the processors from each other.
        """
        command = self.command("--force", "--timings", "--jobs", "1")
        said = subprocess.run(
            command, cwd=self.project, env=self.environment, check=True, capture_output=True, encoding="utf-8"
        ).stdout
        worked = sum(float(seconds) for seconds in WORKED.findall(said))
        return Cost(worked / PROCESSORS, worked)

    def begin(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, cwd=self.project, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def end(self, command: Sequence[str | Path], process: subprocess.Popen[bytes]) -> None:
        _, errors = process.communicate()
        if process.returncode:
            sys.exit(f"{command} ended with {process.returncode}:\n{errors.decode()}")

    def command(self, *words: str, command: str = "build") -> list[str | Path]:
        return [BIN / "gba", command, *words, "--out", str(self.out)]

    def gba(self, *words: str, command: str = "build") -> Cost:
        return self.cost(self.command(*words, command=command))

    def papermill(self, name: str, *words: str) -> list[str | Path]:
        target = self.work / "loop.ipynb"
        return [BIN / "papermill", "--no-progress-bar", f"notebooks/{name}.ipynb", target, *words]

    def loop(self, _: int) -> Cost:
        """The peers' way to both languages and both formats."""
        runs = [self.papermill(name, "-p", "lang", lang) for lang in LANGS for name in parameters.NOTEBOOKS]
        pages = [
            [sys.executable, HERE / "render_page.py", self.staged[lang], lang, to]
            for lang in LANGS
            for to in FORMATS
        ]
        return self.cost(*runs, *pages)

    def changed_row(self, number: int) -> Cost:
        """A build after a table that one notebook reads has changed."""
        path = self.project / "data" / "events.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([head, *rows[1:], rows[0]]), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "gba_analysis", "update"],
            check=True,
            cwd=self.project,
            capture_output=True,
        )
        return self.gba()

    def sweep(self, number: int, *words: str) -> Cost:
        """The swept notebook under SCENARIOS sets of parameters."""
        return self.gba(
            SWEPT, "-p", "near_shortfall", json.dumps(shortfalls(number)), "--force", *words, command="sweep"
        )

    def loop_sweep(self, number: int) -> Cost:
        """The peers' way to LOOPED of them."""
        return self.cost(
            *(
                self.papermill(SWEPT, "-p", "near_shortfall", str(value))
                for value in shortfalls(number)[:LOOPED]
            )
        )


def shortfalls(number: int) -> list[float]:
    """SCENARIOS values of near_shortfall, other ones for each repetition."""
    return [round(0.01 + 0.009 * place + 0.0001 * number, 6) for place in range(SCENARIOS)]


def children_cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system


class Watched:
    """Samples the memory of a process and its children while the block lasts.

    all: the most that they had together, in MB. one: the most that one of the children had. Pages that
    several processes share are divided among them."""

    def __init__(self, pid: int) -> None:
        self.all = self.one = 0.0
        self._pid, self._over = pid, threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            own, *others = [*self._sizes()] or [0.0]
            self.all = max(self.all, own + sum(others))
            self.one = max([self.one, *others])

    def _sizes(self) -> Iterator[float]:
        """In MB, of the process itself first."""
        try:
            processes = [(top := psutil.Process(self._pid)), *top.children(recursive=True)]
        except psutil.Error:
            return
        for process in processes:
            try:
                yield process.memory_full_info().pss / 1e6
            except (psutil.Error, FileNotFoundError):
                yield 0.0


def in_turn(arms: dict[str, Arm], runs: int) -> dict[str, Arm]:
    """Run every arm once, then every arm again: what slows the machine down slows all of them down."""
    for number in range(runs):
        for name, arm in arms.items():
            arm.costs.append(arm.run(number))
            print(f"{name:<28} {arm.costs[-1].seconds:7.2f} s", file=sys.stderr)
    return arms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="repetitions of each arm (default: 5)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(Path(work))
        arms = in_turn(
            {
                "loop": Arm(bench.loop),
                "cold build": Arm(lambda _: bench.gba("--force")),
                "its floor": Arm(bench.floor),
                "nothing to do": Arm(lambda _: bench.gba()),
                "one parameter": Arm(lambda number: bench.gba("-p", "min_links", str(number + 3))),
                "one row": Arm(bench.changed_row),
                "loop of one notebook": Arm(bench.loop_sweep),
                "sweep of one notebook": Arm(bench.sweep),
                "sweep with notebooks": Arm(lambda number: bench.sweep(number, "--notebooks")),
            },
            runs,
        )
        ours, kernel = bench.memory(bench.command("--force")).all, bench.memory(bench.papermill(SWEPT)).one
    print("\n".join(report(arms, runs, ours, kernel)))


def report(arms: dict[str, Arm], runs: int, ours: float, kernel: float) -> list[str]:
    """The table as Markdown. ours: the memory of a cold build in MB. kernel: that of an ordinary kernel."""
    loop, cold, floor, none, parameter, row, loop_sweep, *sweeps = arms.values()
    peers_each, each, each_kept = (
        loop_sweep.median() / LOOPED,
        *(sweep.median() / SCENARIOS for sweep in sweeps),
    )
    rows = [
        ("(a) cold build, 2 languages × 2 formats", "loop of commands", loop.median(), cold.median()),
        ("(b) nothing to do", "the same loop", loop.median(), none.median()),
        (
            "(c) one parameter of two notebooks changed",
            "our own cold build",
            cold.median(),
            parameter.median(),
        ),
        ("(d) one row changed", "our own cold build", cold.median(), row.median()),
        (
            f"(e) one of {SCENARIOS} scenarios of {SWEPT}",
            f"`papermill` loop, one of {LOOPED}",
            peers_each,
            each,
        ),
        ("(e) the same with the notebooks kept, charts and all", "the same", peers_each, each_kept),
    ]
    lines = ["| what | against | its seconds | ours | ratio |", "|---|---|--:|--:|--:|"]
    lines += [
        f"| {what} | {against} | {theirs:.2f} | {own:.2f} | {theirs / own:.1f} |"
        for what, against, theirs, own in rows
    ]
    least = f"(a) takes {cold.median() / floor.median():.1f} times its floor of {floor.median():.2f} s"
    cpu = f"(b) takes {none.median('cpu'):.2f} s of CPU"
    memory = (
        f"(f) at most {ours:.0f} MB for {PROCESSORS} workers, "
        f"{ours / PROCESSORS / kernel:.1f} times an ordinary kernel's {kernel:.0f} MB for each"
    )
    system = f"{platform.system()} {platform.machine()}"
    machine = f"{PROCESSORS} processors, {system}, Python {platform.python_version()}"
    return [*lines, "", f"{least}. {cpu}. {memory}. Medians of {runs}, {machine}."]


if __name__ == "__main__":
    main()
