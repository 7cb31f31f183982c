"""A finished page is refused if something that it must show is empty, gone or not what its sources say; also
one that was kept, however good its checksum is."""

import re
from dataclasses import replace

import pytest
from finished_page import found, with_markup
from render_sample import LANGS

# What the typed table holds of the ledger.
LESS = {"the number sample.firms 3 times", "the number sample.share 4 times"}
# What is changed wherever it stands: the pattern, what it becomes, and all that is found then, each once.
CHANGED = {
    "a number": (">238<", ">999<", {"the number sample.firms as '999'"}),
    "a number of a heading": (r"(<h2.*?>)12[^<]*(<)", r"\g<1>0\2", {"the number sample.share as '0'"}),
    "an emptied number": (
        r"(data-key=\"sample.share\"[^>]*>)[^<]*",
        r"\1",
        {"the number sample.share as ''"},
    ),
    "a number with a word more": (">238<", ">238 <b>not</b><", {"the number sample.firms as '238 not'"}),
    "emptied traces": (
        'data-trace="[^"]*"',
        'data-trace=""',
        {"the trace of sample.firms as ''", "the trace of sample.share as ''"},
    ),
    "another trace": ("hengqin_hightech", "x", {"the trace of sample.firms as 'x'"}),
    "emptied drawings": ("(<svg[^>]*>).*?</svg>", r"\1</svg>", {"an empty drawing"}),
    "drawings of nothing but rules": (
        "(<svg[^>]*>).*?</svg>",
        r"\1<defs></defs></svg>",
        {"an empty drawing"},
    ),
    "a chart without drawings": ("<svg.*?</svg>", "", {"a chart without a drawing"}),
    "an image of nothing": (r"(<img[^>]*) src=\"[^\"]*\"", r"\1", {"a chart without a drawing"}),
    "another alternative text": ("三个条形。", "三个", {"a chart with the alternative text '三个'"}),
    "emptied names": (
        'aria-label="[^"]*"',
        'aria-label=""',
        {
            "a chart with the alternative text ''",
            "<div> with an empty aria-label",
            "<img> with an empty aria-label",
            "<a> with an empty aria-label",
        },
    ),
    "emptied tables": ("<table.*?</table>", "<table></table>", {"an empty table", *LESS}),
    "emptied bodies of tables": ("<tbody>.*?</tbody>", "<tbody></tbody>", {"an empty table", *LESS}),
    "tables without a text": (
        "(<tbody>).*?(</tbody>)",
        r"\1<tr><td></td></tr>\2",
        {"2 rows in all tables", *LESS},
    ),
    "no title": ("<title>.*?</title>", "", {"no title"}),
    "an empty title": ("<title>.*?</title>", "<title> </title>", {"no title"}),
    "another language": ('<html ([^>]*)lang="en" xml:lang="en"', r'<html \1lang="zh"', {"the language 'zh'"}),
    "no language": ("<html [^>]*>", "<html>", {"the language ''"}),
    "another language of the text": ("<main ", '<main lang="zh" ', {"the language 'zh'"}),
}
META = r"<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\" />"
SHORT = "the security policy 'default-src"
# The same for the policy of a page that is sealed.
POLICIES = {
    "none": (META, "", "the security policy none"),
    "one that allows all": ('default-src [^"]*', "default-src * 'unsafe-inline'", SHORT),
    "one for reports only": (
        '(<meta http-equiv="Content-Security-Policy)',
        r"\1-Report-Only",
        "the security policy none",
    ),
    "one that is not sealed": ("'sha256-[^']*'", "'unsafe-inline'", SHORT),
    "one script more": ("script-src ", "script-src 'sha256-YQ==' ", SHORT),
    "one source more": ("img-src data:", "img-src data: https:", SHORT),
    "two": (f"({META})", r"\1\1", SHORT),
    "one too late": (f"({META})(.*</head>)", r"\3\1", "a security policy too late"),
    "one behind a style sheet": (f"({META})(.*?</style>)", r"\3\1", "a security policy too late"),
}


def changed(html, pattern, new):
    text, times = re.subn(pattern, new, html, flags=re.DOTALL)
    assert times
    return text


@pytest.fixture(scope="module")
def finished(expected, html):
    """The English web page as it is kept."""
    return expected["en", "html"].finish(html.encode()).decode()


@pytest.mark.parametrize("case", CHANGED)
def test_a_kept_page_that_shows_nothing_or_another_thing_is_refused(finished, expected, case):
    pattern, new, messages = CHANGED[case]
    assert set(found(expected, changed(finished, pattern, new), is_sealed=True)) == messages


@pytest.mark.parametrize("case", POLICIES)
def test_a_kept_page_has_the_sealed_policy(finished, expected, case):
    pattern, new, message = POLICIES[case]
    [problem] = found(expected, changed(finished, pattern, new), is_sealed=True)
    assert problem.startswith(message)


@pytest.mark.parametrize("new", ["", '<meta http-equiv="Content-Security-Policy" content="default-src *">'])
def test_a_rendered_page_has_the_policy_of_its_template(html, expected, new):
    [problem] = found(expected, changed(html, META, new))
    assert problem.startswith("the security policy ")


def test_a_page_without_its_seal_is_no_kept_page_and_one_with_it_no_rendered_one(html, finished, expected):
    assert len(found(expected, html, is_sealed=True)) == len(found(expected, finished)) == 1


def test_a_table_with_a_row_less_is_refused(finished, expected):
    less = re.sub("<tr>(?:(?!<tr>).)*Others.*?</tr>", "", finished, flags=re.DOTALL)
    assert found(expected, less, is_sealed=True) == ["3 rows in all tables"]


def test_a_number_may_stand_on_two_lines(finished, expected):
    assert "12.0–19.9 %" in finished
    assert found(expected, finished.replace("12.0–19.9 %", "12.0–19.9\n%"), is_sealed=True) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_the_other_language_is_refused(expected, finished, lang):
    other = replace(expected["en", "html"], lang=lang)
    problems = [problem.found for problem in other.problems(finished.encode(), is_sealed=True)]
    assert problems == ([] if lang == "en" else ["the language 'en'"])


def test_a_program_s_word_that_the_source_says_is_a_word(html, expected):
    wanted = expected["en", "html"]
    asked = replace(wanted.asked, body=wanted.asked.body + " This is undefined.")
    said = {"en": replace(wanted, asked=asked)}
    page = with_markup(html, "undefined, nan")
    [problem] = said["en"].problems(page.encode(), is_sealed=False)
    assert problem.found == "a program's word 'nan'"
