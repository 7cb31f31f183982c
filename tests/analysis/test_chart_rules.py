"""The rows of charts.csv: what keeps a title from being made is named, with what is near."""

from dataclasses import replace

import pytest

from gba_analysis.analysis.chart_rules import chart_problems, label_problems
from gba_analysis.words import Words

TITLED = {"firmness": "notebooks/01_evidence.ipynb", "cards": "notebooks/08_key_figures.ipynb"}


def changed(facts, label, cells):
    charts = facts.charts.copy()
    for column, cell in cells.items():
        charts.loc[label, column] = cell
    return replace(facts, charts=charts)


def test_the_charts_of_data_have_no_problem(facts):
    assert chart_problems(facts) == []


@pytest.mark.parametrize(
    ("label", "cells", "found"),
    [
        ("firmness", {"kind": "sum"}, "'sum', expected one of count, named"),
        ("firmness", {"kind": "cuont"}, "(did you mean 'count'?)"),
        ("firmness", {"sentence": "firmnes"}, "no sentence title.firmnes"),
        ("firmness", {"sentence": "firmnes"}, "in data/words.<language>.yml (did you mean 'firmness'?)"),
        ("intensity", {"sentence": "people_one"}, "no sentence title.people_one_one"),
        ("firmness", {"noun": "figures"}, "'figures', expected a key of the group noun"),
        ("firmness", {"noun": "figures"}, "(did you mean 'figure'?)"),
        ("firmness", {"about": "exact=qualifier.exactly"}, "the key 'qualifier.exactly'"),
        ("firmness", {"about": "exact=qualifier.exactly"}, "(did you mean 'qualifier.exact'?)"),
        ("firmness", {"about": "qualifier.exact"}, "pairs such as name=key"),
        ("makeup", {"about": "hightech=hengqin_hightec"}, "the id 'hengqin_hightec'"),
        ("makeup", {"about": "hightech=hengqin_hightec"}, "(did you mean 'hengqin_hightech'?)"),
        ("patents", {"about": "own=szhkgz"}, "the id 'szhkgz'"),
        ("partners", {"about": "tied=friend"}, "the noun 'friend'"),
        ("timeline", {"test": "latest"}, "column test: found latest"),
        ("timeline", {"test": ""}, "comparisons"),
        (
            "people",
            {"about": "staff=jointlabs_hkm_staff staff=jointlabs_staff"},
            "a name twice in 'staff=jointlabs_hkm_staff staff=jointlabs_staff', expected each name",
        ),
        (
            "people",
            {"about": "staff=jointlabs_staff researcher=jointlabs_hkm_staff"},
            "the name 'researcher', which neither the kind named nor its sentence knows, "
            "expected one of researchers, staff (did you mean 'researchers'?)",
        ),
        ("overview", {"about": "tied=verdict.confirmed"}, "the name 'tied', which neither the kind count"),
        ("partners", {"about": "form=x tied=partner"}, "the name 'form', which neither the kind most"),
        ("ranks", {"about": "own=szhkgz_cluster"}, "the name 'own', which neither the kind series"),
        ("partners", {"about": ""}, "no 'tied', expected tied=…, which the kind most needs"),
        ("patents", {"about": "cluster=panel.cluster"}, "no 'own', expected own=…"),
        ("people", {"about": ""}, "0 names, expected one or two"),
    ],
)
def test_what_keeps_a_title_from_being_made_is_named(facts, label, cells, found):
    [problem] = chart_problems(changed(facts, label, cells))
    assert found in str(problem) and problem.file == "data/charts.csv"


def test_a_kind_that_names_rows_names_two_at_most(facts):
    about = "staff=jointlabs_staff researchers=jointlabs_hkm_staff third=jointlabs"
    texts = {
        lang: {**facts.words.texts[lang], "title.people": "{staff}{researchers}{third}"}
        for lang in ("en", "zh")
    }
    [problem] = chart_problems(replace(changed(facts, "people", {"about": about}), words=Words(texts)))
    assert (problem.found, problem.expected[:10]) == ("3 names", "one or two")


@pytest.mark.parametrize(
    ("old", "new", "literals", "expected"),
    [
        ("firmness", "firmness", {"firmness"}, []),
        # The one that is near is the same mistake, and not told twice.
        (
            "firmness",
            "firmnes",
            {"firmness"},
            [("data/charts.csv", "row 2, column label", "'firmnes', which no notebook draws", "firmness")],
        ),
        # A chart whose notebook has not run yet.
        ("makeup", "example", {"firmness", "example"}, []),
        (
            "firmness",
            None,
            {"firmness"},
            [
                (
                    "notebooks/01_evidence.ipynb",
                    "key title.firmness",
                    "the chart 'firmness' without a row in data/charts.csv",
                    "",
                )
            ],
        ),
        # The stored title is of a cell that is no longer there.
        ("firmness", None, set(), []),
    ],
)
def test_rows_without_a_chart_and_charts_without_a_row(facts, old, new, literals, expected):
    charts = facts.charts.loc[["firmness", "makeup"]]
    charts = charts.rename(index={old: new}) if new else charts.drop(old)
    found = label_problems(replace(facts, charts=charts), literals={*literals, "makeup"}, titled=TITLED)
    assert [(each.file, each.place, each.found) for each in found] == [each[:3] for each in expected]
    assert all(each[3] in problem.hint for each, problem in zip(expected, found, strict=True))
