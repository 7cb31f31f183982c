"""What a page shows is the ledger's text, whatever characters it holds; the trace is in the span's title."""

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_samples import entry

from gba_analysis.ledger import Entry
from gba_analysis.pages.variables import RUN_KEYS, RunInfo, variables
from gba_analysis.render.pandoc import run_pandoc

PRINTED = {"jointlabs_hkm_staff": "近400人", "jointlabs_staff": "超2000名"}
NASTY = [
    "> 2,000",
    "12.0–19.9 %",
    "a_b_c *d* **e** `f` ~g~ ^h^ $i$",
    "[x](y) [@fig-z] @fig-z ![w](v) <b>&amp;</b> {{< var x >}} {.num}",
    'it\'s "quoted" -- and --- so ... on',
    "https://example.org/a_b :smile: | cell \\ backslash # 1. - +",
    string.punctuation,
    "3.1亿–3.2亿",
]
RUN = RunInfo(
    scenario="reading-strict",
    parameters={
        "reading": "strict",
        "platforms": ["hengqin", "hetao"],
        "include_names": False,
        "usd_cny": 7.1,
    },
    engine="embedded (Pandoc 3.9, Typst 0.15.1)",
    versions={"Python": "3.11.7", "papermill": "2.7.0"},
    command="gba build -p platforms '[hengqin, hetao]' --scenario a_b",
    date="2026-11-23",
    article_sha="34f4" * 16,
)


def ledger(**changes):
    key = changes.pop("key", "research.share")
    value = Entry(**{**entry(key, **changes), "notebook": "03_research"})
    return {value.key: value}


def spans(*values):
    """Each Markdown value as Pandoc reads it: the inlines of its paragraph."""
    document = json.loads(
        run_pandoc(["--from=markdown", "--to=json", "--wrap=none"], "\n\n".join(values), folder=PLACE)
    )
    return [block["c"] for block in document["blocks"]]


def text_of(inlines):
    return "".join(item["c"] if item["t"] == "Str" else " " for item in inlines)


@pytest.fixture(autouse=True, scope="module")
def place(tmp_path_factory):
    global PLACE
    PLACE = tmp_path_factory.mktemp("pandoc")


def check_shown(texts):
    values = [
        variables(ledger(text={"en": text, "zh": text}), "en", run=RUN, printed=PRINTED)["research"]["share"]
        for text in texts
    ]
    for text, inlines in zip(texts, spans(*values), strict=True):
        assert [item["t"] for item in inlines] == ["Span"]
        (_, classes, attributes), content = inlines[0]["c"]
        assert classes == ["num"] and dict(map(tuple, attributes))["data-key"] == "research.share"
        assert text_of(content) == text


def test_a_value_is_shown_as_it_is():
    check_shown(NASTY)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.text(string.ascii_letters + string.digits + string.punctuation + "–%亿超\u00a0", min_size=1),
        min_size=1,
        max_size=30,
    )
)
def test_any_value_is_shown_as_it_is(texts):
    check_shown(texts)


@pytest.mark.parametrize("condition", NASTY)
def test_a_title_is_read_as_it_is(condition):
    tree = variables(ledger(condition={"en": condition, "zh": condition}), "en", run=RUN, printed=PRINTED)
    (span,) = spans(tree["research"]["share"])[0]
    trace = dict(map(tuple, span["c"][0][2]))["data-trace"]
    assert f" | Condition: {condition} | Notebook: " in trace


def test_the_title_says_in_the_pages_language_what_a_value_rests_on():
    values = {
        lang: variables(
            ledger(condition={"en": "If so.", "zh": "前提如此。"}), lang, run=RUN, printed=PRINTED
        )
        for lang in ("en", "zh")
    }
    formula = "jointlabs_hkm_staff / jointlabs_staff * 100"
    assert values["en"]["research"]["share"] == (
        '[12.0–19.9 %]{.num data-key="research.share" '
        f'data-trace="Interval: 11.976–19 | Printed: 近400人, 超2000名 | Formula: {formula} | '
        'Condition: If so. | Notebook: 03_research"}'
    )
    expected = (
        f"区间：11.976–19 | 原文：近400人、超2000名 | 算式：{formula} | "
        "条件：前提如此。 | 笔记本：03_research"
    )
    assert f'data-trace="{expected}"' in values["zh"]["research"]["share"]


def test_the_title_counts_many_figures_and_leaves_out_what_is_empty():
    many = [f"id{number}" for number in range(79)]
    tree = variables(
        ledger(inputs=many, expression="", condition={"en": "", "zh": ""}), "en", run=RUN, printed={}
    )
    assert "| 79 figures of the article | Notebook" in tree["research"]["share"]


@pytest.mark.parametrize(("lang", "mark"), [("en", "▲ in tension"), ("zh", "▲ 有出入")])
def test_a_verdict_has_a_mark_and_a_class_of_its_own(lang, mark):
    words = {"en": "in tension", "zh": "有出入"}
    plain = {"key": "verdict.share", "text": words, "inputs": [], "expression": "", "unit": ""}
    entry = ledger(**plain, word="verdict.in_tension")
    assert (
        variables(entry, lang, run=RUN, printed=PRINTED)["verdict"]["share"]
        == f"[{mark}]{{.verdict .in-tension}}"
    )
    # It is known by its key: a text that reads like a verdict is none.
    assert variables(ledger(**plain), lang, run=RUN, printed=PRINTED)["verdict"]["share"] == words[lang]


def test_an_open_end_is_said():
    tree = variables(ledger(high=None), "en", run=RUN, printed=PRINTED)
    assert "Interval: 11.976–∞ |" in tree["research"]["share"]


def test_keys_are_nested_at_their_dots_and_the_run_is_described():
    tree = variables(ledger(), "en", run=RUN, printed=PRINTED)
    assert set(tree) == {"research", "run"}
    assert {f"run.{name}" for name in tree["run"]} == set(RUN_KEYS)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "reading: strict; platforms: [hengqin, hetao]; include_names: false; usd_cny: 7.1"),
        ("zh", "reading：strict；platforms：[hengqin, hetao]；include_names：false；usd_cny：7.1"),
    ],
)
def test_the_runs_texts_are_read_as_they_are(lang, expected):
    run = variables({}, lang, run=RUN, printed={})["run"]
    shown = dict(zip(run, map(text_of, spans(*run.values())), strict=True))
    assert shown["parameters"] == expected
    assert shown["command"] == RUN.command
    assert shown["date"] == "2026-11-23"
    assert shown["versions"] in ("Python 3.11.7, papermill 2.7.0", "Python 3.11.7、papermill 2.7.0")
