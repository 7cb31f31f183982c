"""The texts of a staged folder: YAML is the same whichever dumper of PyYAML writes it, one line for each
value.
"""

import random
from types import SimpleNamespace

import pytest
import yaml

from gba_analysis.errors import SourceError
from gba_analysis.pages import stage

# Every sign of YAML, line ends, characters without a form of their own, and those that the two dumpers write
# differently.
SIGNS = "ab1 :-#'\"\\\n\r\t,[]{}&*!|>%@`?=~.\x00\x07\x7f\x85\xa0\xad\u200b\u2028\ufeff中。“😀\U00020000"
TEXTS = (
    *SIGNS,
    "",
    "null",
    "2025-01-01",
    "0x1f",
    "x: " + "word " * 99,
    "长" * 200,
    r"a\N",
    r"a\U",
    "|\n a\n",
)


def by_python(content):
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=True, width=float("inf"))


@pytest.mark.parametrize("dumper", [stage.DUMPER, yaml.SafeDumper])
@pytest.mark.parametrize("text", TEXTS)
def test_both_dumpers_write_the_same(monkeypatch, dumper, text):
    monkeypatch.setattr(stage, "DUMPER", dumper)
    content = {"b": {"k": text, "a": f"x{text}y"}, "a": [text]}
    assert stage.yaml_text(content) == by_python(content)


def test_both_dumpers_write_the_same_for_any_text():
    choose = random.Random(7)
    for _ in range(3000):
        content = {"k": "".join(choose.choices(SIGNS, k=choose.randint(0, 9)))}
        assert stage.yaml_text(content) == by_python(content)


def test_a_character_that_no_font_holds_is_named_by_its_code_point():
    ledger = {"x.y": SimpleNamespace(notebook="01_x", text={"en": "well 😀", "zh": "好"})}
    stage.require_glyphs(ledger, lang="zh", notebooks={})
    with pytest.raises(SourceError) as caught:
        stage.require_glyphs(ledger, lang="en", notebooks={})
    (problem,) = caught.value.problems
    assert (problem.place, problem.found) == ("key x.y", "the characters U+1F600 GRINNING FACE")


def test_a_value_is_one_line():
    assert stage.yaml_text({"b": "word " * 99 + ".", "a": {"c": "文字" * 99}}).count("\n") == 3
