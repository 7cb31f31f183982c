"""How much a cross-check weighs: a point for each of four things that are known before anything is looked up.

    weight(facts, "x_hengqin_hightech")   # 5

The weight orders the verdicts and does nothing else; it must not know the verdict, sources or reason."""

from __future__ import annotations

from gba_analysis.figures.tables import Facts

HEAVIEST = 5


def weight(facts: Facts, crosscheck_id: str) -> int:
    """From 1 to HEAVIEST: one, and one more for each of these.

    The claim can be held against a record (hard); a printed figure is compared; that figure counts or
    measures something; a card of the key figures shows it. Raises KeyError for an unknown id."""
    row = facts.rows("crosschecks")[crosscheck_id]
    indicator = facts.rows("indicators").get(row["indicator_id"])
    shown = {card["crosscheck_id"] for card in facts.rows("key_figures").values()}
    return 1 + sum(
        (
            facts.rows("claims")[row["claim_id"]]["kind"] == "hard",
            indicator is not None,
            indicator is not None and indicator["class"] == "measure",
            crosscheck_id in shown,
        )
    )
