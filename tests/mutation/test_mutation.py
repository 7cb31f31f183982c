"""A value of data/ that is changed is noticed, or stands in a column of which survivors.csv says why it need
not be.

All values: `make mutation`. Here a fixed sample, and the proof that the judge judges as nbval does.
"""

import copy
import random
from dataclasses import replace

import explained
import pytest
from judge import CHECK, CHINESE, NOBODY, Judge, concerned
from mutants import Mutant, all_mutants, copy_project, rows, write
from shown import run, stored
from unread import uses

from gba_analysis import notebook as exits
from gba_analysis.figures.check import check_data
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.tables import load
from gba_analysis.notebooks.committed import read_all
from gba_analysis.parameters import NOTEBOOKS
from gba_analysis.project import find_project

PROJECT = find_project()
SEED = 2026
SAMPLE_OF_EACH_TABLE = 1


@pytest.fixture(scope="module")
def judge(tmp_path_factory) -> Judge:
    return Judge(PROJECT, tmp_path_factory.mktemp("mutation"))


def mutant(table: str, key: str, column: str) -> Mutant:
    return next(
        one for one in all_mutants(PROJECT) if (one.table, one.key, one.column) == (table, key, column)
    )


def sample() -> list[Mutant]:
    chance = random.Random(SEED)
    by_table: dict[str, list[Mutant]] = {}
    for one in all_mutants(PROJECT):
        by_table.setdefault(one.table, []).append(one)
    return [one for table in by_table.values() for one in chance.sample(table, SAMPLE_OF_EACH_TABLE)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_run_in_this_process_shows_exactly_what_is_stored(name):
    notebook = read_all(PROJECT, [name])[name]
    committed, facts = stored(notebook), load(PROJECT)
    assert run(notebook, facts).outputs == committed.outputs
    sketched = run(notebook, facts, draw=False)
    assert sketched.texts() == committed.texts()
    assert (
        len(sketched.drawn_from)
        == sum(exits.SVG in o["data"] for cell in committed.outputs for o in cell)
        > 0
    )


@pytest.mark.parametrize("one", sample(), ids=lambda one: f"{one.table}.{one.column}")
def test_a_changed_value_is_noticed_or_explained(judge, one):
    noticed = judge.noticed_by(one)
    assert not list(explained.unexplained([(one, noticed)])), f"{one} was seen by {noticed or 'nobody'}"


@pytest.mark.parametrize(
    ("table", "key", "column", "noticed"),
    [
        ("indicators", "jointlabs_staff", "value", "01_evidence"),
        ("events", "forum_joint", "name_en", "05_openness"),
        ("events", "open_funding", "note_en", NOBODY),
        ("indicators", "nansha_registered", "time_zh", CHINESE),
    ],
    ids=["a number", "a word of a chart", "a remark that is not shown", "Chinese alone"],
)
def test_the_judge_tells_who_notices(judge, table, key, column, noticed):
    assert judge.noticed_by(mutant(table, key, column)) == noticed


def test_the_judge_asks_gba_check(judge):
    """A broken foreign key that no notebook reads."""
    one = mutant("entities", "hku", "parent_id")
    assert judge.noticed_by(one) == NOBODY
    assert judge.noticed_by(replace(one, new="nobody")) == CHECK


def test_a_judgement_leaves_no_trace(judge):
    one = mutant("entities", "hku", "name_en")
    first = judge.noticed_by(one)
    assert first not in (NOBODY, CHINESE)
    assert rows(judge.copy, "entities") == rows(PROJECT, "entities")
    assert judge.noticed_by(one) == first


def test_a_change_of_a_chart_alone_is_noticed(judge, monkeypatch):
    """What a chart is drawn from differs, its texts do not: the drawing decides."""
    name, silent = "05_openness", mutant("events", "open_funding", "note_en")
    before = copy.deepcopy(judge.before["en"][name])
    before.drawn_from[0] += "something else"
    monkeypatch.setitem(judge.before["en"], name, before)
    # The column is not used, so that no text differs; the notebook must be asked all the same.
    monkeypatch.setitem(judge.used, (name, "en", silent.table, silent.column), True)
    assert judge.noticed_by(silent) == NOBODY
    other = copy.deepcopy(judge.stored[name])
    drawing = next(o["data"] for cell in other.outputs for o in cell if exits.SVG in o["data"])
    drawing[exits.SVG] = drawing[exits.SVG].replace("stroke-width: 1", "stroke-width: 2", 1)
    monkeypatch.setitem(judge.stored, name, other)
    assert judge.noticed_by(silent) == name


def test_every_value_is_changed_once():
    mutants = all_mutants(PROJECT)
    cells = [
        (name, line, column)
        for name in (resource["name"] for resource in read_datapackage(PROJECT)["resources"])
        for line, row in enumerate(rows(PROJECT, name))
        for column, cell in row.items()
        if cell and column != "id"
    ]
    assert [(one.table, one.line, one.column) for one in mutants] == cells
    assert not [one for one in mutants if one.new == one.old]


@pytest.mark.parametrize(
    ("table", "key", "column", "new"),
    [
        ("references", "rd_intensity_macao_2008", "value", "0.2"),
        ("indicators", "hetao_match_rate", "value", "82.5"),
        ("codings", "x_cluster_rise, 1", "coder", "2"),
        ("indicators", "year_forum_joint", "cumulative", "true"),
        ("units", "firms", "kind", "measure"),
        ("references", "gii_cluster_rank_2017", "period", "2018"),
        ("references", "gii_cluster_rank_2017", "published_on", "2017-06-20"),
        ("links", "qianhai_center_hku", "from_entity_id", "nansha"),
        ("units", "firms", "name_en", "enterqrises"),
        ("units", "firms", "name_zh", "中"),
    ],
)
def test_a_value_is_changed_as_the_schema_allows(table, key, column, new):
    assert mutant(table, key, column).new == new


def test_a_written_mutant_has_its_checksums_renewed(tmp_path):
    changed = copy_project(PROJECT, tmp_path)
    write(mutant("references", "gii_cluster_rank_2017", "note_en"), changed)
    assert (changed.data / "references.csv").read_bytes() != (PROJECT.data / "references.csv").read_bytes()
    assert check_data(changed) == []


def test_an_explanation_covers_its_column_and_what_is_still_seen(monkeypatch, tmp_path):
    table = tmp_path / "survivors.csv"
    table.write_text(
        "table,column,seen,reason\nevents,name_zh,the Chinese run,It is Chinese.\n", encoding="utf-8"
    )
    monkeypatch.setattr(explained, "SURVIVORS", table)
    chinese, remark = mutant("events", "forum_joint", "name_zh"), mutant("events", "open_funding", "note_en")
    pairs = [(chinese, CHINESE), (chinese, NOBODY), (remark, NOBODY), (remark, CHECK)]
    assert list(explained.unexplained(pairs)) == [(chinese, NOBODY), (remark, NOBODY)]
    lines = explained.summary(pairs, 10)
    assert lines[0] == "4 of 10 mutants judged, 1 noticed (25.0%), 3 survived"
    assert lines[-1] == f"not explained: {remark}"


def test_every_explanation_is_about_a_column_of_the_data():
    columns = {(one.table, one.column) for one in all_mutants(PROJECT)}
    for (table, column, seen), reason in explained.explanations().items():
        assert (table, column) in columns
        assert seen in (CHINESE, explained.NOWHERE)
        assert reason.endswith(".")


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (lambda events: len(events), False),
        (lambda events: list(events["note_en"].isna()), False),
        (lambda events: events[events["theme"] == "openness"]["name_en"].tolist(), False),
        (lambda events: [row for row in events["note_en"] if isinstance(row, str)], True),
        (lambda events: len(events.drop_duplicates()), True),
        (lambda events: len(events.groupby("note_en")), True),
        (lambda events: list(map(str, events["note_en"])), True),
    ],
    ids=["length", "presence", "another column", "kind", "equality", "groups", "text"],
)
def test_a_use_of_a_value_is_told_from_none(use, expected):
    facts = load(PROJECT)
    assert (
        uses(lambda changed: use(changed.events), use(facts.events), facts, "events", "note_en") is expected
    )


def test_a_use_whose_error_is_swallowed_is_a_use():
    def hidden(facts):
        try:
            return facts.events["note_en"].iloc[0].upper() and 1
        except Exception:  # noqa: BLE001
            return 1

    assert uses(hidden, 1, load(PROJECT), "events", "note_en")


@pytest.mark.parametrize(
    ("table", "column", "names"),
    [
        ("events", "note_en", {"events"}),
        ("entities", "parent_id", {"entities"}),
        ("crosschecks", "claim_id", {"claims", "crosschecks"}),
        ("crosschecks", "id", {"crosschecks", "crosscheck_references", "codings", "key_figures"}),
    ],
)
def test_gba_check_is_asked_about_the_tables_that_a_change_concerns(table, column, names):
    resources = read_datapackage(PROJECT)["resources"]
    assert {resource["name"] for resource in concerned(resources, table, column)} == names
