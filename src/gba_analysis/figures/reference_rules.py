"""Rules of the tables about other sources: references, the choice between them, and the verdicts.

The rules themselves are in `verdict_rule` and `grade_rule`, those of codings and searches in `search_rules`;
types, closed lists and keys in datapackage.json. A row whose keys are unknown is left to the schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from gba_analysis.asked import UnknownIdError
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures import verdict_rule
from gba_analysis.figures.address_rule import address_problems
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.grade_rule import grade_problems
from gba_analysis.figures.interval import Interval, always_below
from gba_analysis.figures.reading import QUALIFIERS, ReadingRule
from gba_analysis.figures.tables import PAGE, Facts
from gba_analysis.languages import LANGS

Row = Mapping[str, Any]
# The readable references by id: their intervals, None for a statement without a number.
Readings = Mapping[str, Interval | None]
# The article speaks of 2025 as its present, so a figure of that year or later is of its own time.
RECENT_FROM = "2025"
# An indicator with none of these is undated.
DATED = ("time_from", "time_to", "time_en")
WITH_A_NUMBER = ("decimals", "unit", "qualifier")
# What a page has once, whichever figure is taken from it.
OF_A_PAGE = (
    "outlet_zh",
    "outlet_kind",
    "cites_en",
    "cites_zh",
    "carrier_zh",
    "carrier_kind",
    "title_ours_zh",
    "date_inferred",
    "accessed_on",
    "address",
    "archived_address",
    "machine_summary",
    "grade",
)


def reference_problems(facts: Facts, rule: ReadingRule) -> list[Problem]:
    """Everything in the tables about other sources that breaks a rule. rule: the reading that verdicts stand
    for.
    """
    problems: list[Problem] = []
    readings: dict[str, Interval | None] = {}
    for number, row in rows(facts.references):
        problems += _number_problems(number, row)
        problems += grade_problems(number, row)
        problems += address_problems(number, row)
        problems += _choice_problems(number, row)
        if _can_be_read(row, facts):
            try:
                readings[row["id"]] = facts.read_reference(row["id"], rule)
            except UnknownIdError:
                # A column is missing, which is no matter of this row.
                raise
            except DataError as error:
                problems += (
                    cell_problem("references", number, "value", p.found, p.expected) for p in error.problems
                )
    problems += _page_problems(facts)
    problems += _contradictions(facts, readings)
    problems += _coverage_problems(facts)
    for number, row in rows(facts.crosscheck_references):
        problems += _timing_problems(number, row, facts)
        problems += _deciding_problems(number, row, facts)
    for number, row in rows(facts.crosschecks):
        problems += _indicator_problems(number, row, facts)
        problems += _verdict_problems(number, row, facts, rule, readings)
    return problems


def _can_be_read(row: Row, facts: Facts) -> bool:
    """Whether the cells around the value are there and known; if not, that is reported for itself."""
    complete = (
        row["decimals"] is not None and row["unit"] in facts.units.index and row["qualifier"] in QUALIFIERS
    )
    return row["value"] is None or complete


def _number_problems(number: int, row: Row) -> Iterator[Problem]:
    has_value = row["value"] is not None
    for column in WITH_A_NUMBER:
        if has_value == (row[column] in ("", None)):
            found = "an empty cell" if has_value else f"'{row[column]}'"
            expected = "a cell, as there is a value" if has_value else "an empty cell, as there is no value"
            yield cell_problem("references", number, column, found, expected)


def _page_problems(facts: Facts) -> Iterator[Problem]:
    """References from one page have what is the page's own: the list of sources shows each page once."""
    first: dict[tuple[str, ...], Row] = {}
    for number, row in rows(facts.references):
        page = first.setdefault(tuple(row[column] for column in PAGE), row)
        for column in OF_A_PAGE:
            if row[column] != page[column]:
                expected = f"{_cell(page[column])}, as '{page['id']}' of the same page has"
                yield cell_problem("references", number, column, _cell(row[column]), expected)


def _cell(value: Any) -> str:
    """A cell as the file has it, for a message."""
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    return f"'{value}'" if value else "an empty cell"


def _choice_problems(number: int, row: Row) -> Iterator[Problem]:
    for column in (f"choice_{lang}" for lang in LANGS):
        if (row["chosen"] is None) == bool(row[column]):
            found = "a reason" if row[column] else "an empty cell"
            expected = "a reason with a choice (the column chosen), neither without the other"
            yield cell_problem("references", number, column, found, expected)


