"""The verdict rule: what other sources say of a claim, from the intervals, definitions and dates alone.

The cross-checks themselves are rows of data/crosschecks.csv, and data/README.md says the same rule in words.
How a verdict is shown to readers does not belong here (`verdicts`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gba_analysis.figures.interval import Interval, always_below
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

# From the most severe; the first that any reference gives is the verdict.
SEVERITY = ("contradicted", "in_tension", "needs_context", "confirmed", "consistent")
NOT_FOUND = "not_found"
VERDICTS = (*SEVERITY, NOT_FOUND)
# From the best. Grade C, a repost or a summary, confirms nothing by itself.
GRADES = ("A", "B", "C")
WEAKEST = GRADES[-1]
# These ask for two numbers; the others are decided by the definition alone.
COMPARED = ("same", "wider", "narrower")
CONTEXT = "context"
DEFINITIONS = (*COMPARED, "different", CONTEXT)


@dataclass(frozen=True, kw_only=True)
class ReferenceFigure:
    """One reference beside the claim.

    definition: same, wider, narrower, different or context. timing: same, recent or earlier. monotone:
    whether the count can only grow. grade: one of GRADES. interval: the reference's figure; None if it is a
    statement."""

    definition: str
    timing: str
    monotone: bool
    grade: str
    interval: Interval | None


def verdict_of(article: Interval | None, comparisons: Iterable[ReferenceFigure]) -> str:
    """The verdict on a claim whose figure is `article`: one of SEVERITY, or NOT_FOUND.

    Each reference gives a verdict of its own (below = wholly below, without a common number):

    - context: none.
    - different: needs_context.
    - same, with the timing
        same: confirmed if there is a common number, else contradicted;
        recent: confirmed if there is a common number, else as earlier;
        earlier: if the article is below, in_tension if monotone, else needs_context; otherwise consistent.
    - wider (the reference counts a superset): if the article is above, needs_context if earlier, else
    in_tension; otherwise consistent. - narrower (the reference counts a subset): if the article is below,
    needs_context if earlier and not monotone, else in_tension; otherwise consistent.

    What grade C alone confirms is consistent. The most severe verdict counts. No reference, or none but
    context, is not_found. article: needed only if a comparison is one of COMPARED, in the same unit as its
    interval."""
    given = {_weighed(article, item) for item in comparisons if item.definition != CONTEXT}
    return next((verdict for verdict in SEVERITY if verdict in given), NOT_FOUND)


def _weighed(article: Interval | None, item: ReferenceFigure) -> str:
    verdict = _given_by(article, item)
    return "consistent" if verdict == "confirmed" and item.grade == WEAKEST else verdict


def _given_by(article: Interval | None, item: ReferenceFigure) -> str:
    """What one reference, other than context, gives before its grade is weighed."""
    if item.definition == "different":
        return "needs_context"
    if item.definition not in COMPARED:
        found = f"found the definition {item.definition!r}"
        raise ValueError(f"{found}, expected different or one of {', '.join(COMPARED)}")
    if article is None or item.interval is None:
        raise ValueError(f"found a figure missing, expected two for the definition {item.definition!r}")
    below, above = always_below(article, item.interval), always_below(item.interval, article)
    is_earlier = item.timing == "earlier"
    if item.definition == "wider":
        return _if_excluded(above, is_earlier)
    if item.definition == "narrower":
        return _if_excluded(below, is_earlier and not item.monotone)
    if not is_earlier and not below and not above:
        return "confirmed"
    if item.timing == "same":
        return "contradicted"
    return _if_excluded(below, not item.monotone)


def _if_excluded(excluded: bool, time_explains: bool) -> str:
    if not excluded:
        return "consistent"
    return "needs_context" if time_explains else "in_tension"


@dataclass(frozen=True, kw_only=True)
class ReferenceUse:
    """A reference that a cross-check uses, without its figure. grade: the reference's own."""

    definition: str
    timing: str
    monotone: bool
    grade: str


