"""The finished PDFs and pages, read once for all tests of this folder: reading a PDF takes seconds; and a
browser for the pages, the machine's own Chromium, without which its tests are skipped.
"""

import shutil
from functools import cache

import pytest
from html_blocks import HtmlBlocks
from pdf_tags import read_tags
from pypdf import PdfReader

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session", params=("en", "zh"))
def lang(request):
    return request.param


@pytest.fixture(scope="session")
def _read_pdf(built_run):
    @cache
    def read(lang):
        pdf = PdfReader(built_run / f"briefing.{lang}.pdf")
        return pdf, read_tags(pdf)

    return read


@pytest.fixture(scope="session")
def pdf(_read_pdf, lang):
    return _read_pdf(lang)[0]


@pytest.fixture(scope="session")
def tags(_read_pdf, lang):
    return _read_pdf(lang)[1]


@pytest.fixture(scope="session")
def html(built_run, lang):
    return HtmlBlocks((built_run / f"briefing.{lang}.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of this folder."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip(f"no Chromium on this machine: none of {', '.join(CHROMIUM)} is on PATH")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture()
def visit(browser):
    """Opens a file in a window of `width` × 900 pixels and returns the page; its log is in `said`, `asked`
    and `got`.
    """
    contexts = []

    def opened(path, width=1280, scheme="light", script=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked, page.got = [], [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("response", lambda response: page.got.append(response.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def wait(page, test):
    """Whether `test` comes true within five seconds; the browser's messages arrive meanwhile."""
    for _ in range(100):
        if test():
            return True
        page.wait_for_timeout(50)
    return False


@pytest.fixture(scope="session")
def until():
    """Waits for a JavaScript expression to be true; the driver's own way would need `eval`, which the page
    forbids.
    """

    def waited(page, expression):
        assert wait(page, lambda: page.evaluate(expression)), expression

    return waited


@pytest.fixture(scope="session")
def heard():
    """Whether the browser says something about the page."""
    return lambda page, words: wait(page, lambda: any(words in line for line in page.said))