def _contradictions(facts: Facts, readings: Readings) -> Iterator[Problem]:
    """References of one series, entity and period that have no common number, without exactly one chosen."""
    groups: dict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    for number, row in rows(facts.references):
        if readings.get(row["id"]):
            groups[row["series"], row["entity_id"], row["period"]].append((number, row))
    for members in groups.values():
        pairs = [pair for pair in combinations(members, 2) if _exclude_each_other(pair, readings)]
        choices = {number: row["chosen"] for pair in pairs for number, row in pair}
        if pairs and sorted(map(str, choices.values())) != ["False"] * (len(choices) - 1) + ["True"]:
            yield _contradiction(pairs[-1], readings)


def _exclude_each_other(pair: Sequence[tuple[int, Row]], readings: Readings) -> bool:
    one, other = (readings[row["id"]] for _, row in pair)
    if one is None or other is None:
        return False
    return always_below(one, other) or always_below(other, one)


def _contradiction(pair: Sequence[tuple[int, Row]], readings: Readings) -> Problem:
    (_, one), (number, other) = pair
    found = " and ".join(f"'{row['id']}' with {readings[row['id']]}" for row in (one, other))
    expected = "one of them chosen (true) and no other (false), with the reasons: they have no common number"
    return cell_problem("references", number, "chosen", found, expected)


def _coverage_problems(facts: Facts) -> Iterator[Problem]:
    checked = {row["claim_id"] for row in facts.rows("crosschecks").values()}
    for number, row in rows(facts.claims):
        if (row["id"] in checked) == (row["kind"] == "promotional"):
            found = f"{row['kind']}, {'with' if row['id'] in checked else 'without'} a cross-check"
            expected = "a cross-check for each hard or soft claim, none for a promotional one"
            yield cell_problem("claims", number, "kind", found, expected)


def _timing_problems(number: int, row: Row, facts: Facts) -> Iterator[Problem]:
    reference = facts.rows("references").get(row["reference_id"])
    if reference is None:
        return
    period = reference["period"]
    follows = "recent" if period >= RECENT_FROM else "earlier"
    if row["timing"] not in ("same", follows):
        found = f"'{row['timing']}' for the period {period}"
        expected = f"'{follows}', as recent is from {RECENT_FROM} on, or 'same' for a fixed date"
        yield cell_problem("crosscheck_references", number, "timing", found, expected)
    undated = _undated_figure(row["crosscheck_id"], facts)
    if row["timing"] == "same" and undated:
        found = f"'same' for '{undated}', which the article does not date"
        expected = f"'{follows}': only a figure that is dated can be of the same time"
        yield cell_problem("crosscheck_references", number, "timing", found, expected)


def _undated_figure(crosscheck_id: str, facts: Facts) -> str:
    """The figure of a cross-check if the article gives it no date; empty if it does, or if there is none."""
    crosscheck = facts.rows("crosschecks").get(crosscheck_id)
    indicator = facts.rows("indicators").get(crosscheck["indicator_id"]) if crosscheck else None
    if crosscheck is None or indicator is None or any(indicator[column] for column in DATED):
        return ""
    return str(crosscheck["indicator_id"])


def _deciding_problems(number: int, row: Row, facts: Facts) -> Iterator[Problem]:
    """A judgement says of each reference whether the verdict rests on it; a rule has no need to."""
    crosscheck = facts.rows("crosschecks").get(row["crosscheck_id"])
    judged = crosscheck is not None and crosscheck["basis"] == "judgement"
    if (row["decides"] is not None) != judged:
        expected = (
            "true or false, as the basis is judgement" if judged else "an empty cell, as the basis is rule"
        )
        yield cell_problem("crosscheck_references", number, "decides", _cell(row["decides"]), expected)
    elif row["decides"] and row["definition"] == verdict_rule.CONTEXT:
        yield cell_problem(
            "crosscheck_references", number, "decides", "'true' for a context", "'false': it tests nothing"
        )


