"""Events in time, the forum's cadence, and who counts as the partner of a collaboration."""

import pytest

from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.openness import (
    OUTSIDE,
    cadence,
    collaboration_matrix,
    links_table,
    partners,
    summary_entries,
    timeline,
)
from gba_analysis.errors import ParameterError


def test_timeline_is_in_order_of_time(facts):
    table = in_words(timeline(facts), facts, "en")
    assert len(table) == len(facts.events) and table["start"].is_monotonic_increasing
    first = table.loc["forum_first"]
    assert (first["start"], first["end"], first["kind"], first["ongoing"]) == (2021.0, 2022.0, "year", False)
    assert table.loc["open_funding", "ongoing"] and table.loc["open_funding", "start"] == 2019.0


@pytest.mark.parametrize(
    ("date_from", "date_to", "expected"),
    [
        ("2024", "", (2024.0, 2025.0, "year")),
        # The middle of December: 11.5 months after the year began.
        ("2021-12", "", (2021 + 11.5 / 12, 2021 + 11.5 / 12, "point")),
        ("2021", "2023", (2021.0, 2024.0, "span")),
        ("2021-07", "2022-06", (2021.5, 2022.5, "span")),
    ],
)
def test_dates_of_every_precision(facts, add_row, date_from, date_to, expected):
    changed = add_row(facts, "events", "made_up", "forum_first", date_from=date_from, date_to=date_to)
    row = in_words(timeline(changed), changed, "en").loc["made_up"]
    assert (row["start"], row["end"]) == pytest.approx(expected[:2]) and row["kind"] == expected[2]


def test_cadence_is_an_interval(facts, rules, values):
    table = in_words(cadence(facts, rules["conventional"], values), facts, "en")
    assert table.loc["openness.forum_cadence", "value"] == "1.00–1.67 years per edition"
    assert table.loc["openness.forum_scientists_per_edition", "condition"] != "–"


def test_the_partner_is_the_end_outside_the_mainland(facts):
    links = partners(facts)
    assert set(links["side"]) <= set(OUTSIDE)
    assert links.loc["covid_research", ["partner", "other", "side"]].tolist() == [
        "cuhk",
        "gz_national_lab",
        "hongkong",
    ]
    assert links.loc["robot_chip_center", ["partner", "side"]].tolist() == ["um", "macao"]
    assert links.loc["anso_nansha", ["partner", "side"]].tolist() == ["anso", "international"]


def test_the_direction_of_a_link_does_not_decide(facts, add_row):
    ends = {"from_entity_id": "um", "to_entity_id": "amicro"}
    turned = partners(add_row(facts, "links", "made_up", "robot_chip_center", **ends))
    assert turned.loc["made_up", ["partner", "other"]].tolist() == ["um", "amicro"]


@pytest.mark.parametrize(
    ("start", "end", "partner"),
    [
        ("anso", "hku", "hku"),
        ("hku", "anso", "hku"),
        # Two equal ends: the one it goes to.
        ("hku", "um", "um"),
        ("anso", "latin_america", "latin_america"),
    ],
)
def test_two_ends_outside_the_mainland(facts, add_row, start, end, partner):
    changed = add_row(facts, "links", "made_up", "alliance_hk", from_entity_id=start, to_entity_id=end)
    assert partners(changed).loc["made_up", "partner"] == partner


def test_a_link_within_the_mainland_has_no_partner(facts, add_row):
    changed = add_row(facts, "links", "made_up", "alliance_hk", from_entity_id="csns", to_entity_id="sysu")
    assert "made_up" not in partners(changed).index
    assert collaboration_matrix(changed)["count"].sum() == collaboration_matrix(facts)["count"].sum()


def test_matrix_counts_every_link_once(facts):
    table = in_words(collaboration_matrix(facts), facts, "en")
    assert table["count"].sum() == len(partners(facts))
    assert len(table) == table["row"].nunique() * table["column"].nunique()
    chips = table[
        (table["row"] == "University of Macau") & (table["column"] == "Chips and optical communication")
    ]
    assert list(chips["count"]) == [1]


def test_matrix_stands_by_side_then_by_number_of_links(facts):
    table, regions = collaboration_matrix(facts), facts.entities["region"]
    table = table.assign(partner=[name.id for name in table["row"]])
    totals = table.assign(side=table["partner"].map(regions)).groupby(["side", "partner"], sort=False)
    counts = totals["count"].sum()
    sides = list(dict.fromkeys(counts.index.get_level_values("side")))
    assert sides == ["hongkong", "macao", "international"]
    assert all(counts[side].is_monotonic_decreasing for side in sides)


def test_min_links_leaves_out_the_others(facts):
    table = in_words(collaboration_matrix(facts, min_links=3), facts, "en")
    totals = table.groupby("row")["count"].sum()
    every = in_words(collaboration_matrix(facts), facts, "en").groupby("row")["count"].sum()
    assert totals.to_dict() == every[every >= 3].to_dict() and totals.min() >= 3 > every.min()
    # A field without a link of those shown has no column.
    assert table.groupby("column")["count"].sum().min() > 0


def test_more_links_than_anyone_has(facts):
    most = in_words(collaboration_matrix(facts), facts, "en").groupby("row")["count"].sum().max()
    assert not in_words(collaboration_matrix(facts, int(most)), facts, "en").empty
    with pytest.raises(
        ParameterError, match=f"parameter min_links: found {most + 1}, expected at most {most}"
    ):
        in_words(collaboration_matrix(facts, int(most) + 1), facts, "en")


def test_links_table(facts):
    table = in_words(links_table(facts), facts, "zh")
    row = table.loc["covid_research"]
    assert row[["partner", "kind", "place"]].tolist() == [
        "香港中文大学",
        "联合攻关",
        "1.2",
    ]


def test_summary_adds_up(facts):
    counts = {entry["key"].removeprefix("openness."): int(entry["low"]) for entry in summary_entries(facts)}
    assert counts["links"] == counts["links_hongkong"] + counts["links_macao"] + counts["links_international"]
    # Told of Hong Kong and Macao together: one collaboration, two links.
    assert counts["partners"] < counts["collaborations"] < counts["links"]
    assert counts["ongoing"] < counts["events"] == len(facts.events)


def test_a_collaboration_told_once_is_counted_once(facts, add_row):
    def collaborations(facts):
        [entry] = [entry for entry in summary_entries(facts) if entry["key"] == "openness.collaborations"]
        return int(entry["low"])

    again = add_row(facts, "links", "made_up", "joint_laboratories_hk", to_entity_id="hku")
    another = add_row(facts, "links", "made_up", "joint_laboratories_hk", name_en="Another collaboration")
    assert collaborations(again) == collaborations(facts) == collaborations(another) - 1
