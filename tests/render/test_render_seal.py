"""A finished web page allows its own scripts and style sheet by their hashes, and nothing else that is
inline.
"""

import base64
import hashlib

import pytest

from gba_analysis.errors import EngineError
from gba_analysis.render.security_policy import seal

POLICY = "default-src {quote}none{quote}; script-src {quote}unsafe-inline{quote}; style-src {quote}unsafe-inline{quote}"
PAGE = (
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
    "<style>{style}</style><p title=\"'unsafe-inline'\">字</p>{scripts}"
)


def page(quote="'", style="a", scripts=""):
    return PAGE.format(quote=quote, style=style, scripts=scripts)


def policy(html):
    return html.split('content="')[1].split('"')[0]


def source(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("quote", ["'", "&#39;"])
@pytest.mark.parametrize("style", ["p { color: red; }", 'p::after { content: "字\\n"; }\n'])
def test_the_policy_names_the_style_by_its_hash(quote, style):
    sealed = seal(page(quote, style))
    assert policy(sealed) == f"default-src 'none'; script-src 'none'; style-src {source(style)}"
    assert sealed.endswith("<p title=\"'unsafe-inline'\">字</p>")


def test_the_policy_names_each_script_by_its_hash():
    scripts = ['f(1 > 0, "字");\n', "\ng();"]
    elements = "".join(f"<script>{script}</script>" for script in [*scripts, scripts[0]])
    allowed = " ".join(source(script) for script in scripts)
    assert (
        policy(seal(page(scripts=elements)))
        == f"default-src 'none'; script-src {allowed}; style-src {source('a')}"
    )


def test_a_script_s_hash_allows_no_style_and_the_other_way_round():
    script, style = policy(seal(page(style="s", scripts="<script>t</script>"))).split("; ")[1:]
    assert source("t") in script and source("s") not in script
    assert source("s") in style and source("t") not in style


@pytest.mark.parametrize(
    "script",
    [
        '<script src="data:text/javascript;base64,YQ=="></script>',
        '<script type="module" src="x.js"></script>',
        "<SCRIPT SRC=https://example.org/x.js></SCRIPT>",
        '<script\nsrc = "x.js">a</script >',
    ],
)
def test_a_script_at_an_address_is_refused(script):
    with pytest.raises(EngineError, match="a script that stands in the page"):
        seal(page(scripts=script))


def test_another_text_needs_another_hash():
    first, second = (
        policy(seal(page(style=text, scripts=f"<script>{text}</script>"))) for text in ("a", "b")
    )
    assert not set(first.split("; ")[1:]) & set(second.split("; ")[1:])


def test_a_page_without_styles_allows_none_and_one_without_policy_is_left_alone():
    assert "style-src 'none'" in policy(seal(page().replace("<style>a</style>", "")))
    assert seal("<style>a</style>") == "<style>a</style>"
