"""A finished web page allows its own style sheet by its hash, and nothing else that is inline."""

import base64
import hashlib

import pytest

from gba_analysis.render.seal import seal

PAGE = (
    '<meta http-equiv="Content-Security-Policy" content="default-src {quote}none{quote}; style-src {quote}unsafe-inline{quote}" />'
    "<style>{style}</style><p title=\"'unsafe-inline'\">字</p>"
)


def policy(html):
    return html.split('content="')[1].split('"')[0]


@pytest.mark.parametrize("quote", ["'", "&#39;"])
@pytest.mark.parametrize("style", ["p { color: red; }", 'p::after { content: "字\\n"; }\n'])
def test_the_policy_names_the_style_by_its_hash(quote, style):
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    sealed = seal(PAGE.format(quote=quote, style=style))
    assert policy(sealed) == f"default-src 'none'; style-src 'sha256-{digest}'"
    assert sealed.endswith("<p title=\"'unsafe-inline'\">字</p>")


def test_another_style_needs_another_hash():
    first, second = (policy(seal(PAGE.format(quote="'", style=style))) for style in ("a", "b"))
    assert first != second


def test_a_page_without_styles_allows_none_and_one_without_policy_is_left_alone():
    assert "style-src 'none'" in policy(seal(PAGE.format(quote="'", style="").replace("<style></style>", "")))
    assert seal("<style>a</style>") == "<style>a</style>"
