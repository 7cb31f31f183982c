"""Which paragraphs the PDF keeps on the page of what follows them."""

import pytest

from gba_analysis import kit
from gba_analysis.render.pandoc import run_pandoc

LONG = "Words that go on. " * 20


def kept(repository, text, to="typst"):
    """Whether a paragraph of `text` is kept, by the call that the template answers."""
    arguments = ["--from=markdown", f"--to={to}", f"--lua-filter={kit.FOLDER}/filters/keep.lua"]
    return "briefing-keep" in run_pandoc(arguments, text, folder=repository.root)


@pytest.mark.parametrize(
    "text",
    [
        "# Heading\n\nOne line.\n\n![Chart](c.svg)\n\nEnd.",
        "# 标题\n\n文章为几件事注明了时间。\n\n后文。",
        "# Heading\n\nFirst.\n\nThese are:\n\n- one\n- two\n",
        f"{LONG}\n\nThese are:\n\n1. one\n2. two\n",
    ],
)
def test_a_short_paragraph_that_leads_to_something_is_kept(repository, text):
    assert kept(repository, text)
    assert not kept(repository, text, "html")


@pytest.mark.parametrize(
    "text",
    [
        f"# Heading\n\n{LONG}\n\nEnd.",
        f"# 标题\n\n{'一段较长的文字。' * 20}\n\n后文。",
        "# Heading\n\nOne line.\n\n# Next heading\n",
        "# Heading\n\nThe last line.",
        f"{LONG}\n\nA short one.\n\n{LONG}",
    ],
)
def test_others_may_be_left(repository, text):
    assert not kept(repository, text)
