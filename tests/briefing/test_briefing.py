"""What a reader finds in the finished files: the ledger's numbers, in both languages and both formats, and nothing from elsewhere."""

import json
import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from gba_analysis.analysis.finding_texts import placeholders

LANGS = ("en", "zh")
# What an entry of the ledger rests on.
TRACES = ("unit", "inputs", "expression")
# Attributes that make a browser fetch something when the page opens.
FETCHING = {"src", "srcset", "poster", "data", "background"}


class Page(HTMLParser):
    """The parts of a page that these tests ask about."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.numbers: list[tuple[str, str]] = []
        self.titles: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.text: list[str] = []
        self._key = self._float = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        values = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in values.items()]
        if "data-key" in values:
            self._key = values["data-key"]
            self.titles[self._key] = values.get("title", "")
        if tag == "div" and values.get("id", "").startswith("tbl-"):
            self._float = values["id"]
        if tag == "tr" and self._float:
            self.rows[self._float] = self.rows.get(self._float, 0) + 1

    def handle_endtag(self, tag):
        if tag == "span":
            self._key = None

    def handle_data(self, data):
        self.text.append(data)
        if self._key:
            self.numbers.append((self._key, data))


def squeezed(text: str) -> str:
    """`text` without any white space: a PDF keeps only where words were put."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def ledger(built_run):
    values = json.loads((built_run / "ledger.json").read_text(encoding="utf-8"))["values"]
    return values if isinstance(values, dict) else {entry["key"]: entry for entry in values}


@pytest.fixture(scope="module")
def pages(built_run):
    return {lang: Page((built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")) for lang in LANGS}


@pytest.fixture(scope="module")
def pdf_texts(built_run):
    return {
        lang: squeezed("".join(page.extract_text() for page in PdfReader(built_run / f"briefing.{lang}.pdf").pages))
        for lang in LANGS
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_of_the_page_is_its_ledger_entry(repository, pages, ledger, lang):
    published = pages[lang].numbers
    source = (repository.report / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
    named = {part.split(" ")[0] for part in source.split("{{< var ")[1:]}
    findings = {key for key in named if key.startswith("findings.")}
    in_findings = {name for key in findings for name in placeholders(ledger[key]["text"][lang])}
    assert len(findings) == 6
    # Notes under charts, and verdicts by judgment, rest on no figure: they are plain words.
    plain = {key for key in named if key.startswith("run.") or not any(ledger[key][part] for part in TRACES)}
    assert {key for key, _ in published} == (named | in_findings) - findings - plain
    wrong = [(key, text, ledger[key]["text"][lang]) for key, text in published if text != ledger[key]["text"][lang]]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_pdf_has_the_numbers_of_the_page(pages, pdf_texts, lang):
    missing = {key for key, text in pages[lang].numbers if squeezed(text) not in pdf_texts[lang]}
    assert missing == set()


def test_both_languages_use_the_same_numbers_in_the_same_number_of_places(pages):
    keys = [sorted(set(key for key, _ in pages[lang].numbers)) for lang in LANGS]
    assert keys[0] == keys[1]


def test_the_headline_numbers_are_what_the_article_supports(ledger):
    """Against the article by hand: 4 of 35; 近400 of 超2000 as 360…399 of 2001…2999; 80 % of 超140."""
    led, staff, alive = (
        ledger[key] for key in ("research.hkm_led_share", "research.hkm_staff_share", "industry.li_survivors")
    )
    assert (Fraction(led["low"]), led["text"]["en"]) == (Fraction(400, 35), "11.4\N{NO-BREAK SPACE}%")
    assert (Fraction(staff["low"]), Fraction(staff["high"])) == (Fraction(36000, 2999), Fraction(39900, 2001))
    assert staff["text"] == {"en": "12.0–19.9\N{NO-BREAK SPACE}%", "zh": "12.0%–19.9%"}
    assert (alive["low"], alive["high"], alive["soundness"]) == ("113", "119", "conditional")


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_fetches_nothing(pages, lang):
    fetched = [
        (tag, name, value[:60])
        for tag, name, value in pages[lang].attributes
        if (name in FETCHING or (tag, name) == ("link", "href")) and not value.startswith("data:")
    ]
    assert fetched == []
    assert "script" not in pages[lang].tags


@pytest.mark.parametrize("lang", LANGS)
def test_the_style_fetches_nothing(built_run, lang):
    text = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    assert re.findall(r"url\((?![\"']?(?:data:|#))[^)]{0,60}", text) == []
    assert "@import" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_register_lists_every_figure(pages, ledger, lang):
    heading = 1
    assert pages[lang].rows["tbl-register"] == int(ledger["evidence.figures_total"]["low"]) + heading


@pytest.mark.parametrize("lang", LANGS)
def test_a_derived_number_says_what_it_rests_on(pages, lang):
    title = pages[lang].titles["research.hkm_staff_share"]
    assert "近400人" in title and "超2000名" in title
    assert "jointlabs_hkm_staff / jointlabs_staff" in title


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_how_it_was_made(pages, pdf_texts, lang):
    for text in (squeezed("".join(pages[lang].text)), pdf_texts[lang]):
        assert "gbabuild" in text and "embedded" in text and "matplotlib3." in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_pdf_is_tagged_and_names_its_language_and_title(built_run, lang):
    catalog = PdfReader(built_run / f"briefing.{lang}.pdf").trailer["/Root"]
    assert bool(catalog["/MarkInfo"]["/Marked"])
    assert catalog["/Lang"].startswith(lang)
    metadata = catalog["/Metadata"].get_data().decode("utf-8")
    assert "pdfuaid:part" in metadata and "pdfaid:part" in metadata
