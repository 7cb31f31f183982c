"""What a reader finds in the finished files: the ledger's numbers, in both languages and both formats, and
nothing from elsewhere.
"""

import base64
import hashlib
import json
import re
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from gba_analysis import kit
from gba_analysis.analysis.finding_texts import placeholders

LANGS = ("en", "zh")
# What an entry of the ledger rests on.
TRACES = ("unit", "inputs", "expression")
# Attributes that make a browser fetch something when the page opens.
FETCHING = {"src", "srcset", "poster", "data", "background"}


# A number is a link to its row of the ledger, or in a heading a span; runs of another language are spans in
# it.
INLINE = ("a", "span")


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
        self._float = None
        # The key of each open inline element, empty if it has none; and the text of the number that is being
        # read.
        self._inlines: list[str] = []
        self._number = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        values = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in values.items()]
        if tag in INLINE:
            self._inlines.append(values.get("data-key", ""))
        if "data-key" in values:
            self._number = ""
            self.titles[values["data-key"]] = values.get("data-trace", "")
        if tag == "div" and values.get("id", "").startswith("tbl-"):
            self._float = values["id"]
        if tag == "tr" and self._float:
            self.rows[self._float] = self.rows.get(self._float, 0) + 1

    def handle_endtag(self, tag):
        key = self._inlines.pop() if tag in INLINE else ""
        if key:
            self.numbers.append((key, self._number))

    def handle_data(self, data):
        self.text.append(data)
        self._number += data


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
        lang: squeezed(
            "".join(page.extract_text() for page in PdfReader(built_run / f"briefing.{lang}.pdf").pages)
        )
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
    wrong = [
        (key, text, ledger[key]["text"][lang]) for key, text in published if text != ledger[key]["text"][lang]
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_pdf_has_the_numbers_of_the_page(pages, pdf_texts, lang):
    missing = {key for key, text in pages[lang].numbers if squeezed(text) not in pdf_texts[lang]}
    assert missing == set()


def test_both_languages_use_the_same_numbers_in_the_same_number_of_places(pages):
    keys = [sorted({key for key, _ in pages[lang].numbers}) for lang in LANGS]
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


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_allows_its_own_scripts_and_style_sheet_and_nothing_else(built_run, lang):
    page = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    scripts, styles = (
        re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, re.DOTALL) for tag in ("script", "style")
    )
    assert scripts == [
        (kit.FOLDER / "scripts" / name).read_text(encoding="utf-8") for name in ("tables.js", "notes.js")
    ]
    assert len(styles) == 1
    script, style = (
        " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts
        )
        for texts in (scripts, styles)
    )
    assert policy == (
        f"default-src 'none'; img-src data:; font-src data:; script-src {script}; style-src {style}; "
        "base-uri 'none'; form-action 'none'"
    )
    # The policy would drop them.
    assert not [
        (tag, name) for tag, name, _ in Page(page).attributes if name == "style" or name.startswith("on")
    ]


def plain(markup: str) -> str:
    return unescape(re.sub("<[^>]+>", "", markup))


@pytest.mark.parametrize("lang", LANGS)
def test_each_chart_says_its_finding_above_it(built_run, ledger, lang):
    page = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    pattern = (
        r'<div id="fig-([\w-]+)"[^>]*>\s*<figure[^>]*>\s*'
        r"<figcaption[^>]*>.*?<strong>(.*?)</strong>(.*?)</figcaption>\s*<div"
    )
    captions = re.findall(pattern, page, re.DOTALL)
    assert len(captions) == page.count('<div id="fig-') == 19
    for name, title, rest in captions:
        assert plain(title) == ledger[f"title.{name.replace('-', '_')}"]["text"][lang]
        assert len(plain(rest).strip()) > 10


@pytest.mark.parametrize("lang", LANGS)
def test_each_chart_has_its_source_its_data_and_a_file_with_them(built_run, lang):
    page = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    charts = re.findall(r'<div id="fig-([\w-]+)"', page)
    files = dict(
        re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"[^>]*download="([^"]+)"', page)
    )
    by_name = {name: base64.b64decode(content).decode() for content, name in files.items()}
    assert len(charts) == page.count("<details>") == 19
    for name in charts:
        staged = (built_run / lang / "downloads" / f"{name}.csv").read_text(encoding="utf-8")
        assert by_name[f"{name}.csv"] == staged and staged.count("\n") > 1
    assert by_name["ledger.csv"].startswith("key,text,low,high,unit")


@pytest.mark.parametrize("lang", LANGS)
def test_each_number_leads_to_its_row_of_the_ledger(built_run, lang):
    page = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    rows = set(re.findall(r'id="(v-[^"]+)"', page))
    led = set(re.findall(r'href="#(v-[^"]+)" class="num"', page))
    assert led == rows and len(rows) > 100


@pytest.mark.parametrize("lang", LANGS)
def test_each_chart_is_one_image_in_words_drawn_for_both_widths(built_run, lang):
    page = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    floats = re.findall(r'<div id="fig-([\w-]+)".*?</figure>', page, re.DOTALL)
    alts = {}
    for path in sorted((built_run / lang / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if alt := cell["metadata"].get("fig-alt"):
                alts[re.search(r"#\| label: ([\w-]+)", "".join(cell["source"]))[1]] = alt
    charts = re.findall(r'<div class="chart" role="img" aria-label="([^"]*)">(.*?)</div>', page, re.DOTALL)
    assert [unescape(alt) for alt, _ in charts] == [alts[name] for name in floats]
    assert all(
        re.findall(r'<svg class="(\w+)" aria-hidden="true"', svgs) == ["narrow", "wide"] for _, svgs in charts
    )
    assert "<img" not in page


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_parts_of_a_page_share_an_id(built_run, lang):
    page = (built_run / f"briefing.{lang}.html").read_text(encoding="utf-8")
    drawings = re.compile(r"<svg .*?</svg>", re.DOTALL)
    ids = re.findall(r'\bid="([^"]+)"', drawings.sub("", page))
    # The same chart twice shares its markers, which are then the same.
    ids += {(svg, name) for svg in drawings.findall(page) for name in re.findall(r'\bid="([^"]+)"', svg)}
    names = [name if isinstance(name, str) else name[1] for name in ids]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_weighs_less_than_one_and_a_half_megabytes(built_run, lang):
    assert (built_run / f"briefing.{lang}.html").stat().st_size < 1_500_000
