"""Every construct outside the subset is refused with its file and line; the report's own pages are not."""

import shutil
import time
from pathlib import Path

import pytest
from render_sample import LANGS, ROOT, SAMPLE, change

from gba_analysis.project import Project
from gba_analysis.render.page_check import check_sources

EMBED = "{{< embed notebooks/02_platforms.ipynb#platforms >}}"
KEYS = {"sample.firms", "sample.share"}
LABELS = {"02_platforms": ["platforms", "table", "second"]}
LIMITS = {"en": "# Limits {#sec-limits}", "zh": "# 局限 {#sec-limits}"}
# The line of LIMITS in both samples.
LINE = 46


@pytest.fixture()
def project(tmp_path):
    """A project with the sample pages in its report."""
    report = Path(shutil.copytree(ROOT / "report", tmp_path / "report"))
    for page in SAMPLE.glob("*.qmd"):
        shutil.copy(page, report)
    return Project(tmp_path)


def problems(project):
    return check_sources(project, ledger_keys=KEYS, labels=LABELS)


def insert(project, text, languages=LANGS):
    """Put `text` where LIMITS stands, so that it begins in LINE."""
    for lang in languages:
        change(project.report / f"briefing.{lang}.qmd", LIMITS[lang], f"{text}\n\n{LIMITS[lang]}")


def only_english(project):
    """One page with all its text is enough for many tests, and twice as fast."""
    (project.report / "briefing.zh.qmd").write_text("---\ntitle: A\n---\n", encoding="utf-8")


def assert_found(project, words, line=LINE, lang="en"):
    """One problem of that page holds `words`, in that line."""
    messages = [str(problem) for problem in problems(project)]
    wanted = f"report/briefing.{lang}.qmd, line {line}: found "
    assert any(message.startswith(wanted) and words in message for message in messages), "\n".join(messages)


def test_the_sample_has_no_problem(project):
    assert problems(project) == []


