"""The agreement of the two codings for the prose, as ledger entries.

How it is computed is in `figures.agreement`; which verdict is shown is in `verdicts`."""

from __future__ import annotations

from typing import Any

from gba_analysis.analysis.cells import Word, texts_of
from gba_analysis.analysis.derived import count_entry
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.figures.agreement import agreement, coded_pairs
from gba_analysis.figures.tables import Facts

# Cohen's kappa is mostly given with two.
DECIMALS = 2


def agreement_entries(facts: Facts) -> list[dict[str, Any]]:
    """codings.total (rows that two readers judged), .alike (judged alike), .percent, .kappa (Cohen's).

    The kappa is a text alone: it has no unit, and none at all if chance explains every agreement."""
    found = agreement(list(coded_pairs(facts).values()))
    kappa = Word("gap.nothing") if found.kappa is None else f"{float(found.kappa):.{DECIMALS}f}"
    return [
        count_entry("codings.total", found.pairs, facts.unit("count")),
        count_entry("codings.alike", found.alike, facts.unit("count")),
        count_entry("codings.percent", found.percent, facts.unit("percent")),
        ledger_entry("codings.kappa", texts_of(kappa, facts), None, None),
    ]
