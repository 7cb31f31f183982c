"""A finished web page allows the engine's own scripts and style sheet by their hashes, and nothing else."""

import base64
import hashlib

import pytest

from gba_analysis.errors import EngineError
from gba_analysis.render.known_parts import KnownParts, script_sum, style_sum
from gba_analysis.render.security_policy import seal

POLICY = (
    "default-src {quote}none{quote}; script-src {quote}unsafe-inline{quote}; "
    "style-src {quote}unsafe-inline{quote}"
)
PAGE = (
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
    "<style>{style}</style><p title=\"'unsafe-inline'\">字</p>{scripts}"
)

JSON = '{"a": 1}'


def known(scripts=(), styles=("a",)):
    """The scripts and style sheets with these texts as those of the engine."""
    return KnownParts(frozenset(map(script_sum, scripts)), frozenset(map(style_sum, styles)), {}, frozenset())


def page(quote="'", style="a", scripts=""):
    return PAGE.format(quote=quote, style=style, scripts=scripts)


def policy(html):
    return html.split('content="')[1].split('"')[0]


def source(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("quote", ["'", "&#39;"])
@pytest.mark.parametrize("style", ["p { color: red; }", 'p::after { content: "字\\n"; }\n'])
def test_the_policy_names_the_style_by_its_hash(quote, style):
    sealed = seal(page(quote, style), known(styles=[style]))
    assert policy(sealed) == f"default-src 'none'; script-src 'none'; style-src {source(style)}"
    assert sealed.endswith("<p title=\"'unsafe-inline'\">字</p>")


def test_the_policy_names_each_script_by_its_hash():
    scripts = ['f(1 > 0, "字");\n', "\ng();"]
    elements = "".join(f"<script>{script}</script>" for script in [*scripts, scripts[0]])
    allowed = " ".join(source(script) for script in scripts)
    assert (
        policy(seal(page(scripts=elements), known(scripts)))
        == f"default-src 'none'; script-src {allowed}; style-src {source('a')}"
    )


def test_a_script_s_hash_allows_no_style_and_the_other_way_round():
    script, style = policy(seal(page(style="s", scripts="<script>t</script>"), known(["t"], ["s"]))).split(
        "; "
    )[1:]
    assert source("t") in script and source("s") not in script
    assert source("s") in style and source("t") not in style


REFUSED = {
    "at a data address": '<script src="data:text/javascript;base64,YQ=="></script>',
    "at an address": '<script type="module" src="x.js"></script>',
    "in capitals": "<SCRIPT SRC=https://example.org/x.js></SCRIPT>",
    "with a text too": '<script\nsrc = "x.js">a</script >',
    "unknown": "<script>b</script>",
    "known, of a type that no browser need run as one": '<script type="text/python">a</script>',
    "known, as an import map": '<script type="importmap">a</script>',
    "without an end": "<script>a",
    "closed by a slash, which browsers overlook": "<script/>a</script>",
    "a style sheet": "<style>b</style>",
    "a style sheet without an end": "<style>a",
    "a style sheet inside a drawing": "<svg><style>b</style></svg>",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_the_engine_s_own_gets_no_hash(case):
    with pytest.raises(EngineError, match="expected only the engine's own, in the page itself"):
        seal(page(scripts=REFUSED[case]), known(["a"]))


def test_all_unknown_elements_are_named_at_once():
    with pytest.raises(EngineError) as error:
        seal(page(style="b", scripts="<script>c</script><script>d</script>"), known())
    assert [problem.found for problem in error.value.problems] == [
        "the style 'b'",
        "the script 'c'",
        "the script 'd'",
    ]


def test_a_data_block_is_not_run_and_gets_no_hash():
    block = f'<script type="application/json">{JSON}</script>'
    assert "script-src 'none'" in policy(seal(page(scripts=block), known()))


def test_another_text_needs_another_hash():
    first, second = (
        policy(seal(page(style=text, scripts=f"<script>{text}</script>"), known([text], [text])))
        for text in ("a", "b")
    )
    assert not set(first.split("; ")[1:]) & set(second.split("; ")[1:])


def test_a_page_without_styles_allows_none_and_one_without_policy_is_left_alone():
    assert "style-src 'none'" in policy(seal(page().replace("<style>a</style>", ""), known()))
    assert seal("<style>a</style>", known()) == "<style>a</style>"
