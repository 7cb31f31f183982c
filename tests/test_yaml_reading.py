"""YAML is read as its standard says, and what cannot be read is refused with its place."""

import pytest
import yaml

from gba_analysis.yaml_reading import fault, load_yaml


def refusal(text):
    with pytest.raises(yaml.YAMLError) as caught:
        load_yaml(text)
    return caught.value.problem, caught.value.problem_mark


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", 2, 0),
        ("x:\n  a: 1\n  a: 1\n", 2, 2),
        ("- {b: 1}\n- {a: 1, a: 2}\n", 1, 9),
        ("{'a': 1, \"a\": 2}", 0, 9),
    ],
)
def test_a_key_that_stands_twice_is_refused_where_it_stands_again(text, line, column):
    found, mark = refusal(text)
    assert found == "the key a a second time"
    assert (mark.line, mark.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("a: {x: 1}\nb: {x: 1}\n", {"a": {"x": 1}, "b": {"x": 1}}),
        ("1: a\n'1': b\n", {1: "a", "1": "b"}),
        (b"a: \xe6\xb8\xaf\n", {"a": "港"}),
        ("", None),
        # A mapping that brings in another one and is brought in itself.
        (
            "one: &one {x: 1, y: 1}\ntwo: &two {<<: *one, x: 2}\nthree: {<<: *two, y: 3}\n",
            {"one": {"x": 1, "y": 1}, "two": {"x": 2, "y": 1}, "three": {"x": 2, "y": 3}},
        ),
    ],
)
def test_keys_that_stand_once_are_read(text, content):
    assert load_yaml(text) == content


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2024-13-45", "timestamp"),
        ("2024-01-01T99:00:00", "timestamp"),
        ("!!timestamp x", "timestamp"),
        ("!!int x", "int"),
        ("!!bool x", "bool"),
    ],
)
def test_a_value_that_is_not_what_it_looks_like_is_refused_where_it_stands(value, kind):
    found, mark = refusal(f"a: 1\nb: {value}\n")
    assert found == f"{value.split()[-1]}, which is no {kind}"
    assert (mark.line, mark.column) == (1, 3)


@pytest.mark.parametrize(
    "text", ["[" * 101 + "]" * 101, "[" * 200_000, "{a: " * 200_000, "- " * 200_000, "? " * 200_000]
)
def test_endless_nesting_is_refused(text):
    found, mark = refusal(text)
    assert found == "more than 100 levels"
    assert mark.line == 0 and mark.column >= 100


def test_as_many_levels_as_anyone_needs_are_read():
    assert load_yaml("[" * 100 + "]" * 100)
    assert load_yaml("a: [[], [], {}]\n" + "\n".join(f"b{n}: [[{n}]]" for n in range(200)))


@pytest.mark.parametrize("text", ["!!python/object/apply:os.getcwd []", "a: [", "a: *b", b"\xff\xfe\xff"])
def test_what_is_no_plain_yaml_is_refused(text):
    with pytest.raises(yaml.YAMLError):
        load_yaml(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\na: 2\n", ("line 2, column 1", "the key a a second time")),
        ("a: 1\nb: 2024-13-45\n", ("line 2, column 4", "2024-13-45, which is no timestamp")),
        ("a: *b", ("line 1, column 4", "malformed YAML (found undefined alias)")),
    ],
)
def test_a_fault_is_told_with_its_place_and_without_the_parsers_name_for_the_text(text, told):
    with pytest.raises(yaml.YAMLError) as caught:
        load_yaml(text)
    place, found = fault(caught.value)
    assert (place, found[: len(told[1])]) == (told[0], told[1][: len(found)])
