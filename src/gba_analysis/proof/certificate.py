"""The certificate of a verification: what was rebuilt, where, when, how, and which files matched, for
machines and on a page.

In the spirit of CODECHECK (Nüst & Eglen 2021, doi:10.12688/f1000research.51738.2): an independent run of the
published workflow, recorded with its outputs. The word "passed" is kept for a verification in which nothing
failed and nothing was skipped."""

from __future__ import annotations

import json
import platform
import sysconfig
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from gba_analysis import __version__
from gba_analysis.proof.outcomes import Check, File
from gba_analysis.proof.rebuild import VARIATIONS
from gba_analysis.record.output import write_file

SUFFIX = ".certificate"
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;"
    "border-top:1px solid #cfd6da;overflow-wrap:break-word}td:last-child{overflow-wrap:anywhere}pre{white-space:pre-wrap;margin:0;font-size:.85em}.sum{font-weight:700}"
)


def certificate(
    recorded: Mapping[str, Any],
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
    run, rebuilt = content["run"], content["rebuilt"]
    revision = (run["revision"] or {}).get("commit", "not known")
    facts = [
        ("Run", run["scenario"]),
        ("Command", run["command"]),
        ("Engine", f"{run['engine']['name']} ({run['engine']['version']})"),
        (
            "Revision of the sources",
            revision + (", with changes" if (run["revision"] or {}).get("changed") else ""),
        ),
        ("SHA-256 of the manifest", content["manifest_sha256"]),
        ("Rebuilt", f"{rebuilt['when']}, in {rebuilt['seconds']} s, by {rebuilt['by']}"),
        ("On", f"{rebuilt['platform']}, Python {rebuilt['python']}"),
        ("Unlike the run", "; ".join(rebuilt["surroundings_unlike_the_run"]) or "nothing"),
    ]
    checks = [(check["check"], check["result"], check["detail"]) for check in content["checks"]]
    files = [(file["name"], file["verdict"], file.get("detail", "")) for file in content["files"]]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Certificate: {escape(run['scenario'])}, {content['result']}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            f'<h1>Certificate of reproduction</h1>\n<p class="sum">{escape(content["summary"])}</p>',
            _table("What was rebuilt", ("", ""), facts),
            _table("Checks", ("Check", "Result", "Detail"), checks),
            _table("What the rebuild did otherwise", ("", ""), list(content["variations"].items())),
            _table("Files", ("File", "Verdict", "First difference"), files),
            "</body>\n</html>\n",
        ]
    )


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    first = f"<thead><tr>{heads}</tr></thead>\n" if any(head) else ""
    body = "\n".join(
        "<tr>" + "".join(_cell(cell, number) for number, cell in enumerate(row)) + "</tr>" for row in rows
    )
    return f"<h2>{escape(title)}</h2>\n<table>\n{first}<tbody>\n{body}\n</tbody>\n</table>"


def _cell(text: str, number: int) -> str:
    if number == 0:
        return f'<th scope="row">{escape(text)}</th>'
    return f"<td><pre>{escape(text)}</pre></td>" if "\n" in text else f"<td>{escape(text)}</td>"
