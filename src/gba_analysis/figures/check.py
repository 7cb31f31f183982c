"""Everything wrong in data/, reported at once: first by the schema, then by the rules between cells.

Nothing is mended here. Whether the figures stand in the article is checked in `article`.
"""

from __future__ import annotations

from gba_analysis import parameters
from gba_analysis.asked import UnknownIdError
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.character_rules import character_problems
from gba_analysis.figures.datapackage import Descriptor, read_datapackage
from gba_analysis.figures.derived_rules import derived_problems
from gba_analysis.figures.key_figure_rules import key_figure_problems
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.reference_rules import reference_problems
from gba_analysis.figures.rules import fact_problems
from gba_analysis.figures.search_rules import search_problems
from gba_analysis.figures.tables import Facts, load
from gba_analysis.figures.translation_rules import translation_problems
from gba_analysis.project import Project


def check_data(project: Project) -> list[Problem]:
    """All problems of data/; an empty list if there is none.

    A changed table is reported as such beside what is wrong in it, because datapackage.json records its hash.
    The rules between cells are checked as soon as all tables can be loaded."""
    # frictionless takes longer to import than most commands run.
    from gba_analysis.figures.schema import schema_problems

    try:
        package = read_datapackage(project)
        problems = schema_problems(project, package)
    except DataError as error:
        return list(error.problems)
    try:
        facts = load(project)
    except DataError as error:
        return problems or list(error.problems)
    return [*problems, *_translation_problems(facts, package, problems), *_rule_problems(facts)]


def _translation_problems(facts: Facts, package: Descriptor, found: list[Problem]) -> list[Problem]:
    """Those of tables in which nothing else is wrong: a cell too few empties the last one of its row."""
    from gba_analysis.figures.schema import UPDATE

    broken = {problem.file for problem in found if problem.hint != UPDATE}
    return [problem for problem in translation_problems(facts, package) if problem.file not in broken]


def _rule_problems(facts: Facts) -> list[Problem]:
    try:
        return rule_problems(facts)
    except UnknownIdError as error:
        # A rule asks for a column that datapackage.json does not describe.
        return list(error.problems)


def rule_problems(facts: Facts) -> list[Problem]:
    """All problems of tables that could be loaded, by the rules between cells."""
    values = parameters.defaults()
    found = fact_problems(facts) + derived_problems(facts, values) + key_figure_problems(facts)
    found += reference_problems(facts, ReadingRule.from_parameters(values))
    return [*found, *search_problems(facts), *character_problems(facts)]
