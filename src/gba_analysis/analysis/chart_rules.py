"""Everything in charts.csv that keeps a title from being made, or makes one that no chart shows.

    chart_problems(facts)                                   # kinds, sentences, nouns, names and ids, tests
    label_problems(facts, literals={"makeup"}, titled={})   # rows without a chart, charts without a row

How a title is made is said in `chart_titles`; what is wrong with the sentences themselves, in `words.check`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gba_analysis.analysis.chart_titles import KEY, TABLE
from gba_analysis.analysis.findings import parse_test
from gba_analysis.analysis.title_kinds import KINDS, Chart, read_chart, title_keys
from gba_analysis.asked import nearest
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import FIRST_ROW, cell_problem
from gba_analysis.figures.tables import Facts
from gba_analysis.languages import LANGS
from gba_analysis.words.catalogue import forms, placeholders

# The names in `about` that a kind reads itself; any other must be a placeholder of its sentence.
OWN = {"place": ("own",), "most": ("tied",), "sentence": ("form",)}
# Kinds that cannot do without theirs.
NEEDING = ("place", "most")
# How many rows a title of the kind `named` can name.
NAMED = (1, 2)
CATALOGUE = "data/words.<language>.yml"
# Column, found, expected and hint.
Fault = tuple[str, str, str, str]


def chart_problems(facts: Facts) -> list[Problem]:
    """Every row of charts.csv with an unknown kind, a sentence, a noun or a key that the catalogues lack, a
    name that neither kind nor sentence knows, an id that no table has, or a test that cannot be read.
    """
    problems: list[Problem] = []
    for number, (label, row) in enumerate(facts.rows(TABLE).items(), FIRST_ROW):
        try:
            chart = read_chart(label, row)
        except DataError as error:
            problems += error.problems
            continue
        problems += [cell_problem(TABLE, number, *fault) for fault in _row_faults(chart, facts)]
    return problems


def label_problems(facts: Facts, *, literals: Collection[str], titled: Mapping[str, str]) -> list[Problem]:
    """Rows whose label no notebook knows, and charts without a row.

    literals: the texts in the notebooks' cells. titled: the labels under which the committed notebooks
    publish titles, each with its notebook's file.
    """
    rows = facts.rows(TABLE)
    # A title whose label stands in no cell is made of something else, or by a notebook of before.
    without_row = [label for label in titled if label in literals and label not in rows]
    problems = []
    for number, label in enumerate(rows, FIRST_ROW):
        if label not in titled and label not in literals:
            hint = nearest(label, without_row) or nearest(label, titled)
            expected = "the label of a chart"
            found = f"'{label}', which no notebook draws"
            problems.append(cell_problem(TABLE, number, "label", found, expected, hint))
            without_row = [other for other in without_row if f"'{other}'" not in hint]
    for label in without_row:
        found, expected = (
            f"the chart '{label}' without a row in data/{TABLE}.csv",
            "a row that gives it a title",
        )
        problems.append(Problem(titled[label], f"key {KEY}{label}", found, expected))
    return problems


def _row_faults(chart: Chart, facts: Facts) -> Iterator[Fault]:
    if chart.kind not in KINDS:
        yield "kind", f"'{chart.kind}'", f"one of {', '.join(KINDS)}", nearest(chart.kind, KINDS)
        return
    needed, _ = title_keys([chart])
    missing = sorted(key for key in needed if key not in facts.words)
    for key in missing:
        near = nearest(key.removeprefix(KEY), facts.words.keys_of("title"))
        yield "sentence", f"no sentence {key}", f"a text for it in {CATALOGUE}", near
    nouns = facts.words.keys_of("noun")
    if chart.noun and chart.noun not in nouns:
        expected = f"a key of the group noun in {CATALOGUE}"
        yield "noun", f"'{chart.noun}'", expected, nearest(chart.noun, nouns)
    # Which names a sentence knows is not known without it.
    yield from () if missing else _name_faults(chart, facts)
    yield from _key_faults(chart, facts)
    if chart.kind == "sentence":
        try:
            parse_test(chart.test)
        except DataError as error:
            yield from (("test", each.found, each.expected, each.hint) for each in error.problems)


def _name_faults(chart: Chart, facts: Facts) -> Iterator[Fault]:
    """Of names in `about` that nothing reads, that are missing, or that are too many."""
    own = OWN.get(chart.kind, ())
    known = {*own, *_placeholders(chart, facts)}
    for name in chart.about:
        if name not in known:
            found = f"the name '{name}', which neither the kind {chart.kind} nor its sentence knows"
            yield "about", found, f"one of {', '.join(sorted(known))}", nearest(name, known)
    for name in own if chart.kind in NEEDING else ():
        if name not in chart.about:
            yield "about", f"no '{name}'", f"{name}=…, which the kind {chart.kind} needs", ""
    if chart.kind == "named" and len(chart.about) not in NAMED:
        yield "about", f"{len(chart.about)} names", "one or two, each with the id of a row", ""


def _placeholders(chart: Chart, facts: Facts) -> set[str]:
    """The placeholders of all of the chart's sentences. One that cannot be read is reported with its
    catalogue.
    """
    keys = [key for each in title_keys([chart]) for key in each if key in facts.words]
    texts = [facts.words.texts[lang][key] for key in keys for lang in LANGS]
    return {name for text in texts for form in forms(text) for name in placeholders(form) or ()}


def _key_faults(chart: Chart, facts: Facts) -> Iterator[Fault]:
    """Of what stands behind the names in `about`: ids of rows, words, nouns."""
    ids = {*facts.rows("indicators"), *facts.rows("derived"), *facts.rows("entities")}
    for name, key in ((name, key) for name, keys in chart.about.items() for key in keys):
        if chart.kind == "named" or name == "own":
            if key not in ids:
                expected = "an indicator, a derived indicator or an entity"
                yield "about", f"the id '{key}'", expected, nearest(key, ids)
        elif "." in key:
            if key not in facts.words:
                group = key.partition(".")[0]
                near = nearest(key, (f"{group}.{each}" for each in facts.words.keys_of(group)))
                yield "about", f"the key '{key}'", "a word of a catalogue", near
        elif name == "tied" and f"noun.{key}" not in facts.words:
            expected = "a key of the group noun"
            yield "about", f"the noun '{key}'", expected, nearest(key, facts.words.keys_of("noun"))
