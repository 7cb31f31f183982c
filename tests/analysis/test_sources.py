"""The list of sources and its numbers, notes under charts, and the references as ledger entries."""

import pandas as pd
import pytest

from gba_analysis.analysis.cells import text_of, texts_of
from gba_analysis.analysis.derived import indicator_rows
from gba_analysis.analysis.sources import (
    cited,
    note_entries,
    period,
    reference_entries,
    reference_figure,
    source_note,
    source_numbers,
    sources,
)


def test_numbers_follow_the_first_use_without_gaps(facts):
    numbers = source_numbers(facts)
    assert set(numbers.index) == set(facts.references.index)
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert numbers["gii_cluster_rank_2025"] == 1
    first = list(dict.fromkeys(numbers))
    assert first == sorted(first)
    assert text_of(sources(facts).loc[1, "publisher"], facts, "en") == "WIPO"


def test_one_page_is_one_source(facts):
    numbers = source_numbers(facts)
    assert numbers["gii_cluster_rank_2025"] == numbers["gii_method_2025"]
    assert numbers["hengqin_hightech_2023_09"] == numbers["hengqin_platforms_2023_09"]
    assert numbers["hengqin_hightech_2023_09"] != numbers["hengqin_hightech_2024_02"]


def test_every_better_source_has_an_address(facts):
    table = sources(facts)
    assert table.loc[table["grade"] != "C", "address"].all()
    assert not table.loc[table["grade"] == "C", "address"].all()
    assert table.loc[7, "number"] == "[7]"


def test_grades_leave_sources_out_and_keep_their_numbers(facts):
    everything, better = sources(facts), sources(facts, "B")
    assert set(better["grade"]) == {"A", "B"}
    assert better.equals(everything[everything["grade"] != "C"])


def test_a_note_names_the_sources_of_the_plotted_rows(facts):
    rows = pd.DataFrame({"source": [8, 0, 1, 2, 8]})
    assert cited(rows) == [1, 2, 8]
    assert (
        text_of(source_note(facts, cited(rows)), facts, "en")
        == "Sources: grade A [1]; grade B [2]; grade C [8]."
    )
    assert text_of(source_note(facts, cited(rows)), facts, "zh") == "来源：A级[1]；B级[2]；C级[8]。"
    [entry] = note_entries(facts, {"rank": rows.head(2)})
    assert (entry["key"], entry["text"]["en"]) == ("note.rank", "Sources: grade C [8].")
    assert (
        text_of(source_note(facts, cited(rows[rows["source"] == 0])), facts, "en")
        == "Sources: none of the chosen grade."
    )


@pytest.mark.parametrize(
    ("reference", "english", "chinese"),
    [
        ("hengqin_hightech_2023_09", "282", "282"),
        ("csns_hkm_projects_2023_12", "more than 60", "超过60"),
        ("hightech_guangdong_2024", "about 77,000", "约77,000"),
        ("hk_unicorn_list_in_hk_2021", "at least 9", "至少9"),
        ("xbotpark_success_2025_07", "80\u00a0%", "80%"),
        ("nscc_core_hours_2020_07", "more than 100 million", "超过1亿"),
        ("forum_joint_2024", "2024", "2024"),
    ],
)
def test_a_reference_in_words(facts, reference, english, chinese):
    figure = reference_figure(facts, reference, "reported")
    assert texts_of(figure, facts) == {"en": english, "zh": chinese}


def test_references_with_a_number_are_in_the_ledger(facts, rule):
    entries = {entry["key"]: entry for entry in reference_entries(facts, rule)}
    numbers = {f"ref.{id_}" for id_, row in facts.references.iterrows() if row["value"] is not None}
    assert set(entries) == numbers | {f"{key}_period" for key in numbers}
    entry = entries["ref.csns_hkm_projects_2023_12"]
    assert (entry["low"], entry["high"], entry["unit"]) == ("61", "69", "experiments")
    assert entry["expression"] == "People’s Daily Overseas Edition, 2023-12-15"


@pytest.mark.parametrize(
    ("time", "english", "chinese"), [("2024-02", "February 2024", "2024年2月"), ("2025", "2025", "2025年")]
)
def test_a_period_in_words(facts, time, english, chinese):
    assert texts_of(period(time), facts) == {"en": english, "zh": chinese}


def test_a_reference_below_the_lowest_grade_is_published_but_says_nothing(facts, rule):
    entries = {entry["key"]: entry for entry in reference_entries(facts, rule, "B")}
    left_out, kept = entries["ref.hengqin_hightech_2024_02"], entries["ref.hengqin_hightech_2024_12"]
    assert (left_out["low"], left_out["high"], left_out["text"]["en"]) == (None, None, "282")
    assert (kept["low"], kept["high"]) == ("265", "265")


def test_a_chart_of_the_articles_figures_alone_says_so(facts, rule):
    rows = indicator_rows(facts, rule, ["jointlabs"])
    [entry] = note_entries(facts, {"laboratories": rows})
    assert entry["text"] == {"en": "Source: the article.", "zh": "来源：文章。"}
    [mixed] = note_entries(facts, {"laboratories": rows.assign(source=1)})
    assert mixed["text"]["en"].startswith("Sources: grade A [1]")
    [nothing] = note_entries(facts, {"laboratories": rows.head(0)})
    assert nothing["text"]["en"] == "Sources: none of the chosen grade."
