"""Both languages tell the same: same sections, same floats and same ledger keys in each, and the same numbers
on the page.

Compared are the texts that the ledger gives the prose, and the words of the rendered pages, section by
section: headings, paragraphs, lists, captions and source lines. Years, months and units are normalised:
3.1亿 is 310 million, 2024年2月 is February 2024. Left out: tables and charts, which the notebooks print from
the same data; and numbers typed as literals, which are parts of names (21st Century, 21世纪)."""

import json
import re
from collections import Counter
from fractions import Fraction
from html.parser import HTMLParser

import pytest

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
SCALES |= {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(万亿|亿|万|trillion|billion|million|thousand)?")
SKIPPED = ("findings.", "note.", "run.", "verdict.")


def numbers(text):
    """The numbers of a text as exact values, whatever its language writes them like."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.translate({0xFF10 + n: 0x30 + n for n in range(10)}))
    for place, month in enumerate(MONTHS, start=1):
        text = re.sub(rf"\b{month}\b", f" {place} ", text)
    text = text.lower()
    # English writes the unit of a range once: 310–320 million.
    text = re.sub(r"(\d)\s*–\s*(\d+(?:\.\d+)?)\s*(trillion|billion|million|thousand)", r"\1 \3 – \2 \3", text)
    return Counter(Fraction(value) * SCALES.get(unit, 1) for value, unit in NUMBER.findall(text))


def sections(repository, lang):
    """(section id, ids of floats, keys) in order."""
    source = (repository.report / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
    parts = re.split(r"^#+ .*\{#(sec-[\w-]+).*\}$", source, flags=re.MULTILINE)
    return [
        (
            name,
            re.findall(r"^::: \{#([\w-]+)\}", body, flags=re.MULTILINE),
            re.findall(r"\{\{< var (\S+) >\}\}", body),
        )
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    ]


def differing(repository, values):
    """Sections whose printed values differ as multisets of numbers."""
    sums = [
        {
            name: sum(
                (numbers(values[key]["text"][lang]) for key in set(keys) if not key.startswith(SKIPPED)),
                Counter(),
            )
            for name, _, keys in sections(repository, lang)
        }
        for lang in ("en", "zh")
    ]
    en, zh = sums
    return {name: (en[name] - zh[name], zh[name] - en[name]) for name in en if en[name] != zh[name]}


class Words(HTMLParser):
    """texts: the words of each section of a page, without what the module's docstring leaves out."""

    OUT = frozenset({"table", "script", "style", "details", "svg", "head", "nav"})
    OUT_CLASSES = frozenset({"header-section-number", "literal"})
    VOID = frozenset({"img", "br", "meta", "link", "col", "hr", "input"})

    def __init__(self, page):
        super().__init__()
        self.texts, self._section, self._open = {}, None, []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "h1" and (values.get("id") or "").startswith("sec-"):
            self._section = values["id"]
            self.texts[self._section] = ""
        if tag not in self.VOID:
            self._open.append((tag, set((values.get("class") or "").split())))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._section and not any(
            tag in self.OUT or classes & self.OUT_CLASSES for tag, classes in self._open
        ):
            self.texts[self._section] += data


def differing_pages(en, zh):
    """Sections whose rendered words differ as multisets of numbers."""
    texts = Words(en).texts, Words(zh).texts
    assert texts[0].keys() == texts[1].keys()
    sums = [{name: numbers(text) for name, text in one.items()} for one in texts]
    return {
        name: (sums[0][name] - sums[1][name], sums[1][name] - sums[0][name])
        for name in texts[0]
        if sums[0][name] != sums[1][name]
    }


@pytest.fixture(scope="module")
def values(built_run):
    found = json.loads((built_run / "ledger.json").read_text(encoding="utf-8"))["values"]
    return found if isinstance(found, dict) else {entry["key"]: entry for entry in found}


def test_same_sections_floats_and_keys(repository):
    en, zh = (sections(repository, lang) for lang in ("en", "zh"))
    assert [name for name, _, _ in en] == [name for name, _, _ in zh]
    assert [floats for _, floats, _ in en] == [floats for _, floats, _ in zh]
    assert [set(keys) for _, _, keys in en] == [set(keys) for _, _, keys in zh]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("310 million", "3.1亿"),
        ("February 2024", "2024年2月"),
        ("12,000", "1.2万"),
        ("310–320 million", "3.1亿–3.2亿"),
        ("12.0–19.9 %", "１２.0%–19.9%"),
    ],
)
def test_units_are_normalised(en, zh):
    assert numbers(en) == numbers(zh)


def test_same_numbers_per_section(repository, values):
    assert differing(repository, values) == {}


@pytest.fixture(scope="module")
def pages(built_run):
    return [(built_run / f"briefing.{lang}.html").read_text(encoding="utf-8") for lang in ("en", "zh")]


def test_same_numbers_in_the_words_of_the_pages(pages):
    assert differing_pages(*pages) == {}
    assert sum(numbers(" ".join(Words(pages[0]).texts.values())).values()) > 300


@pytest.mark.parametrize(
    ("old", "new"), [("3.1亿", "3.2亿"), ("2024年2月", "2024年3月"), ("2001–2999", "2001–2998")]
)
def test_a_changed_number_on_one_page_is_seen(pages, old, new):
    en, zh = pages
    assert old in zh and differing_pages(en, zh.replace(old, new))


def test_a_changed_value_in_one_language_is_seen(repository, values):
    entry = values["research.jointlabs"]
    changed = {**values, "research.jointlabs": {**entry, "text": {**entry["text"], "zh": "36"}}}
    assert "sec-research" in differing(repository, changed)
