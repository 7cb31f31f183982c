"""Tests of findings are read strictly and judged by what is certain; a text never survives what it rests
on.
"""

import math
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis.analysis.finding_texts import fill, finding_problems, placeholders
from gba_analysis.analysis.findings import judge, judge_findings, parse_test, parse_tests
from gba_analysis.errors import DataError, GbaError
from gba_analysis.figures.interval import Interval

POINT = Interval.point
LOOKUP = {
    "five": POINT(5),
    "also_five": POINT(5),
    "a.low": Interval(1, 4),
    "a.high": Interval(6, 9),
    "a.wide": Interval(2, 8),
    "a.open_at_five": Interval(1, 5, high_open=True),
    "a.closed_at_five": Interval(1, 5),
    "a.above_five": Interval(5, math.inf, low_open=True),
    "a.unknown": Interval(-math.inf, math.inf),
    "a.around_zero": Interval(-1, 1),
}


def judged(text):
    return judge(parse_test(text), LOOKUP)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("a.low < a.high", "holds"),
        ("a.high < a.low", "fails"),
        ("a.low < a.wide", "open"),
        # Ends that touch decide by whether the end itself is among the values.
        ("a.open_at_five < five", "holds"),
        ("a.closed_at_five < five", "open"),
        ("a.closed_at_five <= five", "holds"),
        ("a.above_five > five", "holds"),
        ("five < a.open_at_five", "fails"),
        ("five < a.closed_at_five", "fails"),
        ("five <= a.closed_at_five", "open"),
        ("five <= a.open_at_five", "fails"),
        ("a.above_five <= five", "fails"),
        ("a.above_five >= five", "holds"),
        ("a.open_at_five >= five", "fails"),
        ("a.high >= a.low", "holds"),
        ("a.low > a.high", "fails"),
        # Equal are two points; an interval may be equal to what it overlaps.
        ("five == also_five", "holds"),
        ("five == 6", "fails"),
        ("five == a.wide", "open"),
        ("a.wide == a.wide", "open"),
        ("a.low == a.high", "fails"),
        ("five != also_five", "fails"),
        ("a.low != a.high", "holds"),
        ("five != a.wide", "open"),
        # Nothing known, nothing decided.
        ("a.unknown < 5", "open"),
        ("a.unknown == five", "open"),
        # Arithmetic and chains.
        ("a.low + a.high < 14", "holds"),
        ("2 * five - 1 == 9", "holds"),
        ("a.low / a.high * 100 < 70", "holds"),
        ("(five + 1) / 4 == 1.5", "holds"),
        ("0 < a.low < a.high < 10", "holds"),
        ("0 < a.low < a.wide", "open"),
        # `and`: one failure decides, one doubt remains.
        ("a.low < a.high and five == 5", "holds"),
        ("a.low < a.high and a.low < a.wide", "open"),
        ("a.low < a.wide and five == 6", "fails"),
        ("(five == 5 and a.low < 5) and a.high > 5", "holds"),
    ],
)
def test_outcomes_worked_out_by_hand(text, outcome):
    assert judged(text) == outcome


VALUES = st.builds(Fraction, st.integers(-6, 6), st.sampled_from([1, 2]))
INTERVALS = (
    st.tuples(VALUES, VALUES)
    .filter(lambda ends: ends[0] != ends[1])
    .map(lambda ends: Interval(*sorted(ends)))
)
SIGNS = {
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
    "==": Fraction.__eq__,
}


@given(INTERVALS, INTERVALS, st.sampled_from(sorted(SIGNS)))
def test_what_holds_is_true_and_what_fails_is_false_for_every_value(one, other, sign):
    outcome = judge(parse_test(f"x {sign} y"), {"x": one, "y": other})
    found = {SIGNS[sign](x, y) for x in within(one) for y in within(other)}
    assert {"holds": {True}, "fails": {False}, "open": {True, False}}[outcome] == found


def within(interval):
    """Values of a closed interval: its ends, and all multiples of a quarter between."""
    steps = range(math.ceil(interval.low * 4), math.floor(interval.high * 4) + 1)
    return [interval.low, interval.high, *(Fraction(step, 4) for step in steps)]


@given(INTERVALS, INTERVALS, VALUES, st.sampled_from(sorted(SIGNS)))
def test_knowing_more_never_turns_a_decision(one, other, limit, sign):
    test = parse_test(f"x {sign} y")
    before = judge(test, {"x": one, "y": other})
    narrower = Interval(one.low, max(one.low, min(one.high, limit)))
    assert before in ("open", judge(test, {"x": narrower, "y": other}))


