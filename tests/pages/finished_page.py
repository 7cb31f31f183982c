"""How the tests of finished pages ask what is wrong with the sample's English web page."""

FORMATS = ("html", "pdf")


def found(expected, html, *, is_sealed=False):
    """What is wrong with the English web page, in short."""
    problems = expected["en", "html"].problems(html.encode(), is_sealed=is_sealed)
    return [problem.found for problem in problems]


def with_markup(html, markup):
    """The page with `markup` at its end, below its only footnote."""
    assert html.count("</main>") == 1
    return html.replace("</main>", f"<p>{markup}</p></main>")
