"""Each rule of the codings and the searches is broken once, and found in its row and column."""

import pytest


def test_a_coding_without_its_pair_is_found(copy):
    rows = copy.read("codings")
    assert rows[1][:2] == ["x_cluster_rise", "1"]
    copy.write("codings", [rows[0], *rows[2:]])
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/codings.csv", "row 2, column coder")
    assert problem.found == "1 for 'x_cluster_rise'" and problem.expected == "one of each coder (1, 2)"


def test_a_judgement_that_nobody_coded_is_found(copy):
    rows = copy.read("codings")
    copy.write("codings", [rows[0], *rows[3:]])
    row = copy.set("crosschecks", "x_cluster_rise")
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/crosschecks.csv", f"row {row}, column basis")
    assert problem.found == "'x_cluster_rise' without a coding"


def test_a_coder_finds_something(copy):
    copy.set("codings", "x_cluster_rise", verdict="not_found")
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/codings.csv", "row 2, column verdict")
    assert problem.expected == "a verdict on what was found"


@pytest.mark.parametrize(
    ("cells", "column", "found"),
    [
        ({"found": "gii_credit_2025 gii_credit_1925"}, "found", "'gii_credit_1925'"),
        ({"found": "gii_credit_2025, gii_method_2025"}, "found", "'gii_credit_2025, gii_method_2025'"),
        ({"direction": "both"}, "direction", "'both'"),
        ({"searched_on": "yesterday"}, "searched_on", "'yesterday'"),
        ({"claim_id": "cluster_sank"}, "claim_id", "'cluster_sank'"),
    ],
)
def test_a_search_says_what_for_when_and_what_it_brought(copy, cells, column, found):
    row = copy.set("searches", "cluster_rise", **cells)
    problem = copy.problems()[0]
    assert (problem.file, problem.place) == ("data/searches.csv", f"row {row}, column {column}")
    assert problem.found.startswith(found)


def test_what_was_looked_for_against_was_looked_for_as_well(facts):
    """Every claim with a search against it has one for it, or one that takes no side."""
    sides = {}
    for (claim, _), row in facts.rows("searches").items():
        sides.setdefault(claim, set()).add(row["direction"])
    assert [claim for claim, found in sides.items() if found == {"against"}] == []
    assert any("against" in found for found in sides.values())
