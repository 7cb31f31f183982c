"""A finished page is refused for each thing that a reader, or a reader's browser, should not meet in it."""

import base64
import json
import re
import shutil
from dataclasses import replace

import pytest
from finished_page import FORMATS, found, with_markup
from render_sample import LANGS, change, page_file

from gba_analysis.pages.finished import PageError, read_expected
from gba_analysis.pages.leftovers import MOST_NAMED

PDF_BREAKS = {
    # What is put into a table of a notebook, in Markdown, and what is found of it in the PDF.
    "a shortcode": (r"\{\{\< var a.b \>\}\}", "the shortcode '{{< var a.b >}}'"),
    "a placeholder": (r"\{name\}", "the placeholder '{name}'"),
    "a merge marker": (r"x \<\<\<\<\<\<\< HEAD", "the merge marker '<<<<<<<'"),
    "a reference": (r"\?\@fig-none", "the unresolved reference '?@fig-none'"),
    "an address that runs": ("[x](javascript:f)", "a link to 'javascript:f'"),
}
TEXTS = {
    "a shortcode": ("{{&lt; var a.b &gt;}}", "the shortcode '{{< var a.b >}}'"),
    "a shortcode whose sign got lost": ("{{\ue000 var a.b &gt;}}", "the shortcode '{{\ue000 var a.b >}}'"),
    "the end of a shortcode": ("&gt;}}", "the shortcode '>}}'"),
    "half a shortcode": ("{&lt; var a.b &gt;}", "the shortcode '{< var a.b >}'"),
    "a value that Quarto did not find": (
        "a ?var:evidence.measures b",
        "the shortcode '?var:evidence.measures'",
    ),
    "a setting that Quarto did not find": ("?meta:title", "the shortcode '?meta:title'"),
    "what Quarto does not know": ("?invalid shortcode", "the shortcode '?invalid shortcode'"),
    "a placeholder": ("{research.share}", "the placeholder '{research.share}'"),
    "a place for anything": ("{}", "the placeholder '{}'"),
    "the start of a merge": ("x &lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD", "the merge marker '<<<<<<<'"),
    "the middle of a merge": ("x ======= y", "the merge marker '======='"),
    "the end of a merge": ("x &gt;&gt;&gt;&gt;&gt;&gt;&gt; b", "the merge marker '>>>>>>>'"),
    "a merge without a space": ("&lt;&lt;&lt;&lt;&lt;&lt;&lt;HEAD", "the merge marker '<<<<<<<'"),
    "the ancestor of a merge": ("|||||||a1b2", "the merge marker '|||||||'"),
    "a reference to an equation": ("see @eq-x", "the unresolved reference '@eq-x'"),
    "a citation": ("[@smith2020]", "the unresolved reference '[@smith2020]'"),
    "a citation with a place": ("[-@smith, p. a]", "the unresolved reference '[-@smith, p. a]'"),
    "a reference that Quarto did not find": ("?@fig-x", "the unresolved reference '?@fig-x'"),
    "a reference that nobody read": ("见@tbl-x。", "the unresolved reference '@tbl-x'"),
    "a reference to nothing": ("Figure ??", "the unresolved reference '??'"),
    "the replacement character": ("a\ufffd", "the character U+FFFD"),
    "a private-use character": ("a\ue000", "the character U+E000"),
    "a private-use character of another plane": ("a\U0010fffd", "the character U+10FFFD"),
    "a raw zero": ("a\0", "the character U+0000"),
    "an escape": ("a\x1b[b", "the character U+001B"),
    "no character": ("a\ufffe", "the character U+FFFE"),
    "a turn of the line": ("a\u202eb", "the character U+202E"),
    "a space without width": ("a\u200bb", "the character U+200B"),
    "a hidden letter": ("a\U000e0041", "the character U+E0041"),
    "no number": ("a nan b", "a program's word 'nan'"),
    "no number of a script": ("NaN%", "a program's word 'NaN'"),
    "no value": ("(undefined)", "a program's word 'undefined'"),
    "an object": ("[object Object]", "a program's word '[object Object]'"),
    "a failure": (
        "Traceback (most recent call last)",
        "a program's word 'Traceback (most recent call last)'",
    ),
    "in an alternative text": ('<span aria-label="{x}"></span>', "the placeholder '{x}'"),
    "in a number's trace": ('<span data-trace="{x}"></span>', "the placeholder '{x}'"),
}
MARKUP = {
    "a script": ("<script>alert(1)</script>", "the script 'alert(1)'"),
    "a module": ('<script type="module">a</script>', "the script 'a'"),
    "a script at an address": ('<script src="https://x.y/z.js"></script>', "the script ''"),
    "a script in a drawing": ("<svg><script>a</script></svg>", "the script 'a'"),
    "a script that ends in a slash": ("<script/>a</script>", "'<script/>'"),
    "a script without an end": ("<script>a", "the script 'a</p></main>"),
    "a data block that is none": (
        '<script type="application/json">{]</script>',
        "a data block that is no JSON",
    ),
    "a data block with no number": (
        '<script type="application/json">{"a":NaN}</script>',
        "a data block that is no JSON: the value NaN",
    ),
    "a button that sends": ('<button formaction="https://x.y">x</button>', "formaction='https://x.y'"),
    "a link that tells": ('<a href="#a" ping="https://x.y">x</a>', "ping='https://x.y'"),
    "a colour from elsewhere": (
        '<svg><path fill="url(http://x.y/z)"/></svg>',
        "fill='url(http://x.y/z)'",
    ),
    "a colour from elsewhere, disguised": (
        '<svg><path fill="u\\72l(//x.y)"/></svg>',
        "fill='u\\72l(//x.y)'",
    ),
    "an element without its name": ('<a href="#a" aria-label="">x</a>', "<a> with an empty aria-label"),
    "a style sheet": ("<style>p { color: red }</style>", "the style sheet 'p { color: red }'"),
    "a style": ('<p style="position: fixed">x</p>', "the style 'position: fixed'"),
    "an event handler": ('<p onclick="f()">x</p>', "the event handler onclick"),
    "an event handler in a drawing": ('<svg OnLoad="f()"></svg>', "the event handler onload"),
    "an address that runs": ('<a href="javascript:f()">x</a>', "href='javascript:f()'"),
    "an address that runs, disguised": ('<a href=" java&#10;script:f()">x</a>', "href='java\nscript:f()'"),
    "a link to a file of the machine": (
        '<a href="file:///etc/hostname">x</a>',
        "a link to 'file:///etc/hostname'",
    ),
    "a link to an absolute path": ('<a href="/etc/hostname">x</a>', "a link to '/etc/hostname'"),
    "a link to another folder": ('<a href="../x.html">x</a>', "a link to '../x.html'"),
    "a link without its scheme": ('<a href="//x.y/z">x</a>', "a link to '//x.y/z'"),
    "a link to other bytes": (
        '<a href="data:text/csv;base64,YQ==">x</a>',
        "a link to 'data:text/csv;base64,YQ=='",
    ),
    "a link to broken bytes": (
        '<a href="data:text/csv;base64,Y">x</a>',
        "a link to 'data:text/csv;base64,Y'",
    ),
    "an image from the web": ('<img src="https://x.y/z.png">', "<img src='https://x.y/z.png'>"),
    "an image of a path": ('<img src="/etc/hostname">', "<img src='/etc/hostname'>"),
    "other bytes as an image": (
        '<img src="data:image/png;base64,YQ==">',
        "<img src='data:image/png;base64,YQ=='>",
    ),
    "a source set": ('<source srcset="x.png 2x">', "<source srcset='x.png 2x'>"),
    "a style sheet at an address": ('<link rel="stylesheet" href="x.css">', "<link href='x.css'>"),
    "a drawing from elsewhere": ('<svg><use xlink:href="x.svg#a"/></svg>', "<use xlink:href='x.svg#a'>"),
    "a frame": ('<iframe srcdoc="x"></iframe>', "the element <iframe>"),
    "an object": ("<object></object>", "the element <object>"),
    "a base": ('<base href="https://x.y/">', "the element <base>"),
    "an animation of an address": ('<svg><set attributeName="href" to="x"/></svg>', "the element <set>"),
    "a way elsewhere": (
        '<meta http-equiv="Refresh" content="0;url=x">',
        "a page that leads elsewhere by itself",
    ),
    "a comment with markup": ("<!-- <b> -->", "'<!-- <b> -->'"),
    "a section that only some read": ("<![CDATA[ x ]]>", "'<![CDATA[ x ]"),
    "an instruction": ("<?php x ?>", "'<?php x ?>'"),
    "another document type": ('<!DOCTYPE html SYSTEM "x">', "'<!DOCTYPE html SYSTEM \"x\">'"),
    "one chart more": ('<div class="chart"></div>', "3 charts"),
    "one table more": (
        '<div class="cell-output"><table></table></div>',
        "2 tables of notebooks and 1 others",
    ),
    "one number more": (
        '<span class="num" data-key="sample.firms">1</span>',
        "the number sample.firms 5 times",
    ),
    "a number of another key": ('<span class="num" data-key="x.y">1</span>', "the number x.y 1 times"),
}
# What a page lacks: the text that is taken away, and what is found then.
LACKS = {
    "a chart": (r"<img [^>]*>", "1 charts"),
    "a table": (r"<table>(?=(?s:.)*Macao-funded)", "0 tables of notebooks and 1 others"),
    "a typed table": (r"<table>(?!(?s:.)*Macao-funded)", "1 tables of notebooks and 0 others"),
    "a number": (r'class="num" data-key="sample.firms"', "the number sample.firms 3 times"),
}
HARMLESS = {
    "a data block": '<script type="application/ld+json">{"a": 1}</script>',
    "a web link": '<a href="https://example.org/a?b={c}">x</a>',
    "a place on the page": '<a href="#sec-one">x</a>',
    "the other language's page": '<a href="briefing.zh.html">x</a>',
    "a pattern of a drawing": '<svg><path fill="url( &quot;#a&quot;)"/><use href="#a"/></svg>',
    "an aligned cell": '<td style="text-align: right;">x</td>',
    "a comment": "<!-- x -->",
    "words that hold others": "Nansha, nanometre, NaNs",
    "an e-mail address": "a@eq-x.org",
    "three signs of more": "a &gt;&gt; b, c &lt; d",
    "signs in code": "<code>a = {1, 2}, x@y.z, a[0]?</code>",
    "a heading in the contents": (
        '<nav id="TOC"><span class="num" data-key="sample.firms"'
        ' data-trace="hengqin_hightech">238</span></nav>'
    ),
}


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_good_page_has_no_problem(rendered, expected, lang, to):
    content = rendered[lang, to].read_bytes()
    assert expected[lang, to].problems(content, is_sealed=False) == []
    finished = expected[lang, to].finish(content)
    assert (finished == content) == (to == "pdf")
    # A kept page is looked at too, and its policy is sealed.
    assert expected[lang, to].problems(finished, is_sealed=to == "html") == []