def test_names_are_listed_once_in_order():
    test = parse_test(" research.share < b and a + 1.5 < research.share ")
    assert test.names == ("research.share", "b", "a") and test.text.startswith("research")
    assert pickle.loads(pickle.dumps(test)) == test


@pytest.mark.parametrize(
    ("text", "found", "place"),
    [
        ("a", "a", "character 1"),
        ("a < 5 or b < 5", "a < 5 or b < 5", "character 1"),
        ("not a < 5", "not a < 5", "character 1"),
        ("a in b", "a in b", "character 1"),
        ("a is b", "a is b", "character 1"),
        ("abs(a) < 5", "abs(a) < 5", "character 1"),
        ("a ** 2 < 5", "a ** 2 < 5", "character 1"),
        ("-a < 5", "-a < 5", "character 1"),
        ("a < 1e3", "a < 1e3", "character 1"),
        ("a < 1_000", "a < 1_000", "character 1"),
        ("a < 'b'", "a < 'b'", "character 1"),
        ("a[0] < 5", "a[0] < 5", "character 1"),
        ("f(a).b < 5", "f(a).b < 5", "character 1"),
        ("(a < 5) == True", "(a < 5) == True", "character 1"),
        ("a < 5 and b", "b", "character 11"),
        # Never open to change.
        ("1 < 2", "1 < 2", "character 1"),
        ("a < 5 and 3 == 3", "3 == 3", "character 11"),
        ("a if b < 5 else c", "a if b < 5 else c", "character 1"),
        ("(a := 5) < 6", "(a := 5) < 6", "character 1"),
    ],
)
def test_other_constructs_are_refused_with_their_place(text, found, place):
    with pytest.raises(DataError) as caught:
        parse_test(text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.place, problem.found) == (f"test {text!r}", place, found)


@pytest.mark.parametrize(
    "text", ["", " ", "a <", "a < 5 and", "a = 5", "a < 5%", "a ≤ 5", "a < 5\nb < 5", "a < \0"]
)
def test_what_is_no_test_is_refused(text):
    with pytest.raises(DataError, match="expected comparisons"):
        parse_test(text)


def test_all_constructs_are_reported_together():
    with pytest.raises(DataError) as caught:
        parse_test("f(a) < 5 and b < 5 and c")
    assert [problem.found for problem in caught.value.problems] == ["f(a) < 5", "c"]


def test_unknown_keys_are_named_with_the_nearest_one():
    with pytest.raises(DataError) as caught:
        judged("a.hihg < five and fiv == 5")
    first, second = caught.value.problems
    assert first.found == "the unknown key 'a.hihg'" and first.hint == "did you mean 'a.high'?"
    assert second.hint == "did you mean 'five'?"


def test_division_by_what_may_be_zero_is_refused():
    with pytest.raises(GbaError, match="divisor"):
        judged("five / a.around_zero < 2")


TEXTS = {
    "text_en": "The article states {five}; WIPO reports {ref.x} in {ref.x_period}; so it holds.",
    "text_zh": "文中称{five}；世界知识产权组织{ref.x_period}称{ref.x}；因此成立。",
    "open_en": "The article states {five}; nothing settles it.",
    "open_zh": "文中称{five}；尚无定论。",
    "withdrawn_en": "Withdrawn: {five} does not fit.",
    "withdrawn_zh": "此项撤回：{five}不合。",
}
KEYS = ["five", "a.low", "a.high", "a.wide", "ref.x", "ref.x_period", "ref.y"]


def findings(*tests, **changes):
    """Findings by id with these tests, in falling order of position; changes: other cells of the first."""
    rows = {
        f"f{n}": {
            "position": len(tests) - n,
            "theme": "evidence",
            "name_en": f"Name {n}",
            "name_zh": f"名{n}",
            "test": test,
            **TEXTS,
        }
        for n, test in enumerate(tests)
    }
    rows["f0"] |= changes
    return rows


def test_each_outcome_has_its_text():
    judged = judge_findings(findings("a.low < a.high", "a.low < a.wide", "a.high < a.low"), lookup=LOOKUP)
    assert [(finding.id, finding.outcome, finding.text) for finding in judged] == [
        ("f2", "fails", {"en": TEXTS["withdrawn_en"], "zh": TEXTS["withdrawn_zh"]}),
        ("f1", "open", {"en": TEXTS["open_en"], "zh": TEXTS["open_zh"]}),
        ("f0", "holds", {"en": TEXTS["text_en"], "zh": TEXTS["text_zh"]}),
    ], "in order of position"


