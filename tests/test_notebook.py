"""What a notebook may bring in, and in which form its results leave it."""

import json
import re

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from gba_analysis import notebook, parameters
from gba_analysis.analysis.cells import Word
from gba_analysis.charts.kinds.intervals import describe_intervals, interval_chart
from gba_analysis.charts.look import drawing_switch as switch
from gba_analysis.errors import DataError, ParameterError
from gba_analysis.other_languages import LANGUAGES, OTHERS

NAME = "02_platforms"


@pytest.fixture(scope="module")
def report():
    return notebook.begin(NAME, parameters.defaults(NAME))


@pytest.fixture
def shown():
    """Runs a call inside an IPython shell and returns the one output it displays."""
    InteractiveShell.instance()

    def run(call, *args, **kwargs):
        with capture_output(stdout=False, stderr=False) as captured:
            call(*args, **kwargs)
        [output] = captured.outputs
        return output

    yield run
    InteractiveShell.clear_instance()


def test_modules_functions_and_hidden_names_are_no_parameters(report):
    namespace = parameters.defaults(NAME) | {"begin": notebook.begin, "pd": pd, "_private": 1}
    assert notebook.begin(NAME, namespace).parameters == report.parameters


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"raeding": "strict"}, "02_platforms.ipynb, parameter raeding: .*did you mean 'reading'"),
        ({"reading": "loose"}, "one of strict, conventional, tight"),
        ({"cores": 5}, "unknown name 'cores'"),
    ],
)
def test_a_name_or_value_papermill_lets_pass_is_refused(extra, message):
    with pytest.raises(ParameterError, match=message):
        notebook.begin(NAME, parameters.defaults(NAME) | extra)


def test_a_chart_leaves_as_svg_with_its_alt_text(report, shown):
    output = shown(report.chart, interval_chart, describe_intervals, plain(), "Firms")
    assert set(output.data) == {"image/svg+xml", notebook.CHART, "text/plain"}
    assert (
        output.data["text/plain"]
        == output.metadata["image/svg+xml"]["alt"]
        == describe_intervals(plain(), "en", "Firms")
    )


def test_a_chart_leaves_for_a_wide_and_a_narrow_page_with_its_texts(report, shown):
    output = shown(report.chart, interval_chart, describe_intervals, plain(), "Firms").data
    assert [
        re.search(r'viewBox="0 0 ([\d.]+)', output[notebook.CHART][page])[1] for page in ("wide", "narrow")
    ] == ["482.4", "240"]
    assert all(">Firms</text>" in svg for svg in output[notebook.CHART].values())
    assert "</text>" not in output["image/svg+xml"]


def test_where_charts_are_not_drawn_only_the_alt_text_leaves(report, shown, monkeypatch):
    monkeypatch.setenv(switch.CHARTS, switch.NONE)
    output = shown(report.chart, interval_chart, describe_intervals, plain(), "Firms")
    assert output.data == {"text/plain": describe_intervals(plain(), "en", "Firms")}


def test_a_chart_without_alt_text_is_refused(report):
    with pytest.raises(ValueError, match="alt"):
        report.chart(interval_chart, lambda *_: " ", plain(), "Firms")


def test_a_chart_without_rows_is_a_line_that_says_so(report, shown):
    output = shown(report.chart, interval_chart, describe_intervals, plain().head(0), "Firms")
    assert output.data["text/plain"].startswith("Nothing to show")


def test_the_data_of_a_chart_leave_as_a_table_and_as_csv(report, shown):
    output = shown(report.data, plain())
    assert set(output.data) == {"text/markdown", notebook.DATA}
    assert output.data["text/markdown"].splitlines()[2] == "| a      | 1–2     |"
    assert output.data[notebook.DATA]["csv"] == "label,low,high,text\na,1.0,2.0,1–2\nb,3.0,,\\> 3\n".replace(
        "\\", ""
    )


def test_data_without_rows_say_so(report, shown):
    output = shown(report.data, plain().head(0))
    assert "Nothing to show" in output.data["text/markdown"]
    assert output.data[notebook.DATA]["csv"] == "label,low,high,text\n"


@pytest.mark.parametrize(
    ("table", "csv"), [(pd.DataFrame({"what": []}), "What it counts\n"), (pd.DataFrame(), "\n")]
)
def test_a_table_without_rows_says_so(report, shown, table, csv):
    output = shown(report.table, table)
    assert "Nothing to show" in output.data["text/markdown"]
    assert output.data[notebook.DATA]["csv"] == csv


def test_data_without_a_known_column_are_refused_with_the_known_ones(report):
    with pytest.raises(DataError) as caught:
        report.data(pd.DataFrame({"firms": [1]}))
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == (f"{NAME}.ipynb", "report.data")
    assert problem.found == "a table with the columns firms" and ", label, " in problem.expected


def test_a_theme_that_no_indicator_has_is_refused_with_the_known_ones(report):
    with pytest.raises(DataError) as caught:
        report.entries("platform")
    (problem,) = caught.value.problems
    assert problem.found == "the theme 'platform'" and problem.hint == "did you mean 'platforms'?"
    assert problem.expected == "one of evidence, industry, openness, platforms, research"


def plain():
    return pd.DataFrame(
        {"label": ["a", "b"], "low": [1.0, 3.0], "high": [2.0, float("inf")], "text": ["1–2", "> 3"]}
    )


def test_a_table_leaves_as_markdown_and_csv_and_nothing_else(report, shown):
    output = shown(report.table, pd.DataFrame({"a": ["1"]}))
    assert set(output.data) == {"text/markdown", notebook.DATA}
    assert output.data[notebook.DATA]["csv"] == "a\n1\n"


def test_values_leave_as_json_entries(report, shown):
    entries = report.entries("platforms")
    output = shown(report.publish, entries)
    assert json.loads(json.dumps(output.data[notebook.VALUES]))["values"] == entries
    assert "platforms.hengqin_hightech = 238" in output.data["text/plain"].splitlines()


def test_an_output_holds_the_other_languages_that_the_process_is_asked_for(report, shown, monkeypatch):
    calls = {
        "chart": (report.chart, interval_chart, describe_intervals, plain(), report.axis("percent")),
        "data": (report.data, plain()),
        "table": (report.table, pd.DataFrame({"verdict": [Word("verdict.confirmed")]})),
        "publish": (report.publish, report.entries("platforms")),
    }
    chinese = notebook.begin(NAME, parameters.defaults(NAME) | {"lang": "zh"})
    for name, (call, *given) in calls.items():
        monkeypatch.delenv(OTHERS, raising=False)
        en, zh = shown(call, *given), shown(getattr(chinese, name), *given)
        monkeypatch.setenv(OTHERS, "zh,en")
        both = shown(call, *given)
        own = dict(both.data)
        other = own.pop(LANGUAGES)
        assert (own, both.metadata) == (en.data, en.metadata)
        # English is the notebook's own, whoever asks for it, and what is the same is not said twice.
        assert [*other] == ["zh"] and not other["zh"]["data"].items() <= en.data.items()
        assert all(part != en.data[type_] for type_, part in other["zh"]["data"].items())
        assert (own | other["zh"]["data"], other["zh"]["metadata"]) == (zh.data, zh.metadata)


def test_an_axis_in_an_unknown_unit_is_refused(report):
    with pytest.raises(KeyError, match="percnt"):
        report.axis("percnt")


@pytest.mark.parametrize("times", [0, 2])
def test_no_values_or_a_key_twice_are_refused(report, times):
    with pytest.raises(ValueError, match="a key each"):
        report.publish(report.entries("platforms")[:1] * times)