@pytest.mark.parametrize("case", TEXTS)
def test_left_over_source_is_named_with_its_place(html, expected, case):
    text, message = TEXTS[case]
    [problem] = expected["en", "html"].problems(with_markup(html, text).encode(), is_sealed=False)
    assert (problem.file, problem.place, problem.found) == ("briefing.en.html", "#fn1", message)


@pytest.mark.parametrize("case", MARKUP)
def test_markup_that_is_not_the_engine_s_is_refused(html, expected, case):
    markup, message = MARKUP[case]
    assert any(each.startswith(message) for each in found(expected, with_markup(html, markup)))


@pytest.mark.parametrize("case", LACKS)
def test_a_page_that_lacks_something_is_refused(html, expected, case):
    pattern, message = LACKS[case]
    less, times = re.subn(pattern, "", html, count=1)
    assert times == 1 and found(expected, less) == [message]


@pytest.mark.parametrize("case", HARMLESS)
def test_what_does_no_harm_is_no_problem(html, expected, case):
    assert found(expected, with_markup(html, HARMLESS[case])) == []


def test_bytes_of_a_staged_file_may_be_saved(html, expected):
    data = base64.b64encode(b"a,b\n").decode()
    assert found(expected, with_markup(html, f'<a href="data:text/csv;base64,{data}">x</a>')) == []
    assert found(expected, with_markup(html, f'<a href="data:text/csv;base64,{data[:-4]}">x</a>')) != []


