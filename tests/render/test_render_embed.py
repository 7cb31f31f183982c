"""Files put into the page: the same page as Pandoc's own embedding writes."""

import shutil

import pytest
from render_sample import SAMPLE

from gba_analysis import kit
from gba_analysis.errors import EngineError
from gba_analysis.render.embed import embed_resources
from gba_analysis.render.pandoc import run_pandoc

ALT = "The &quot;first&quot; of World&#x27;s &lt;3&gt; &amp; more"
CHART = f"""<div class="chart" role="img" aria-label="{ALT}">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9" fill="url(#a)" />\
<text>It's "R&amp;D" &gt; 3</text></svg></div>"""
TEXT = f"""# "Quotes" & it's `a's "b" < c`

Text with [a 'link'](https://a.b/?c=d&e='f' "It's a \\"title\\""), \
[33]{{.num data-trace="x < y & 'z'"}} and $5, 香港“…”—\u00a0.

![An 'alt' text & "more" for $3](chart.svg){{width=50%}}

![Again](chart.svg)

```{{=html}}
{CHART}
```

| It's | "b" |
|:--|--:|
| <https://a.b> | x^[A note's "text".] |
"""


@pytest.fixture()
def page(tmp_path):
    """The arguments for a page in a folder with the kit's style sheet and scripts, a chart beside it, and
    that folder.
    """
    folder, beside = tmp_path / "folder", tmp_path / "be side"
    beside.mkdir()
    for part in ("styles", "scripts"):
        shutil.copytree(kit.FOLDER / part, folder / part)
    for name in ("Regular", "Bold"):
        (folder / "styles" / "fonts").mkdir(exist_ok=True)
        (folder / "styles" / "fonts" / f"GBASansSC-{name}.woff2").write_bytes(name.encode() * 9)
    shutil.copy(SAMPLE / "chart.svg", beside)
    template = kit.FOLDER / "templates" / "briefing.html"
    look = [
        "--css=styles/briefing.css",
        f"--template={template}",
        '--metadata=title:It\'s "one"',
        "--metadata=lang:en",
    ]
    return (
        ["--from=markdown", "--to=html5", "--standalone", "--toc", "--wrap=none", *look],
        [f"--resource-path={beside}"],
        folder,
    )


def test_the_page_is_that_of_pandocs_own_embedding(page):
    arguments, look_up, folder = page
    own = run_pandoc([*arguments, *look_up, "--embed-resources"], TEXT, folder=folder)
    assert own.count("data:image/svg+xml;base64") == 2 and own.count("data:font/woff2") == 2
    assert (
        embed_resources(
            run_pandoc(arguments, TEXT, folder=folder), folder=folder, arguments=look_up, source="page"
        )
        == own
    )


def test_a_page_without_files_stays_as_it_is(page):
    assert embed_resources("<p>Text</p>", folder=page[2], arguments=[], source="page") == "<p>Text</p>"


@pytest.mark.parametrize(
    "name", ["scripts/notes.js", "styles/briefing.css", "styles/fonts/GBASansSC-Bold.woff2"]
)
def test_a_missing_file_is_an_error(page, name):
    arguments, look_up, folder = page
    (folder / name).unlink()
    with pytest.raises(EngineError, match=name.rpartition("/")[2]):
        embed_resources(
            run_pandoc(arguments, TEXT, folder=folder), folder=folder, arguments=look_up, source="page"
        )
