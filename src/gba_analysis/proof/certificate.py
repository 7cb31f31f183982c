"""The certificate of a verification: what was rebuilt, where, when, how, and which files matched, for
machines and on a page.

In the spirit of CODECHECK (Nüst & Eglen 2021, doi:10.12688/f1000research.51738.2): an independent run of the
published workflow, recorded with its outputs. The word "passed" is kept for a verification in which nothing
failed and nothing was skipped."""

from __future__ import annotations

import json
import platform
import string
import sysconfig
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from gba_analysis import __version__
from gba_analysis.proof.outcomes import Check, File
from gba_analysis.proof.rebuild import VARIATIONS
from gba_analysis.record.output import write_file

SUFFIX = ".certificate"
# The page, and a row of its tables: of what was rebuilt, and of what was found.
PAGE, FACT, FINDING = "certificate.html", "certificate_fact.html", "certificate_finding.html"


def certificate(
    recorded: Mapping[str, Any],
    *,
    checks: Sequence[Check],
    files: Sequence[File],
    surroundings: Sequence[str],
    started: float,
    manifest_sha256: str,
) -> dict[str, Any]:
    """The content of the certificate. started: when the verification began, in seconds since 1970 (UTC)."""
    result = _result(checks)
    return {
        "schema": 1,
        "certificate": "gba-analysis: a run rebuilt and compared",
        "result": result,
        "summary": _summary(recorded, checks, files, result),
        "run": {
            "scenario": recorded["scenario"],
            "command": recorded["command"],
            "parameters": recorded["parameters"],
            "languages": recorded["languages"],
            "formats": recorded["formats"],
            "engine": recorded["engine"],
            "revision": recorded["revision"],
        },
        "manifest_sha256": manifest_sha256,
        "rebuilt": {
            "when": datetime.fromtimestamp(started, tz=UTC).isoformat(timespec="seconds"),
            "seconds": round(time.time() - started, 1),
            "platform": sysconfig.get_platform(),
            "python": platform.python_version(),
            "by": f"gba-analysis {__version__}",
            "surroundings_unlike_the_run": list(surroundings),
        },
        "variations": dict(VARIATIONS),
        "checks": [{"check": check.name, "result": check.result, "detail": check.detail} for check in checks],
        "files": [
            {"name": file.name, "verdict": file.verdict} | ({"detail": file.detail} if file.detail else {})
            for file in files
        ],
    }


def _result(checks: Sequence[Check]) -> str:
    results = {check.result for check in checks}
    return "failed" if "failed" in results else "incomplete" if "skipped" in results else "passed"


def _summary(recorded: Mapping[str, Any], checks: Sequence[Check], files: Sequence[File], result: str) -> str:
    counts = Counter(file.verdict for file in files)
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    what = f"the run {recorded['scenario']} was built again from its sources; of {len(files)} files: {told}"
    failed = [check.name for check in checks if check.result != "passed"]
    return f"{result}: {what}" + (f"; not passed: {', '.join(failed)}" if failed else "")


def write(run: Path, content: Mapping[str, Any]) -> tuple[Path, ...]:
    """Write the certificate beside the run's folder, as JSON and as a page; returns the paths. Raises
    OutputError.
    """
    paths = tuple(
        run.resolve().with_name(f"{run.resolve().name}{SUFFIX}.{kind}") for kind in ("json", "html")
    )
    write_file(paths[0], (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    write_file(paths[1], _page(content).encode())
    return paths


def _page(content: Mapping[str, Any]) -> str:
    run = content["run"]
    rows = {
        "facts": [_row(FACT, name=name, text=text) for name, text in _facts(content).items()],
        "checks": [
            _row(FINDING, name=each["check"], result=each["result"], detail=each["detail"])
            for each in content["checks"]
        ],
        "variations": [_row(FACT, name=name, text=text) for name, text in content["variations"].items()],
        "files": [
            _row(FINDING, name=each["name"], result=each["verdict"], detail=each.get("detail", ""))
            for each in content["files"]
        ],
    }
    texts = {"scenario": run["scenario"], "result": content["result"], "summary": content["summary"]}
    tables = {name: "\n".join(lines) for name, lines in rows.items()}
    return _template(PAGE).substitute(tables, **_escaped(texts))


def _facts(content: Mapping[str, Any]) -> dict[str, str]:
    run, rebuilt = content["run"], content["rebuilt"]
    revision = run["revision"] or {}
    return {
        "Run": run["scenario"],
        "Command": run["command"],
        "Engine": f"{run['engine']['name']} ({run['engine']['version']})",
        "Revision of the sources": revision.get("commit", "not known")
        + (", with changes" if revision.get("changed") else ""),
        "SHA-256 of the manifest": content["manifest_sha256"],
        "Rebuilt": f"{rebuilt['when']}, in {rebuilt['seconds']} s, by {rebuilt['by']}",
        "On": f"{rebuilt['platform']}, Python {rebuilt['python']}",
        "Unlike the run": "; ".join(rebuilt["surroundings_unlike_the_run"]) or "nothing",
    }


def _row(template: str, **texts: str) -> str:
    return _template(template).substitute(_escaped(texts)).rstrip("\n")


def _escaped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(text) for name, text in texts.items()}


@cache
def _template(name: str) -> string.Template:
    return string.Template(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
