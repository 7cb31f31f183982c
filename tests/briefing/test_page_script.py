"""What the page's scripts do in a real Chromium: search, sort, and the notes on numbers."""

import re

import pytest

SCALES = {"万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}
ROWS = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
READING = 3
WORDS = {
    "en": {"place": "Hengqin", "shown": "{} of {} rows"},
    "zh": {"place": "横琴", "shown": "显示{}行，共{}行"},
}


@pytest.fixture()
def page(visit, built_run, lang):
    return visit(built_run / f"briefing.{lang}.html")


def rows(page, table="register"):
    """The texts of the cells of all shown rows."""
    return page.locator(f"#tbl-{table} tbody tr:visible").evaluate_all(ROWS)


def lowest(text):
    """The lower end of an interval as the register prints it, or None."""
    found = re.match(r"([\d,.]+)(?:–[\d,.]+)? ?(万|亿|thousand|million|billion)?", text)
    return float(found[1].replace(",", "")) * SCALES.get(found[2], 1) if found else None


def press(page, column, key):
    button = page.locator("#tbl-register th button").nth(column)
    button.focus()
    page.keyboard.press(key)
    assert button.evaluate("button => button === document.activeElement")
    return page.locator("#tbl-register th").evaluate_all(
        "heads => heads.map(head => head.getAttribute('aria-sort'))"
    )


def test_a_column_is_sorted_by_number_up_down_and_back(page):
    first = rows(page)
    assert press(page, READING, "Enter") == [None, None, None, "ascending", None]
    up = [lowest(row[READING]) for row in rows(page)]
    assert press(page, READING, "Space") == [None, None, None, "descending", None]
    down = [lowest(row[READING]) for row in rows(page)]
    values = sorted(value for value in up if value is not None)
    assert len(values) > 30 and max(values) > 1e8
    assert up == values + [None] * (len(up) - len(values))
    assert down == values[::-1] + [None] * (len(up) - len(values))
    assert sorted(rows(page)) == sorted(first) != rows(page)
    assert press(page, READING, "Enter") == [None] * 5
    assert rows(page) == first


def test_a_column_of_words_is_sorted_as_words(visit, built_run):
    page = visit(built_run / "briefing.en.html")
    press(page, 2, "Enter")
    words = [row[2].lower() for row in rows(page)]
    assert words[0] < words[len(words) // 2] < words[-1]
    assert [word[0] for word in words] == sorted(word[0] for word in words)


@pytest.mark.parametrize("table", ["register", "sources", "ledger"])
def test_a_table_is_searched_and_says_how_many_rows_are_shown(page, lang, table):
    everything = rows(page, table)
    field, status = page.locator(f"#tbl-{table} input"), page.locator(f"#tbl-{table} [role=status]")
    shown = WORDS[lang]["shown"]
    assert status.inner_text() == shown.format(len(everything), len(everything))
    asked = everything[-1][0].upper()
    field.press_sequentially(asked)
    matching = [row for row in everything if asked.lower() in " ".join(row).lower()]
    assert 0 < len(matching) < len(everything) and rows(page, table) == matching
    assert status.inner_text() == shown.format(len(matching), len(everything))
    field.fill("no such word")
    assert rows(page, table) == [] and status.inner_text() == shown.format(0, len(everything))
    field.fill("")
    assert rows(page, table) == everything


def test_words_are_found_in_any_order_and_numbers_without_their_commas(page, lang):
    field = page.locator("#tbl-register input")
    field.fill(f"238 {WORDS[lang]['place']}")
    assert len(rows(page)) == 1
    field.fill("2001")
    assert {"en": "2,001–2,999", "zh": "2001–2999"}[lang] in rows(page)[0][READING]


def test_a_number_leads_to_its_row_even_if_a_search_hid_it(page, until):
    page.locator("#tbl-ledger input").fill("no such word")
    number = page.locator("main p a.num").first
    row = page.locator(number.get_attribute("href").replace(".", "\\."))
    assert not row.is_visible()
    number.click()
    assert row.is_visible() and page.locator("#tbl-ledger input").input_value() == ""
    until(page, "document.querySelector(':target').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_note_lies_inside_the_window_at_its_full_width(visit, built_run, lang, width):
    page = visit(built_run / f"briefing.{lang}.html", width)
    notes = page.evaluate(
        """() => [...document.querySelectorAll('main a.num')].map(link => {
            link.focus({focusVisible: true});
            const note = document.getElementById('trace'), box = note.getBoundingClientRect();
            note.style.left = '0';
            return {
                asked: link.dataset.trace, shown: note.textContent, left: box.left, right: box.right,
                width: box.width, full: note.getBoundingClientRect().width,
            };
        })"""
    )
    assert len(notes) > 100
    assert [note for note in notes if note["shown"] != note["asked"]] == []
    assert [note for note in notes if note["left"] < 0 or note["right"] > width] == []
    assert [note for note in notes if abs(note["width"] - note["full"]) > 1 or note["width"] < 50] == []


def test_a_note_goes_with_escape_and_comes_back_with_the_focus(page):
    number, note = page.locator("main p a.num").nth(1), page.locator("#trace")
    number.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert note.is_visible() and number.get_attribute("aria-describedby") == "trace"
    page.keyboard.press("Escape")
    assert not note.is_visible() and number.get_attribute("aria-describedby") is None
    number.hover()
    assert not note.is_visible()
    page.keyboard.press("Tab")
    assert note.is_visible() and note.inner_text() != number.get_attribute("data-trace")
    page.keyboard.press("Shift+Tab")
    assert note.inner_text() == number.get_attribute("data-trace")


def test_a_note_stays_while_the_pointer_is_on_it(page):
    number, note = page.locator("main p a.num").first, page.locator("#trace")
    # The page's clock goes by when told to, however busy the machine is.
    page.clock.install()
    number.hover()
    note.hover()
    page.clock.run_for(500)
    assert note.is_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(2000)
    note.wait_for(state="hidden", timeout=2000)


@pytest.mark.parametrize(
    ("lang", "key", "tag", "runs"),
    [
        ("en", "research.jointlabs_staff", "zh-Hans", ["超", "名"]),
        ("zh", "ref.xbotpark_unicorns_2025", "en", ["China Newsweek"]),
    ],
)
def test_runs_of_the_other_script_carry_their_language_in_a_note(visit, built_run, lang, key, tag, runs):
    page = visit(built_run / f"briefing.{lang}.html")
    page.locator(f"a.num[data-key='{key}']").first.hover()
    assert page.locator(f"#trace [lang={tag}]").all_inner_texts()[: len(runs)] == runs


def test_without_script_a_note_stays_inside_the_page(visit, built_run, lang):
    page = visit(built_run / f"briefing.{lang}.html", 320, script=False)
    for number in page.locator("main p a.num").all()[:20]:
        number.hover()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert number.evaluate("link => getComputedStyle(link, '::after').content").startswith('"')
