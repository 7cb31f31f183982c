"""The verdict rule: what other sources say of a claim, by intervals, definitions, dates and grades alone.

The cross-checks are rows of data/crosschecks.csv, and data/README.md says the same rule in words. How a
source gets its grade is in `grade_rule`; how a verdict is shown to readers is in `analysis.verdicts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gba_analysis.figures.grade_rule import WEAKEST
from gba_analysis.figures.interval import Interval, always_below
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

# From the most severe; the first that any reference gives is the verdict.
SEVERITY = ("contradicted", "in_tension", "needs_context", "confirmed", "consistent")
NOT_FOUND = "not_found"
VERDICTS = (*SEVERITY, NOT_FOUND)
# The two that only a source of high grade can give, and what is left of them without one.
STRONG = {"confirmed": "consistent", "contradicted": "in_tension"}
INDEPENDENT, PARTY = "independent", "party"
# These ask for two numbers; the others are decided by the definition alone.
COMPARED = ("same", "wider", "narrower")
CONTEXT = "context"
DEFINITIONS = (*COMPARED, "different", CONTEXT)


@dataclass(frozen=True, kw_only=True)
class ReferenceUse:
    """A reference that a cross-check uses.

    definition: same, wider, narrower, different or context. timing: same, recent or earlier. monotone:
    whether the count can only grow. grade: the reference's. confirms: whether it may confirm anything, see
    `may_confirm`. party: whether it is a statement of whom it speaks of. decides: of a judgement, whether the
    verdict rests on it; None where the rule decides."""

    definition: str
    timing: str
    monotone: bool
    grade: str
    confirms: bool
    party: bool = False
    decides: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ReferenceFigure:
    """One reference beside the claim: how it is used, and its figure (None if it is a statement)."""

    use: ReferenceUse
    interval: Interval | None


def may_confirm(reference: Mapping[str, Any]) -> bool:
    """Whether a row of references.csv may confirm a claim: it is of a high grade, independent of whom it
    speaks of, and known to be published after what it reports.

    A report of the same day counts as after it; a date that is inferred or less exact is not known to be."""
    return (
        reference["grade"] < WEAKEST
        and reference["independence"] == INDEPENDENT
        and not reference["date_inferred"]
        and is_after(reference["published_on"], reference["event_on"] or reference["period"])
    )


def is_after(published: str, done: str) -> bool:
    """Whether `published` is known not to lie before `done`; both are YYYY, YYYY-MM or YYYY-MM-DD."""
    known = min(len(published), len(done))
    if published[:known] != done[:known]:
        return published[:known] > done[:known]
    return len(published) >= len(done)


def verdict_of(article: Interval | None, comparisons: Iterable[ReferenceFigure]) -> str:
    """The verdict on a claim whose figure is `article`: one of SEVERITY, or NOT_FOUND.

    Each reference gives a verdict of its own (below = wholly below, without a common number):

    - context: none.
    - different: needs_context.
    - same, with the timing
        same: confirmed if there is a common number, else contradicted;
        recent, earlier: if the article is below, in_tension if monotone, else needs_context; otherwise
        consistent.
    - wider (the reference counts a superset): if the article is above, needs_context if earlier, else
      in_tension; otherwise consistent.
    - narrower (the reference counts a subset): if the article is below, needs_context if earlier and not
      monotone, else in_tension; otherwise consistent.

    A reference that may not confirm gives consistent for confirmed, and one of the weakest grade gives
    in_tension for contradicted. The most severe verdict counts. No reference, or none but context, is
    not_found. article: needed only if a comparison is one of COMPARED, in the same unit as its interval."""
    given = {_weighed(article, item) for item in comparisons if item.use.definition != CONTEXT}
    return next((verdict for verdict in SEVERITY if verdict in given), NOT_FOUND)


def _weighed(article: Interval | None, item: ReferenceFigure) -> str:
    verdict = _given_by(article, item)
    return verdict if _may_give(item.use, verdict) else STRONG[verdict]


def _may_give(link: ReferenceUse, verdict: str) -> bool:
    """Whether a source as good as this may give `verdict`; only the strong ones ask for more."""
    if verdict == "confirmed":
        return link.confirms
    return verdict != "contradicted" or link.grade < WEAKEST


def _given_by(article: Interval | None, item: ReferenceFigure) -> str:
    """What one reference, other than context, gives before its source is weighed."""
    if item.use.definition == "different":
        return "needs_context"
    if item.use.definition not in COMPARED:
        expected = f"different or one of {', '.join(COMPARED)}"
        raise ValueError(f"found the definition {item.use.definition!r}, expected {expected}")
    if article is None or item.interval is None:
        raise ValueError(f"found {article} and {item.interval}, expected two figures to compare")
    return _of_two_figures(article, item.interval, item.use)


def _of_two_figures(article: Interval, other: Interval, link: ReferenceUse) -> str:
    below, above = always_below(article, other), always_below(other, article)
    earlier = link.timing == "earlier"
    match link.definition:
        case "wider":
            return _if_excluded(excluded=above, time_explains=earlier)
        case "narrower":
            return _if_excluded(excluded=below, time_explains=earlier and not link.monotone)
    if link.timing == "same":
        return "contradicted" if below or above else "confirmed"
    return _if_excluded(excluded=below, time_explains=not link.monotone)


def _if_excluded(*, excluded: bool, time_explains: bool) -> str:
    if not excluded:
        return "consistent"
    return "needs_context" if time_explains else "in_tension"


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
            confirms=may_confirm(references[id_]),
            party=references[id_]["independence"] == PARTY,
            decides=row["decides"],
        )
        for id_, row in rows.items()
    }
    return {id_: link for id_, link in links.items() if link.grade <= min_grade}


def tests_among(links: Links) -> dict[str, ReferenceUse]:
    """The references that test a cross-check; context only puts it in proportion."""
    return {id_: link for id_, link in links.items() if link.definition != CONTEXT}


def crosscheck_verdict(facts: Facts, crosscheck_id: str, rule: ReadingRule, min_grade: str = WEAKEST) -> str:
    """The verdict of a cross-check under `rule` with the references of `min_grade` or better.

    A row with the basis `judgement` keeps its stored verdict as long as a reference that tests it is left,
    and no higher than these references allow (`highest`).
    """
    return verdict_with(facts, crosscheck_id, rule, links_of(facts, crosscheck_id, min_grade))


def verdict_with(facts: Facts, crosscheck_id: str, rule: ReadingRule, links: Links) -> str:
    """The verdict of a cross-check under `rule` with the references `links`, see `crosscheck_verdict`."""
    row = facts.rows("crosschecks")[crosscheck_id]
    comparisons = _compared(facts, links, rule)
    if row["basis"] == "judgement":
        return highest(row["verdict"], links) if comparisons else NOT_FOUND
    return verdict_of(_article_figure(facts, row["indicator_id"], rule, comparisons), comparisons.values())


def highest(verdict: str, links: Links) -> str:
    """`verdict`, or what is left of it where the references do not carry so much.

    Confirmed asks for one that counts the same at the same time and may confirm; contradicted for one of a
    high grade."""
    tests = tests_among(links).values()
    if verdict == "confirmed":
        carried = any(link.confirms and link.definition == "same" and link.timing == "same" for link in tests)
    else:
        carried = any(_may_give(link, verdict) for link in tests)
    return verdict if carried else STRONG.get(verdict, verdict)


def deciding(facts: Facts, crosscheck_id: str, rule: ReadingRule, links: Links) -> list[str]:
    """The references among `links` that decide the verdict of a cross-check, in the file's order.

    By rule: those that give the verdict on their own. By judgement: those that the row says it rests on."""
    row = facts.rows("crosschecks")[crosscheck_id]
    tests = tests_among(links)
    if row["basis"] == "judgement":
        return [id_ for id_, link in tests.items() if link.decides]
    verdict = verdict_with(facts, crosscheck_id, rule, links)
    comparisons = _compared(facts, links, rule)
    article = _article_figure(facts, row["indicator_id"], rule, comparisons)
    return [id_ for id_, item in comparisons.items() if verdict_of(article, [item]) == verdict]


def deciding_link(facts: Facts, crosscheck_id: str, rule: ReadingRule, links: Links) -> ReferenceUse | None:
    """The best of the references that decide: of the best grade, and no party's own statement if there is
    another; None if none decides.
    """
    found = (links[id_] for id_ in deciding(facts, crosscheck_id, rule, links))
    return min(found, key=lambda link: (link.grade, link.party), default=None)


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
        id_: ReferenceFigure(use=use, interval=facts.read_reference(id_, rule))
        for id_, use in tests_among(links).items()
    }


def _article_figure(
    facts: Facts, indicator_id: str, rule: ReadingRule, comparisons: Mapping[str, ReferenceFigure]
) -> Interval | None:
    """The article's figure, if any comparison needs it."""
    if not any(item.use.definition in COMPARED for item in comparisons.values()):
        return None
    return facts.read(indicator_id, rule)