def test_a_changed_value_changes_the_text():
    later = LOOKUP | {"a.low": Interval(1, 7)}
    last = LOOKUP | {"a.low": Interval(6, 7)}
    judged = [judge_findings(findings("a.low < five"), lookup=lookup) for lookup in (LOOKUP, later, last)]
    assert [finding.outcome for (finding,) in judged] == ["holds", "open", "fails"]


def test_all_broken_findings_are_reported_at_once():
    broken = findings("a.low < a.lwo", "a.low <", "five / a.around_zero < 1")
    with pytest.raises(DataError) as caught:
        judge_findings(broken, lookup=LOOKUP)
    message = str(caught.value)
    assert all(f"data/findings.csv, finding f{n}, column test" in message for n in range(3))
    assert "did you mean 'a.low'?" in message and "divisor" in message
    with pytest.raises(DataError, match="finding f1"):
        parse_tests(broken)


def test_tests_by_id_in_order_of_position():
    assert list(parse_tests(findings("five < 6", "five < 7"))) == ["f1", "f0"]


def test_placeholders_are_filled_and_the_words_between_them_kept():
    template = "{five} of {a.low}: {{literal}} {five}."
    assert placeholders(template) == ("five", "a.low")
    texts = {"five": "5", "a.low": "1–4"}
    assert fill(template, texts.__getitem__) == "5 of 1–4: {literal} 5."
    assert fill("*{five}*", texts.__getitem__, lambda words: words.replace("*", "\\*")) == "\\*5\\*"
    assert fill("no key", texts.__getitem__) == "no key"


@pytest.mark.parametrize(
    "template", ["{", "a } b", "{}", "{a b}", "{a[0]}", "{five!r}", "{five:.2f}", "{a.}", "{0}", "{a{b}}"]
)
def test_other_templates_are_refused(template):
    with pytest.raises(DataError, match="expected keys in braces"):
        placeholders(template)


def test_a_good_table_has_no_problems():
    assert finding_problems(findings("five < ref.x", "ref.x > 1 and a.low < 5"), KEYS) == []


@pytest.mark.parametrize(
    ("changes", "column", "found"),
    [
        (
            {"test": "five < ref.x or five > 1"},
            "test",
            "five < ref.x or five > 1 in 'five < ref.x or five > 1'",
        ),
        ({"test": "fivve < ref.x"}, "test", "the unknown key 'fivve'"),
        ({"open_en": ""}, "open_en", "an empty cell"),
        ({"withdrawn_zh": "此项撤回：{five}不合，差3家。"}, "withdrawn_zh", "the digits 3"),
        ({"open_en": "It states {fve}.", "open_zh": "文中称{fve}。"}, "open_en", "the unknown key 'fve'"),
        ({"open_zh": "文中称{"}, "open_zh", "a brace without its partner"),
        ({"open_zh": "文中称{five}、{a.low}。"}, "open_en", "no {a.low}, which the other language says"),
        ({"open_zh": "文中称{five}、{five}。"}, "open_en", "no {five}, which the other language says"),
        ({"withdrawn_en": "Withdrawn."}, "withdrawn_en", "no {five}, which the other language says"),
        # A text that holds must not outlive its source; the others must not lean on one.
        ({"test": "five < 6"}, "text_en", "the reference 'ref.x'"),
        ({"open_en": "{ref.x} {five}", "open_zh": "{ref.x}{five}"}, "open_en", "the reference 'ref.x'"),
        ({"text_en": "{ref.y} {five}", "text_zh": "{ref.y}{five}"}, "text_en", "the reference 'ref.y'"),
        ({"position": 3}, "column position", "3"),
    ],
)
def test_every_broken_rule_is_found(changes, column, found):
    problems = finding_problems(findings("five < ref.x", **changes), KEYS)
    places = [(problem.place, problem.found) for problem in problems]
    assert any(place.endswith(column) and found in text for place, text in places), places


def test_more_findings_than_a_reader_takes_in_are_refused():
    problems = finding_problems(findings(*["ref.x > 1"] * 7), KEYS)
    assert [problem.found for problem in problems] == ["7 findings"]


def test_a_place_given_twice_is_found():
    problems = finding_problems(findings("ref.x > 1", "ref.x > 1", position=1), KEYS)
    assert [(problem.place, problem.expected) for problem in problems] == [
        ("column position", "each number from 1 to 2 once")
    ]