@pytest.mark.parametrize(("old", "new"), [("color", "colour"), ("d09GMg", "d09GMh")])
def test_a_style_sheet_with_another_rule_or_font_is_refused(html, expected, old, new):
    start, end = html.index("<style"), html.index("</style>")
    changed = html[:start] + html[start:end].replace(old, new, 1) + html[end:]
    assert changed != html and found(expected, changed)[0].startswith("the style sheet ")


def test_a_script_that_was_changed_after_staging_is_refused(folder, html):
    copy = shutil.copytree(folder, folder.parent / "changed")
    with (copy / "scripts" / "notes.js").open("a", encoding="utf-8") as script:
        script.write("f();\n")
    [problem] = read_expected(copy, "en", "html").problems(html.encode(), is_sealed=False)
    assert problem.found.startswith("the script '// The note on a number")


def test_the_same_left_over_is_named_once_and_many_are_not_all_named(html, expected):
    many = "".join(f"<p>{{key{number}}} {{key{number}}}</p>" for number in range(MOST_NAMED + 5))
    problems = found(expected, with_markup(html, many))
    assert problems[0] == "the placeholder '{key0}' 2 times" and len(problems) == MOST_NAMED + 1
    assert problems[-1] == "5 more like the placeholder above"


def test_a_page_is_finished_or_refused_with_everything_that_is_wrong(html, expected):
    with pytest.raises(PageError) as error:
        expected["en", "html"].finish(with_markup(html, "{x}<script>a</script>").encode())
    assert [problem.found for problem in error.value.problems] == ["the placeholder '{x}'", "the script 'a'"]
    assert error.value.exit_code == 2