CONSTRUCTS = {
    "callout": ("::: {.callout-note}\nText.\n:::", "callout-note", 0),
    "tabset": ("::: {.panel-tabset}\n\nText.\n\n:::", "panel-tabset", 0),
    "columns": ("::: {.columns}\nText.\n:::", "columns", 0),
    "layout": ("::: {#fig-x layout-ncol=2}\nText.\n\nCaption.\n:::", "attribute layout-ncol", 0),
    "code cell": ("```{python}\nprint()\n```", "a code cell", 0),
    "code block": ("```python\nprint()\n```", "a code block", 0),
    "inline code cell": ("Text `{python} x` text.", "a code cell", 0),
    "raw HTML block": ("<div>\nText.\n</div>", "raw HTML", 0),
    "raw HTML inline": ("Text <b>bold</b> text.", "raw HTML", 0),
    "comment": ("<!-- a remark -->", "raw HTML or a comment", 0),
    "raw Typst": ("Text `#v(x)`{=typst} text.", "raw typst", 0),
    "raw TeX": ("Text \\alpha text.", "raw TeX", 0),
    "inline maths": ("Text $x$ text.", "maths", 0),
    "display maths": ("$$\nx\n$$", "maths", 0),
    "citation": ("Text [@smith].", "the citation smith", 0),
    "reference with words": ("Text [see @fig-platforms].", "the citation fig-platforms", 0),
    "number only": ("Text [-@fig-platforms].", "the citation fig-platforms", 0),
    "other shortcode": ("Text {{< include other.qmd >}}.", "{{< include other.qmd >}}", 0),
    "shortcode with options": ("Text {{< var sample.firms x >}}.", "{{< var sample.firms x >}}", 0),
    "open shortcode": ("Text {{< var sample.firms.", "a shortcode that does not end", 0),
    "shortcode in an address": (
        "Text [link]({{< var sample.firms >}}).",
        "a shortcode in a link's address",
        0,
    ),
    "shortcode in code": ("Text `x {{< var sample.firms >}}`.", "a shortcode in code", 0),
    "embed in a line": (f"Text {EMBED}.", "outside a float", 0),
    "embed without a float": (EMBED, "outside a float", 0),
    "image": ("Text.\n\n![Words](picture.svg)", "an image", 2),
    "definition list": ("Term\n:   Meaning.", "a definition list", 0),
    "line block": ("| Line\n| Line", "a line block", 0),
    "emphasis": ("Text *word* text.", "emphasis", 0),
    "superscript": ("Text x^a^ text.", "superscript", 0),
    "strikeout": ("Text ~~word~~ text.", "strikeout", 0),
    "smart span": ("Text [word]{.big} text.", "a span of class big", 0),
    "table with a caption": (
        "| a | b |\n|---|---|\n| c | d |\n\n: Caption",
        "a table with a caption of its own",
        0,
    ),
    "heading without an id": ("## Heading", "a heading with the id (none)", 0),
    "heading with another id": ("## Heading {#other}", "a heading with the id other", 0),
    "block with another id": ("::: {#lst-x}\nText.\n\nCaption.\n:::", "a block with the id lst-x", 0),
    "open block": ("::: {.note}\nText.", "unclosed", 0),
    "footnote without a text": ("Text.[^nowhere]", "leads nowhere", 0),
    "link that runs": ("Text [x](javascript:alert\\(\\)).", "a link to 'javascript:alert()'", 0),
    "link that holds bytes": ("Text [x](data:text/html,x).", "a link to 'data:text/html,x'", 0),
    "link to another folder": ("Text [x](../x.html).", "a link to '../x.html'", 0),
    "link without its scheme": ("Text [x](//x.y/z).", "a link to '//x.y/z'", 0),
    "reference to nothing": ("Text ??.", "?? in '??.'", 0),
    "unknown reference": ("Text [@fig-platform].", "a reference to fig-platform", 0),
    "unknown link": ("Text [word](#sec-nowhere).", "a reference to sec-nowhere", 0),
    "same id twice": ("## Heading {#sec-make-up}", "the id sec-make-up again", 0),
    "unknown key": ("Text {{< var sample.firm >}}.", "var sample.firm", 0),
    "chart of another name": (
        "::: {#fig-x}\n" + EMBED + "\n\nCaption.\n:::",
        "the output platforms in fig-x",
        1,
    ),
    "unknown notebook": (
        "::: {#fig-x}\n{{< embed notebooks/09.ipynb#platforms >}}\n\nCaption.\n:::",
        "09.ipynb#platforms",
        1,
    ),
    "unknown label": (
        "::: {#fig-x}\n{{< embed notebooks/02_platforms.ipynb#chat >}}\n\nCaption.\n:::",
        "#chat",
        1,
    ),
    "float without a caption": (f"::: {{#fig-x}}\n{EMBED}\n:::", "fig-x without a caption", 0),
    "digit": ("Text with 238 firms.", "typed digits 238", 0),
    "digit in a heading": ("## The 33 {#sec-new}", "typed digits 33", 0),
    "digit in a caption": (f"::: {{#fig-x}}\n{EMBED}\n\nOf 4 firms.\n:::", "typed digits 4", 3),
    "digit in a table": ("| a | b |\n|---|---|\n| c | 12 |", "typed digits 12", 2),
    "digit in a footnote": ("Text.[^new]\n\n[^new]: Of 35.", "typed digits 35", 2),
    "digit in a link": ("Text [of 15](https://example.org/).", "typed digits 15", 0),
    "digit in code": ("Text `-p cores 64`.", "typed digits 64", 0),
    "full-width digit": ("Text １２.", "typed digits １２", 0),
    "glyph": ("Text ☃.", "the character ☃ (U+2603)", 0),
    "glyph outside the basic plane": ("Text 𠮷.", "U+20BB7", 0),
}


# Each with the words that the message names.
NUMBER_WORDS = {
    "文中有三个平台。": "三",
    "两家企业。": "两",
    "第四届论坛。": "四",
    "共百余人。": "百",
    "增长一倍。": "一",
    "占百分之十。": "百分之十",
    "占三分之一。": "三分之一",
    "约三十二处。": "三十二",
    "二〇二五年。": "二〇二五",
    "超两千名。": "两千",
    "共**三个**平台。": "三",
    "Four platforms.": "Four",
    "Between these and twelve.": "twelve",
    "A twenty-year term.": "twenty",
    "Dozens of firms.": "Dozens",
    "Some million users.": "million",
    "Text [of ten](https://example.org/).": "ten",
    "## Three steps {#sec-new}": "Three",
    "> Of nine.": "nine",
    "- Of seven.": "seven",
}
NO_NUMBERS = (
    "两国一致，统一、一定、一样、一起，进一步，万一。",
    "之一、唯一、一旦、一般、一直、一方面、同一平台、单一、百分点、十分、千方百计。",
    "这是一个平台的一项指标，一家企业用一条命令。",
    "No one knows; the first one is often the second.",
    "An attentive weight, tenfold, foursquare.",
    "[三个]{.literal}和[Twelve]{.literal}。",
    "珠三角、四川。",
)


@pytest.mark.parametrize("text", NUMBER_WORDS)
def test_refuses_a_number_in_words(project, text):
    insert(project, text)
    only_english(project)
    assert_found(project, f"the number {NUMBER_WORDS[text]} in words", LINE)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("| a | b |\n|---|---|\n| c | 三 |", 2),
        ("Text.[^new]\n\n[^new]: Of eleven.", 2),
        (f"::: {{#fig-x}}\n{EMBED}\n\nOf six firms.\n:::", 3),
    ],
)
def test_refuses_a_number_in_words_in_tables_notes_and_captions(project, text, offset):
    insert(project, text)
    only_english(project)
    assert_found(project, "in words", LINE + offset)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_allows_words_that_count_nothing(project, text):
    insert(project, text)
    assert not [problem for problem in problems(project) if "in words" in problem.found]


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_refuses(project, construct):
    text, words, offset = CONSTRUCTS[construct]
    insert(project, text)
    only_english(project)
    assert_found(project, words, LINE + offset)