# The references of a cross-check, by id.
Links = Mapping[str, ReferenceUse]


def links_of(facts: Facts, crosscheck_id: str, min_grade: str = WEAKEST) -> Links:
    """The references of a cross-check that are `min_grade` or better."""
    rows = facts.rows("crosscheck_references").items()
    return _links(
        facts,
        {reference: row for (crosscheck, reference), row in rows if crosscheck == crosscheck_id},
        min_grade,
    )


def all_links(facts: Facts, min_grade: str = WEAKEST) -> dict[str, Links]:
    """`links_of` every cross-check, by its id."""
    grouped: dict[str, dict[str, Mapping[str, Any]]] = {id_: {} for id_ in facts.crosschecks.index}
    for (crosscheck, reference), row in facts.rows("crosscheck_references").items():
        grouped.setdefault(crosscheck, {})[reference] = row
    return {crosscheck: _links(facts, rows, min_grade) for crosscheck, rows in grouped.items()}


def _links(facts: Facts, rows: Mapping[str, Mapping[str, Any]], min_grade: str) -> Links:
    references = facts.rows("references")
    links = {
        id_: ReferenceUse(
            definition=row["definition"],
            timing=row["timing"],
            monotone=row["monotone"],
            grade=references[id_]["grade"],
        )
        for id_, row in rows.items()
    }
    return {id_: link for id_, link in links.items() if link.grade <= min_grade}


def tests_among(links: Links) -> dict[str, ReferenceUse]:
    """The references that test a cross-check; context only puts it in proportion."""
    return {id_: link for id_, link in links.items() if link.definition != CONTEXT}


def crosscheck_verdict(facts: Facts, crosscheck_id: str, rule: ReadingRule, min_grade: str = WEAKEST) -> str:
    """The verdict of a cross-check under `rule` with the references of `min_grade` or better.

    A row with the basis `judgement` keeps its stored verdict as long as a reference that tests it is left.
    """
    return verdict_with(facts, crosscheck_id, rule, links_of(facts, crosscheck_id, min_grade))


def verdict_with(facts: Facts, crosscheck_id: str, rule: ReadingRule, links: Links) -> str:
    """The verdict of a cross-check under `rule` with the references `links`, see `crosscheck_verdict`."""
    row = facts.rows("crosschecks")[crosscheck_id]
    comparisons = _compared(facts, links, rule)
    if row["basis"] == "judgement":
        return row["verdict"] if comparisons else NOT_FOUND
    return verdict_of(_article_figure(facts, row["indicator_id"], rule, comparisons), comparisons.values())


def verdicts_by_reference(facts: Facts, crosscheck_id: str, rule: ReadingRule) -> dict[str, str]:
    """What each reference that tests a cross-check with the basis `rule` gives; empty for a judgement."""
    row = facts.rows("crosschecks")[crosscheck_id]
    if row["basis"] == "judgement":
        return {}
    comparisons = _compared(facts, links_of(facts, crosscheck_id), rule)
    article = _article_figure(facts, row["indicator_id"], rule, comparisons)
    return {id_: verdict_of(article, [item]) for id_, item in comparisons.items()}


def _compared(facts: Facts, links: Links, rule: ReadingRule) -> dict[str, ReferenceFigure]:
    """The references that test a cross-check, with their figures, by id."""
    return {
        id_: ReferenceFigure(
            definition=link.definition,
            timing=link.timing,
            monotone=link.monotone,
            grade=link.grade,
            interval=facts.read_reference(id_, rule),
        )
        for id_, link in tests_among(links).items()
    }


def _article_figure(
    facts: Facts, indicator_id: str, rule: ReadingRule, comparisons: Mapping[str, ReferenceFigure]
) -> Interval | None:
    """The article's figure, if any comparison needs it."""
    if not any(item.definition in COMPARED for item in comparisons.values()):
        return None
    return facts.read(indicator_id, rule)
