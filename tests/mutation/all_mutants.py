"""Every value of data/ changed, one at a time: `make mutation`. Prints the score and who survived, by column.

Can be stopped and started again: what is judged already stands in build/mutation/, in a file for these very
sources. The order is random but fixed, so that a part of the work is a fair sample of the whole. The exit
code is 1 if a survivor is not explained."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from explained import summary, unexplained
from judge import Judge
from mutants import Mutant, all_mutants

from gba_analysis import parameters
from gba_analysis.files import sha256, source_files
from gba_analysis.notebooks.committed import read_all
from gba_analysis.notebooks.freshness import modules_used
from gba_analysis.project import Project, find_project

SEED = 0
HERE = Path(__file__).parent
_judge: Judge


def main() -> int:
    """Judge the mutants that are not judged yet; 0 if every survivor is explained, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--jobs", type=int, default=None, help="processes at a time (default: one for each processor)"
    )
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="stop after so long and report what is judged"
    )
    options = parser.parse_args()
    project = find_project(HERE)
    mutants = all_mutants(project)
    random.Random(SEED).shuffle(mutants)
    results = project.build / "mutation" / f"{sources(project)}.jsonl"
    judged = read(results)
    waiting = [mutant for mutant in mutants if str(mutant) not in judged]
    end = time.monotonic() + options.minutes * 60
    for mutant, noticed in judge_all(project, waiting, options.jobs, end):
        judged[str(mutant)] = noticed
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps([str(mutant), noticed], ensure_ascii=False) + "\n")
        print(f"\r{len(judged)} of {len(mutants)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    pairs = [(mutant, judged[str(mutant)]) for mutant in mutants if str(mutant) in judged]
    print("\n".join(summary(pairs, len(mutants))))
    return 1 if list(unexplained(pairs)) else 0


def sources(project: Project) -> str:
    """A name for everything that a judgement depends on: the data, the notebooks, the judge and the modules
    that these use.
    """
    notebooks = read_all(project, parameters.NOTEBOOKS).values()
    cells = [cell.source for notebook in notebooks for cell in notebook.cells if cell.cell_type == "code"]
    judge = [HERE / f"{name}.py" for name in ("judge", "mutants", "shown", "unread")]
    modules = modules_used([*cells, *(path.read_text(encoding="utf-8") for path in judge)])
    files = [*source_files(project.data), *source_files(project.notebooks), *judge]
    return hashlib.sha256("".join([*map(sha256, files), *modules.values()]).encode()).hexdigest()[:12]


def read(results: Path) -> dict[str, str]:
    """Who noticed each mutant judged before; a line cut off by a stop is forgotten."""
    results.parent.mkdir(parents=True, exist_ok=True)
    judged = {}
    for line in results.read_text(encoding="utf-8").splitlines() if results.exists() else []:
        try:
            mutant, noticed = json.loads(line)
        except ValueError:
            continue
        judged[mutant] = noticed
    return judged


def judge_all(
    project: Project, waiting: list[Mutant], jobs: int | None, end: float
) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with who noticed it, until `end` on the monotonic clock. jobs: None for one for each
    processor.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        get_context("spawn").Pool(jobs, _begin, (project, folder)) as pool,
    ):
        for pair in pool.imap_unordered(_one, waiting):
            yield pair
            if time.monotonic() > end:
                return


def _begin(project: Project, folder: str) -> None:
    global _judge
    _judge = Judge(project, Path(tempfile.mkdtemp(dir=folder)))


def _one(mutant: Mutant) -> tuple[Mutant, str]:
    return mutant, _judge.noticed_by(mutant)


if __name__ == "__main__":
    sys.exit(main())