def _indicator_problems(number: int, row: Row, facts: Facts) -> Iterator[Problem]:
    indicator, claim = row["indicator_id"], row["claim_id"]
    known = indicator in facts.indicators.index and claim in facts.claims.index
    if known and (claim, indicator) not in facts.claim_indicators.index:
        found, expected = (
            f"'{indicator}' for the claim '{claim}'",
            "a figure that claim_indicators.csv gives it",
        )
        yield cell_problem("crosschecks", number, "indicator_id", found, expected)


def _verdict_problems(
    number: int, row: Row, facts: Facts, rule: ReadingRule, readings: Readings
) -> Iterator[Problem]:
    """The stored verdict must be the one that follows from the references; a judgement needs one that tests
    the claim.
    """
    links = {
        reference: link["definition"]
        for (crosscheck, reference), link in facts.rows("crosscheck_references").items()
        if crosscheck == row["id"]
    }
    if not links.keys() <= readings.keys() or not set(links.values()) <= set(verdict_rule.DEFINITIONS):
        return
    is_rule = row["basis"] == "rule"
    compared = [id_ for id_, definition in links.items() if is_rule and definition in verdict_rule.COMPARED]
    problems = list(_comparison_problems(number, row, facts, compared))
    yield from problems
    if not problems and (not compared or _is_readable(row["indicator_id"], facts, rule)):
        yield from _unlike_the_rule(number, row, facts, rule)


def _is_readable(indicator: str, facts: Facts, rule: ReadingRule) -> bool:
    """Whether an indicator has a number; if it has lost it, that is reported in its own table."""
    try:
        return facts.read(indicator, rule) is not None
    except DataError:
        return False


def _comparison_problems(number: int, row: Row, facts: Facts, references: Iterable[str]) -> Iterator[Problem]:
    """Two numbers can be compared if there are two, in one unit."""
    indicator = row["indicator_id"]
    figure = facts.rows("indicators").get(indicator)
    # An id that no figure has is reported as such.
    if indicator and figure is None:
        return
    units = figure["unit"] if figure else ""
    for reference in references:
        unit = facts.rows("references")[reference]["unit"]
        if not unit or unit != units:
            found = f"'{indicator}' in '{units}' against '{reference}' in '{unit}'"
            yield cell_problem(
                "crosschecks", number, "indicator_id", found, "two figures in one unit, as the basis is rule"
            )


def _unlike_the_rule(number: int, row: Row, facts: Facts, rule: ReadingRule) -> Iterator[Problem]:
    # A word outside the list is reported by the schema.
    if row["verdict"] not in verdict_rule.VERDICTS:
        return
    if row["basis"] == "judgement":
        yield from _above_the_ceiling(number, row, facts)
        return
    given = verdict_rule.crosscheck_verdict(facts, row["id"], rule)
    if row["verdict"] != given:
        parts = verdict_rule.verdicts_by_reference(facts, row["id"], rule)
        reasons = ", ".join(f"{verdict} from {reference}" for reference, verdict in parts.items())
        expected = f"'{given}', as the rule gives {reasons or 'it without a reference'}"
        yield cell_problem("crosschecks", number, "verdict", f"'{row['verdict']}'", expected)


def _above_the_ceiling(number: int, row: Row, facts: Facts) -> Iterator[Problem]:
    """A judgement needs a reference that tests the claim, and may say no more than its references carry."""
    links = verdict_rule.links_of(facts, row["id"])
    found = f"'{row['verdict']}' as a judgement"
    if row["verdict"] == verdict_rule.NOT_FOUND:
        yield cell_problem("crosschecks", number, "verdict", found, "the basis rule")
    elif not verdict_rule.tests_among(links):
        expected = f"'{verdict_rule.NOT_FOUND}', as the rule gives it without a reference"
        yield cell_problem("crosschecks", number, "verdict", f"'{row['verdict']}'", expected)
    elif (ceiling := verdict_rule.highest(row["verdict"], links)) != row["verdict"]:
        tests = verdict_rule.tests_among(links).items()
        sources = ", ".join(f"{reference} ({_source_in_words(link)})" for reference, link in tests)
        expected = f"at most '{ceiling}', from {sources}"
        yield cell_problem("crosschecks", number, "verdict", found, expected)


def _source_in_words(link: verdict_rule.ReferenceUse) -> str:
    """What a reference lacks or has to confirm: `grade B, same, same, may not confirm`."""
    confirms = "may confirm" if link.confirms else "may not confirm"
    return f"grade {link.grade}, {link.definition}, {link.timing}, {confirms}"