def test_bytes_that_are_no_text_are_refused(expected):
    [problem] = expected["en", "html"].problems(b"ab\xff", is_sealed=False)
    assert (problem.place, problem.found) == ("byte 3", "bytes that are not UTF-8")


@pytest.fixture(scope="module")
def broken_pdf(pattern, expected, tmp_path_factory):
    """What is wrong with the PDF of a page that holds each of PDF_BREAKS, a chart and a number too little."""
    copy = shutil.copytree(pattern, tmp_path_factory.mktemp("broken") / "run")
    lines = json.dumps(" ".join(text for text, _ in PDF_BREAKS.values()))[1:-1]
    source = copy / "briefing.en.qmd"
    change(copy / "notebooks" / "02_platforms.ipynb", "Macao-funded", lines)
    change(source, "{{< embed notebooks/02_platforms.ipynb#second >}}", "Nothing.")
    change(source, "All {{< var sample.firms >}} firms", "All firms")
    change(source, "| Firms | {{< var sample.firms >}} |", "| Firms | |")
    return expected["en", "pdf"].problems(page_file(copy, "en", "pdf").read_bytes(), is_sealed=False)


@pytest.mark.parametrize("case", PDF_BREAKS)
def test_left_over_source_in_a_pdf_is_named_with_its_page(broken_pdf, case):
    [problem] = [each for each in broken_pdf if each.found == PDF_BREAKS[case][1]]
    assert problem.file == "briefing.en.pdf" and re.fullmatch("page [1-9]", problem.place)


def test_a_pdf_that_lacks_a_chart_or_a_number_is_refused(broken_pdf):
    counts = {problem.found: problem.expected for problem in broken_pdf if not problem.place}
    assert counts == {
        "1 charts": "2, as the page's source asks for",
        "the digits 238 2 times": "4 times or more, for sample.firms",
    }


def test_a_pdf_with_fewer_tables_is_refused(rendered, expected):
    wanted = expected["en", "pdf"]
    more = replace(wanted, asked=replace(wanted.asked, tables=wanted.asked.tables + 1))
    [problem] = more.problems(rendered["en", "pdf"].read_bytes(), is_sealed=False)
    assert problem.found == "2 tables"


@pytest.mark.parametrize("damage", [lambda pdf: b"", lambda pdf: pdf[: len(pdf) // 2], lambda pdf: b"<html>"])
def test_a_damaged_pdf_is_refused(rendered, expected, damage):
    [problem] = expected["en", "pdf"].problems(damage(rendered["en", "pdf"].read_bytes()), is_sealed=False)
    assert problem.expected == "a tagged PDF"
