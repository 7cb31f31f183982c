"""The finished web page in a real Chromium: axe-core, the keyboard, the security policy, the page without its
script.

Every check is also seen to fail on a page with the fault it looks for.
"""

import re
from itertools import product

import pytest
from sampling import sampled

WIDTHS = (320, 768, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rows of a long table are alike, and the contrast of each takes time: outside the narrow window the first
# stand for all.
SHORTEN = "document.querySelectorAll('tbody tr:nth-child(n + 25)').forEach(row => row.hidden = true)"
OPEN_ALL = "document.querySelectorAll('details').forEach(details => details.open = true)"
# What the keyboard must reach, in the order of the page.
FOCUSABLE = """a[href], button, input, summary, [tabindex="0"]"""
STOPS = f"[...document.querySelectorAll('{FOCUSABLE}')].filter(e => e.checkVisibility())"
# Whether an element is on the screen and its outline is seen.
SHOWN = """element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const above = box.bottom <= 0, below = box.top >= innerHeight;
  const beside = box.right <= 0 || box.left >= innerWidth;
  const seen = !above && !below && !beside && style.opacity === '1';
  return seen && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.fixture()
def briefing(built_run, lang):
    return built_run / f"briefing.{lang}.html"


@pytest.fixture(scope="session")
def violations():
    """Runs axe-core on a page and returns (rule, element) for each violation."""
    module = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    axe = module.Axe()

    def found(page, rules=None):
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
        options = {"runOnly": only, "resultTypes": ["violations"], "reporter": "no-passes"}
        # Of texts over drawn shapes axe can only say that it cannot say; that takes it most of its time.
        results = axe.run(page, context={"exclude": [[".chart svg"]]}, options=options).response
        return [(rule["id"], str(node["target"])) for rule in results["violations"] for node in rule["nodes"]]

    return found


@pytest.mark.parametrize(("scheme", "width"), sampled([*product(["light", "dark"], WIDTHS)], 3))
def test_axe_finds_nothing(visit, violations, briefing, scheme, width):
    page = visit(briefing, width, scheme)
    page.evaluate(OPEN_ALL)
    if width > min(WIDTHS):
        page.evaluate(SHORTEN)
    assert violations(page) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (
            "scrollable-region-focusable",
            "document.querySelectorAll('.scroll').forEach(e => e.removeAttribute('tabindex'))",
        ),
        ("landmark-unique", "document.querySelectorAll('.scroll').forEach(e => e.ariaLabel = 'Table')"),
        ("link-name", "document.querySelector('.anchor').removeAttribute('aria-label')"),
        ("label", "document.querySelector('.search').append(document.querySelector('.search input'))"),
        ("color-contrast", "document.querySelector('.subtitle').style.color = '#999'"),
        ("role-img-alt", "document.querySelector('.chart').removeAttribute('aria-label')"),
    ],
)
def test_axe_sees_each_fault(visit, violations, built_run, rule, fault):
    page = visit(built_run / "briefing.en.html", 320)
    page.evaluate(OPEN_ALL)
    assert violations(page, [rule]) == []
    page.evaluate(fault)
    assert {name for name, _ in violations(page, [rule])} == {rule}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_asks_for_nothing_and_complains_of_nothing(visit, briefing, width):
    page = visit(briefing, width)
    page.evaluate(OPEN_ALL)
    assert [url for url in page.asked if not url.startswith("data:")] == [briefing.as_uri()]
    assert page.said == []


@pytest.mark.parametrize(
    "fault",
    [
        '<img src="https://example.org/x.png" alt="x" />',
        '<img src="x.png" alt="x" />',
        '<link rel="stylesheet" href="https://example.org/x.css" />',
        '<script src="https://example.org/x.js"></script>',
        "<script>document.title = 'changed';</script>",
        '<script src="data:text/javascript,document.title=1"></script>',
        "<p onclick=\"document.title = 'changed'\">x</p>",
        '<p style="color: red">x</p>',
        "<style>p { color: red; }</style>",
        '<form action="https://example.org/"><button id="send">x</button></form>',
        '<iframe src="https://example.org/"></iframe>',
    ],
)
def test_the_policy_refuses_what_does_not_belong_to_the_page(visit, heard, built_run, tmp_path, fault):
    text = (built_run / "briefing.en.html").read_text(encoding="utf-8")
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace("<main ", fault + "<main ", 1), encoding="utf-8")
    page = visit(changed)
    for element in page.locator("[onclick], #send").all():
        element.evaluate("element => element.click()")
    assert heard(page, "Content Security Policy")
    assert page.got == [changed.as_uri()]
    assert page.evaluate("document.title") != "changed"


FONTS = "[...document.fonts].map(font => font.weight + ' ' + font.status)"


def test_the_browser_takes_both_fonts_of_the_page(visit, until, briefing):
    page = visit(briefing)
    until(page, f"!{FONTS}.join().includes('loading')")
    assert sorted(page.evaluate(FONTS)) == ["400 loaded", "700 loaded"]


def test_a_damaged_font_is_seen(visit, until, built_run, tmp_path):
    # The page's security policy refuses a changed style sheet altogether.
    text = re.sub(
        '<meta http-equiv="Content-Security-Policy"[^>]*>',
        "",
        (built_run / "briefing.en.html").read_text(encoding="utf-8"),
    )
    before, mark, after = text.partition("data:font/woff2;base64,")
    damaged = tmp_path / "damaged.html"
    damaged.write_text(f"{before}{mark}AAAA{after[4:]}", encoding="utf-8")
    page = visit(damaged)
    until(page, f"{FONTS}.join().includes('error')")


def test_the_page_does_not_scroll_sideways(visit, briefing):
    page = visit(briefing, 320)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate("document.querySelector('.subtitle').style.width = '400px'")
    assert page.evaluate("document.documentElement.scrollWidth") > 320


@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(visit, until, briefing, width):
    page = visit(briefing, width)
    count = page.evaluate(f"(window.stops = {STOPS}).length")
    assert page.evaluate("window.stops[0].className") == "skip-link"
    for index in range(count):
        page.keyboard.press("Tab")
        # A key is sent, not waited for: the page says when it has come to where it leads.
        until(page, f"window.stops.indexOf(document.activeElement) === {index}")
        until(page, f"({SHOWN})(document.activeElement)")
    page.keyboard.press("Tab")
    until(page, "document.activeElement === document.body")


def test_the_skip_link_leads_past_the_contents(visit, until, briefing):
    page = visit(briefing)
    page.keyboard.press("Tab")
    until(page, "document.activeElement.className === 'skip-link'")
    page.keyboard.press("Enter")
    until(page, "location.hash !== ''")
    page.keyboard.press("Tab")
    until(page, "document.querySelector('main').contains(document.activeElement)")


def test_folded_data_open_with_the_keyboard_and_join_the_order(visit, until, briefing):
    page = visit(briefing, 320)
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("details[open] .scroll[tabindex]").wait_for()
    page.keyboard.press("Tab")
    until(page, "document.activeElement.matches('details[open] .scroll')")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")


def test_only_a_region_that_scrolls_is_a_stop(visit, until, built_run):
    mistaken = "e => (e.scrollWidth > e.clientWidth) === (e.tabIndex < 0)"
    wrong = f"[...document.querySelectorAll('.scroll')].filter({mistaken})"
    page = visit(built_run / "briefing.en.html", 320)
    page.evaluate(OPEN_ALL)
    counts = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        until(page, f"{wrong}.length === 0")
        counts.append(page.locator(".scroll[tabindex='0']").count())
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]


def test_without_script_nothing_is_missing(visit, briefing):
    plain, scripted = (visit(briefing, script=script) for script in (False, True))
    rows = "[...document.querySelectorAll('table')].map(table => table.rows.length)"
    assert plain.evaluate(rows) == scripted.evaluate(rows)
    assert plain.locator(".search, th button, #trace").count() == 0
    scripted.evaluate("document.querySelectorAll('.search').forEach(element => element.remove())")
    texts = [re.sub(r"\s+", "", page.inner_text("main")) for page in (plain, scripted)]
    assert texts[0] == texts[1]
    assert plain.locator(".scroll[tabindex='0']").count() == plain.locator("table").count()


def test_each_heading_has_a_link_to_itself(visit, briefing):
    page = visit(briefing)
    headings = page.locator("main :is(h1, h2, h3, h4)")
    assert headings.count() == page.locator(".anchor").count() > 10
    for heading in headings.all():
        anchor = page.locator(f"#{heading.get_attribute('id')} + .anchor")
        words = heading.evaluate("h => [...h.childNodes].slice(1).map(n => n.textContent).join('').trim()")
        assert anchor.get_attribute("href") == f"#{heading.get_attribute('id')}"
        assert words and anchor.get_attribute("aria-label").endswith(words)
        assert anchor.text_content() == ""
        anchor.focus()
        assert (
            anchor.evaluate("a => getComputedStyle(a).opacity + getComputedStyle(a, '::before').content")
            == '1"#"'
        )
        assert anchor.bounding_box()["width"] >= 20
    assert page.locator("#TOC .anchor").count() == 0


def test_the_head_says_language_title_and_description(visit, briefing, lang):
    page = visit(briefing)
    named = (
        "[...document.querySelectorAll('meta')].map(m => [m.getAttribute('property') ?? m.name, m.content])"
    )
    meta = dict(page.evaluate(named))
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    assert meta["og:locale"] == {"en": "en_US", "zh": "zh_CN"}[lang]
    assert meta["og:locale:alternate"] == {"en": "zh_CN", "zh": "en_US"}[lang]
    assert meta["og:title"] == page.title() == page.inner_text("h1.title")
    assert meta["og:description"] == meta["description"] != ""