@pytest.mark.parametrize(
    "text", ["见@fig-platforms。", "@fig-platforms和", "图@fig-platforms", "和 @fig-platforms，"]
)
def test_refuses_a_bare_reference_next_to_chinese(project, text):
    insert(project, text)
    assert_found(project, "@fig-platforms", lang="zh")


def test_allows_a_bare_reference_between_spaces(project):
    insert(project, "See @fig-platforms and @tbl-platforms.")
    assert problems(project) == []


def test_hints_at_the_nearest_name(project):
    insert(project, "Text {{< var sample.firm >}}.")
    assert_found(project, "did you mean 'sample.firms'?")


@pytest.mark.parametrize("text", ["Text {{< var sample.extra >}}.", "## Heading {#sec-extra}"])
def test_refuses_what_only_one_language_has(project, text):
    insert(project, text, ["en"])
    found = [
        str(problem) for problem in check_sources(project, ledger_keys={*KEYS, "sample.extra"}, labels=LABELS)
    ]
    assert len(found) == 1 and "briefing.zh.qmd lacks" in found[0] and f"line {LINE}" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ('title: "Sample', 'title: "Sample 2025', "typed digits 2025", 2),
        ('title: "Sample', 'title: "Sample of five', "the number five in words", 2),
        (
            'title: "Sample',
            'title: "{{< var sample.firms >}}',
            "{{< var sample.firms >}} in the front matter",
            2,
        ),
        ("description:", "bibliography:", "the setting bibliography", 4),
        ("description:", "format:", "the setting format", 4),
        ("title:", "titel:", "no title", 1),
        ('title: "Sample', 'title: ["Sample', "expected ',' or ']'", 3),
        ("description:", "title:", "title a second time", 4),
        ("description:", "date: 2024-13-45\ndescription:", "2024-13-45, which is no timestamp", 4),
    ],
)
def test_refuses_front_matter(project, old, new, words, line):
    page = project.report / "briefing.en.qmd"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert_found(project, words, line)


MERGED = {
    "the start of a merge": ("<<<<<<< HEAD\nText.", 0),
    "the middle of a merge": ("Text.\n=======\nText.", 1),
    "the end of a merge": ("Text.\n\n>>>>>>> branch", 2),
    "the version before": ("||||||| 1a2b3c", 0),
}


@pytest.mark.parametrize("case", MERGED)
def test_names_what_a_merge_left(project, case):
    only_english(project)
    text, offset = MERGED[case]
    insert(project, text, ["en"])
    assert_found(project, "the merge marker '" + text.splitlines()[offset], LINE + offset)


def test_names_what_a_merge_left_in_every_text_of_the_report(project):
    for name in ("a.css", "b.js", "c.lua"):
        (project.report / name).write_text("\n<<<<<<< HEAD\n", encoding="utf-8")
    files = [problem.file for problem in problems(project)]
    assert files == ["report/a.css", "report/b.js", "report/c.lua"]


def test_allows_what_only_looks_like_a_merge(project):
    only_english(project)
    insert(project, "A line with <<<<<<< in it, ======== and\n>> a quotation.", ["en"])
    assert not any("merge marker" in str(problem) for problem in problems(project))


def test_names_more_brackets_than_pandoc_can_read(project):
    insert(project, "Text.\n" + "[" * 24 + " x")
    begun = time.monotonic()
    assert_found(project, "24 opening brackets in a row, expected at most 8", LINE + 1, "zh")
    assert time.monotonic() - begun < 10


def test_reports_all_problems_of_all_pages_in_order(project):
    insert(project, "Of 12 and {{< var nope >}}.\n\n$x$")
    found = problems(project)
    assert len(found) == 6
    assert [problem.place for problem in found] == [f"line {LINE}", f"line {LINE}", f"line {LINE + 2}"] * 2


def test_a_report_without_pages_is_a_problem(tmp_path):
    (tmp_path / "report").mkdir()
    assert len(check_sources(Project(tmp_path), ledger_keys=KEYS, labels=LABELS)) == 1


def test_the_report_itself_stays_in_the_subset():
    found = check_sources(Project(ROOT), ledger_keys=set(), labels={})
    elsewhere = ("a key of the ledger", "a labelled cell of a notebook")
    assert [str(problem) for problem in found if problem.expected not in elsewhere] == []
