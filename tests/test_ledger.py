"""The ledger holds each published value once, and the same in both languages."""

import json
from dataclasses import fields

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pipeline_samples import entry

from gba_analysis.ledger import FORM, VALUES, Entry, LedgerError, collect, dumps, require_same


def publishing(*entries):
    """An executed notebook that publishes `entries` in one cell."""
    output = new_output("display_data", {VALUES: {"values": list(entries)}, "text/plain": "x"})
    return new_notebook(cells=[new_code_cell("publish()", outputs=[output])])


def refused(notebooks):
    with pytest.raises(LedgerError) as caught:
        collect(notebooks)
    return [str(problem) for problem in caught.value.problems]


def test_values_of_all_notebooks_are_collected_in_the_order_of_their_keys():
    ledger = collect({"02_b": publishing(entry("b.two"), entry("b.one")), "01_a": publishing(entry("c.x"))})
    assert {key: value.notebook for key, value in ledger.items()} == {
        "b.one": "02_b",
        "b.two": "02_b",
        "c.x": "01_a",
    }
    assert list(ledger) == sorted(ledger)
    assert ledger["b.one"].text["zh"] == "12.0%–19.9%"


def test_outputs_of_other_kinds_are_no_values():
    cell = new_code_cell(
        "x", outputs=[new_output("stream", text="33"), new_output("display_data", {"text/plain": "33"})]
    )
    assert collect({"a": new_notebook(cells=[cell])}) == {}


def test_a_key_that_stands_twice_is_refused_with_both_notebooks():
    found = refused({"01_a": publishing(entry("x.n"), entry("x.n")), "02_b": publishing(entry("x.n"))})
    assert len(found) == 2
    assert (
        found[1]
        == "02_b.ipynb, key x.n: found a value that 01_a.ipynb publishes already, expected every key once"
    )


@pytest.mark.parametrize("key", ["run.scenario", "run"])
def test_keys_that_describe_the_run_are_not_for_notebooks(key):
    assert "a key below 'run'" in refused({"a": publishing(entry(key))})[0]


def test_a_key_cannot_be_a_value_and_a_branch():
    assert refused({"a": publishing(entry("x.share"), entry("x.share.low"))}) == [
        "a.ipynb, key x.share: found the beginning of another key, expected a key with nothing below it"
    ]


@pytest.mark.parametrize(
    ("english", "chinese", "found"),
    [
        ("310 million", "3.1万", "en does not say 31000; zh does not say 310000000"),
        ("2,001 staff", "人员201人", "en does not say 201; zh does not say 2001"),
        ("in 2025", "2024年", "en does not say 2024; zh does not say 2025"),
        ("Rank 2 of 10.", "居前列。", "zh does not say 10, 2"),
    ],
)
def test_texts_that_say_other_numbers_are_refused(english, chinese, found):
    texts = {"en": english, "zh": chinese}
    good, other = entry("x.good"), entry("x.text", text=texts)
    assert refused({"a": publishing(good, other, entry("x.when", condition=texts))}) == [
        f"a.ipynb, key {key}: found {found}; en: {english}; zh: {chinese}, "
        "expected the same numbers in each language"
        for key in ("x.text", "x.when")
    ]


def test_languages_that_disagree_are_refused_with_what_differs():
    one = collect({"a": publishing(entry("x.same"), entry("x.n", low="1/3"), entry("x.en"))})
    other = collect({"a": publishing(entry("x.same"), entry("x.n", low="1/2"))})
    with pytest.raises(LedgerError) as caught:
        require_same(one, other)
    assert [str(problem) for problem in caught.value.problems] == [
        "a.ipynb, key x.en: found a value in one language's run only, "
        "expected the same value in both languages' runs",
        "a.ipynb, key x.n: found low '1/3' and '1/2', expected the same value in both languages' runs",
    ]
    require_same(one, one)


def test_the_file_does_not_depend_on_the_order_of_publishing():
    first = collect({"a": publishing(entry("x.b"), entry("x.a"))})
    second = collect({"a": publishing(entry("x.a"), entry("x.b"))})
    assert dumps(first) == dumps(second)
    values = json.loads(dumps(first))["values"]
    assert [value["key"] for value in values] == ["x.a", "x.b"]
    assert values[0]["low"] == "2000/167" and values[0]["inputs"] == [
        "jointlabs_hkm_staff",
        "jointlabs_staff",
    ]


def without(field):
    return {name: value for name, value in entry("x.n").items() if name != field}


# By name: what is published in place of an entry, and how the problem begins.
NO_ENTRIES = {
    "a number": (3, "a.ipynb, code cell 1: found 3, expected an entry: key, text,"),
    "nothing": (None, "a.ipynb, code cell 1: found None, expected an entry"),
    "no inputs": (without("inputs"), "a.ipynb, key x.n: found no inputs, expected a list of ids"),
    "no key": (without("key"), "a.ipynb, code cell 1: found no key, expected a text that is not empty"),
    "an empty key": (entry(""), "a.ipynb, code cell 1: found key '', expected"),
    "a field too many": (
        entry("x.n", colour="red"),
        "a.ipynb, key x.n: found the field 'colour', expected only",
    ),
    "one input as text": (
        entry("x.n", inputs="jointlabs"),
        "a.ipynb, key x.n: found inputs 'jointlabs', expected",
    ),
    "a number as an end": (
        entry("x.n", low=0.5),
        "a.ipynb, key x.n: found low 0.5, expected a fraction as text",
    ),
    "no number as an end": (
        entry("x.n", high="1/0"),
        "a.ipynb, key x.n: found high '1/0', expected a fraction",
    ),
    "a word for no": (
        entry("x.n", low_open="no"),
        "a.ipynb, key x.n: found low_open 'no', expected true or false",
    ),
    "a text in one language": (
        entry("x.n", text={"en": "7"}),
        "a.ipynb, key x.n: found text {'en': '7'}, expected a text",
    ),
    "an empty text": (entry("x.n", text={"en": "x", "zh": ""}), "a.ipynb, key x.n: found text"),
    "half a condition": (entry("x.n", condition={"en": "", "zh": "x"}), "a.ipynb, key x.n: found condition"),
}


@pytest.mark.parametrize("case", NO_ENTRIES.values(), ids=NO_ENTRIES)
def test_what_is_no_entry_is_told_with_its_place(case):
    value, begin = case
    (found,) = refused({"a": publishing(value)})
    assert found.startswith(begin)


@pytest.mark.parametrize("content", [[1], {"values": {}}, {}, "x"])
def test_an_output_without_a_list_of_entries_is_one_problem(content):
    cell = new_code_cell("publish()", outputs=[new_output("display_data", {VALUES: content})])
    (found,) = refused({"a": new_notebook(cells=[new_code_cell("x"), cell])})
    assert found.startswith("a.ipynb, code cell 2: found") and "the list `values`" in found


def test_everything_that_is_no_entry_is_told_at_once():
    found = refused({"a": publishing(3, without("inputs")), "b": publishing(without("unit"), entry("run.x"))})
    assert len(found) == 4


def test_one_fault_of_all_entries_is_one_line():
    values = [{**entry(key), "low": 1.5} for key in ("x.a", "x.b", "x.c")]
    (found,) = refused({"a": publishing(*values)})
    assert found.startswith("a.ipynb, key x.a and 2 more: found low 1.5, expected")


def test_the_form_of_an_entry_has_all_its_fields():
    assert {*FORM, "notebook"} == {field.name for field in fields(Entry)}
