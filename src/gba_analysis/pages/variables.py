"""The texts of `_variables.yml`: what `{{< var key >}}` puts on a page, with the trace of each number.

Markdown is only escaped and wrapped here; what a value is comes from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from gba_analysis.analysis.finding_texts import KEY as FINDING
from gba_analysis.analysis.finding_texts import fill
from gba_analysis.errors import Problem
from gba_analysis.ledger import RUN, Entry, Ledger, LedgerError
from gba_analysis.markdown import escape
from gba_analysis.scenario import yaml_value
from gba_analysis.words import say

# A tooltip names the figures it rests on up to here, and counts them beyond.
MOST_NAMED = 6
TITLE_ESCAPES = str.maketrans({char: f"\\{char}" for char in '\\"&'})
VERDICT = "verdict."
# Between the lines of a number's trace.
TRACE_BREAK = " | "
OPEN_END = "∞"


@dataclass(frozen=True)
class RunInfo:
    """What a page says about its own making.

    parameters: all values by name. date: ISO, from the data. article_sha: SHA-256 of the article's text.
    """

    scenario: str
    parameters: Mapping[str, Any]
    engine: str
    versions: Mapping[str, str]
    command: str
    date: str
    article_sha: str


RUN_KEYS = tuple(f"{RUN}.{name}" for name in RunInfo.__dataclass_fields__)


def variables(ledger: Ledger, lang: str, *, run: RunInfo, printed: Mapping[str, str]) -> dict[str, Any]:
    """The content of `_variables.yml` in `lang`: Markdown by key, nested at the key's dots.

    printed: the article's figure for each indicator id.
    Raises LedgerError if a finding names a key that is not in the ledger.
    """
    tree: dict[str, Any] = {}
    for key, entry in ledger.items():
        *path, last = key.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[last] = _markdown(entry, ledger, lang, printed)
    return tree | {RUN: run_variables(run, lang)}


def run_variables(run: RunInfo, lang: str) -> dict[str, str]:
    """What a page in `lang` says about its own making, as Markdown by the name of the fact."""
    return {name: escape(text) for name, text in _run_texts(run, lang).items()}


def _markdown(entry: Entry, ledger: Ledger, lang: str, printed: Mapping[str, str]) -> str:
    """The value's span, or plain text if it rests on nothing; of a finding its sentences, with a span for
    each number they name.
    """
    if verdict := _verdict(entry):
        # A mark stands before the word, for readers who cannot tell the colours apart.
        mark, value = say(f"verdict_mark.{verdict}", lang), _value(entry, ledger, lang, printed)
        return f"[{mark} {value}]{{.verdict .{verdict.replace('_', '-')}}}"
    return _value(entry, ledger, lang, printed)


def _value(entry: Entry, ledger: Ledger, lang: str, printed: Mapping[str, str]) -> str:
    if not (entry.unit or entry.inputs or entry.expression):
        # A note under a chart is no number and rests on none.
        return escape(entry.text[lang])
    if not entry.key.startswith(FINDING):
        return _span(entry, lang, printed)
    return fill(entry.text[lang], lambda key: _span(_named(key, entry, ledger), lang, printed), escape)


def _verdict(entry: Entry) -> str:
    """The verdict whose word the entry is; empty if it is none."""
    return entry.word.removeprefix(VERDICT) if entry.word.startswith(VERDICT) else ""


def _named(key: str, finding: Entry, ledger: Ledger) -> Entry:
    if key not in ledger:
        found = f"the key {key}, which no notebook publishes"
        raise LedgerError(
            Problem(
                "data/findings.csv",
                f"finding {finding.key.removeprefix(FINDING)}",
                found,
                "a key of the ledger",
            )
        )
    return ledger[key]


def _span(entry: Entry, lang: str, printed: Mapping[str, str]) -> str:
    title = _trace(entry, lang, printed).translate(TITLE_ESCAPES)
    return f'[{escape(entry.text[lang])}]{{.num data-key="{entry.key}" data-trace="{title}"}}'


def _trace(entry: Entry, lang: str, printed: Mapping[str, str]) -> str:
    many = len(entry.inputs) > MOST_NAMED
    parts = {
        "trace.interval": _interval(entry),
        "trace.printed": "" if many else _listed((printed[id_] for id_ in entry.inputs), lang),
        "trace.count": str(len(entry.inputs)) if many else "",
        "trace.formula": "" if entry.expression in entry.inputs else entry.expression,
        "trace.condition": entry.condition[lang],
        "trace.notebook": entry.notebook,
    }
    return TRACE_BREAK.join(say(key, lang, text=text) for key, text in parts.items() if text)


def _listed(texts: Iterable[str], lang: str) -> str:
    return say("joint.listed", lang).join(texts)


def _interval(entry: Entry) -> str:
    """Both ends in the value's unit, to six digits; empty for an exact number, which its text says."""
    if entry.low == entry.high:
        return ""
    low, high = (
        OPEN_END if end is None else f"{float(Fraction(end)):.6g}" for end in (entry.low, entry.high)
    )
    return f"{low}–{high}"


def _run_texts(run: RunInfo, lang: str) -> dict[str, str]:
    colon = say("joint.colon", lang)
    parameters = (f"{name}{colon}{yaml_value(value)}" for name, value in run.parameters.items())
    return asdict(run) | {
        "parameters": say("joint.clauses", lang).join(parameters),
        "versions": _listed((f"{name} {version}" for name, version in run.versions.items()), lang),
    }
