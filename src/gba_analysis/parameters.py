"""The parameter contract: every named input of the notebooks, its type, range, default and meaning.

    >>> defaults("03_research")["reading"]
    'conventional'
    >>> check({"near_shortfall": 0.2})["near_shortfall"]
    0.2

It is the one list that the notebooks, the command and the documentation share. Values are checked here,
before a kernel starts. How a parameter is used is not said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from gba_analysis.asked import nearest
from gba_analysis.errors import ParameterError, Problem, quoted
from gba_analysis.languages import LANGS

# Of a file with parameters.
EXPECTED = "one YAML mapping with each name once, such as `reading: strict`"
NOTEBOOKS = (
    "01_evidence",
    "02_platforms",
    "03_research",
    "04_industry",
    "05_openness",
    "06_references",
    "07_robustness",
    "08_key_figures",
)
# What to do with another one.
DECLARED_IN = (
    "declare it in NOTEBOOKS and at its parameters in src/gba_analysis/parameters.py, "
    "and its tables in READS of src/gba_analysis/figures/reads.py"
)
Kind = Literal["choice", "number", "integer", "boolean", "choices"]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A named, typed, bounded input.

    kind: `choice` is one of `choices`, `choices` a list of at least `minimum` of them without repeats;
    `number` and `integer` lie in [minimum, maximum]. unit: of a number, empty if it has none. notebooks: who
    takes it; empty means all."""

    name: str
    kind: Kind
    default: Any
    meaning_en: str
    meaning_zh: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = field(default=())

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        match self.kind:
            case "choice":
                return "one of " + ", ".join(self.choices)
            case "choices":
                return f"a list of at least {self.minimum} of " + ", ".join(self.choices) + ", each once"
            case "boolean":
                return "true or false"
            case _:
                noun = "an integer" if self.kind == "integer" else "a number"
                return f"{noun} from {self.minimum:,} to {self.maximum:,}" + (
                    f" ({self.unit})" if self.unit else ""
                )

    def accepts(self, value: Any) -> bool:
        """Whether `value` has the parameter's type and lies in its range."""
        match self.kind:
            case "choice":
                return isinstance(value, str) and value in self.choices
            case "choices":
                return (
                    isinstance(value, list)
                    and self._in_range(len(value))
                    and len(value) == len(set(map(str, value)))
                    and all(item in self.choices for item in value)
                )
            case "boolean":
                return isinstance(value, bool)
            case _:
                types = int if self.kind == "integer" else (int, float)
                return isinstance(value, types) and not isinstance(value, bool) and self._in_range(value)

    def _in_range(self, value: float) -> bool:
        reaches = self.minimum is None or self.minimum <= value
        return reaches and (self.maximum is None or value <= self.maximum)


CONTRACT = (
    Parameter(
        name="lang",
        kind="choice",
        default=LANGS[0],
        meaning_en="Language of the tables and charts.",
        meaning_zh="表格和图的语言。",
        choices=LANGS,
    ),
    Parameter(
        name="reading",
        kind="choice",
        default="conventional",
        meaning_en="How a printed bound becomes an interval: only what the words make certain, "
        "the usual sense, or close to the printed number.",
        meaning_zh="把文中的界限读成区间的规则：只取字面能确定的范围、取通常的意思，或取紧贴文中数字的范围。",
        choices=("strict", "conventional", "tight"),
    ),
    Parameter(
        name="near_shortfall",
        kind="number",
        default=0.1,
        meaning_en="How far below its number a figure marked 近 (nearly) may lie, "
        "as a fraction of the number.",
        meaning_zh="标有“近”的数字最多比所写的数少多少，以该数的比例表示。",
        unit="fraction",
        minimum=0.01,
        maximum=0.5,
    ),
    Parameter(
        name="over_excess",
        kind="number",
        default=0.1,
        meaning_en="How far above its number a figure marked 超 (over) or 余 (odd) may lie "
        "in the tight reading, as a fraction of the number.",
        meaning_zh="在紧贴读法下，标有“超”或“余”的数字最多比所写的数多多少，以该数的比例表示。",
        unit="fraction",
        minimum=0.01,
        maximum=1.0,
    ),
    Parameter(
        name="include_names",
        kind="boolean",
        default=False,
        meaning_en="Whether numerals inside names, such as P3, are counted with the other figures.",
        meaning_zh="名称里的数字（如P3）是否与其他数字一起计数。",
        notebooks=("01_evidence", "07_robustness"),
    ),
    Parameter(
        name="platforms",
        kind="choices",
        default=["hengqin", "qianhai", "nansha", "hetao"],
        meaning_en="The cooperation platforms to compare, in this order.",
        meaning_zh="要比较的合作平台，按此顺序排列。",
        choices=("hengqin", "qianhai", "nansha", "hetao"),
        # A comparison needs two.
        minimum=2,
        notebooks=("02_platforms", "07_robustness"),
    ),
    Parameter(
        name="cores",
        kind="integer",
        default=10_000,
        meaning_en="Cores of the imagined machine that would need years to deliver the printed core-hours.",
        meaning_zh="设想中的计算机的核数，用来把文中的核时换算成该机器要运行的年数。",
        unit="cores",
        minimum=1,
        maximum=10_000_000,
        notebooks=("03_research", "07_robustness"),
    ),
    Parameter(
        name="usd_cny",
        kind="number",
        default=7.1,
        meaning_en="Yuan for one US dollar: an assumption for the conversion, not a rate of the article.",
        meaning_zh="一美元折合的人民币元数：只用于换算的假定，并非文中的汇率。",
        unit="yuan per US dollar",
        minimum=5.0,
        maximum=10.0,
        notebooks=("04_industry", "03_research", "07_robustness"),
    ),
    Parameter(
        name="min_links",
        kind="integer",
        default=2,
        meaning_en="The fewest collaborations a partner must have to appear in the collaboration matrix.",
        meaning_zh="合作方至少要有几项合作才列入合作矩阵。",
        unit="collaborations",
        minimum=1,
        maximum=10,
        notebooks=("05_openness", "07_robustness"),
    ),
    Parameter(
        name="min_grade",
        kind="choice",
        default="C",
        meaning_en="The weakest grade of other sources that counts: A official or original, "
        "B established outlets, C reposts and summaries.",
        meaning_zh="计入的其他来源的最低等级：A为主管机构或首发者，B为有名媒体，C为转载和摘要。",
        choices=("A", "B", "C"),
        notebooks=("06_references", "07_robustness", "08_key_figures"),
    ),
)


def for_notebook(notebook: str) -> tuple[Parameter, ...]:
    """The parameters that `notebook` (its file name without suffix) takes, common ones first."""
    return tuple(item for item in CONTRACT if not item.notebooks or notebook in item.notebooks)


def defaults(notebook: str | None = None) -> dict[str, Any]:
    """Default values by name: of one notebook, or of all."""
    items = for_notebook(notebook) if notebook else CONTRACT
    return {item.name: item.default for item in items}


def _unknown(name: str, known: Mapping[str, Parameter], source: str) -> Problem:
    found, expected = f"the unknown name '{name}'", "one of " + ", ".join(known)
    # Names of parameters are short: what is meant may be less like them.
    return Problem(source, f"parameter {name}", found, expected, nearest(name, known, likeness=0.4))


def check(
    values: Mapping[str, Any], notebook: str | None = None, source: str = "parameters"
) -> dict[str, Any]:
    """All parameters (of `notebook`, or of every notebook): `values` over the defaults.

    source: where the values come from, for messages.
    Raises ParameterError with every unknown name, wrong type and value out of range.
    """
    known = {item.name: item for item in (for_notebook(notebook) if notebook else CONTRACT)}
    problems = [
        _unknown(name, known, source)
        if name not in known
        else Problem(source, f"parameter {name}", quoted(value), known[name].expected)
        for name, value in values.items()
        if name not in known or not known[name].accepts(value)
    ]
    if problems:
        raise ParameterError(problems)
    return defaults(notebook) | dict(values)


def require_notebooks(names: Iterable[str], command: str) -> None:
    """Raises ParameterError with each of the names, as given to `command`, that is not one of NOTEBOOKS."""
    known = "one of " + ", ".join(NOTEBOOKS)
    if problems := [
        Problem(command, "", f"the notebook {quoted(name)}", known, nearest(name, NOTEBOOKS) or DECLARED_IN)
        for name in names
        if name not in NOTEBOOKS
    ]:
        raise ParameterError(problems)


def parse_value(text: str) -> Any:
    """A value as papermill's command line reads it: YAML, so `0.2`, `true`, `[a, b]` have their types."""
    import yaml

    from gba_analysis.yaml_reading import load_yaml

    try:
        return load_yaml(text)
    except yaml.YAMLError:
        return text


def read_file(path: Path) -> dict[str, Any]:
    """Parameter values from a YAML file: one mapping of names to values.

    Raises ParameterError if the file cannot be read, is not YAML or is not a mapping with each name once.
    """
    import yaml

    from gba_analysis.yaml_reading import fault, load_yaml

    try:
        values = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "bytes that are not UTF-8"
        raise ParameterError(Problem(str(path), "", reason, "a readable YAML file")) from error
    except yaml.YAMLError as error:
        raise ParameterError(Problem(str(path), *fault(error), EXPECTED)) from error
    if not isinstance(values, dict):
        found = "nothing" if values is None else quoted(values)
        raise ParameterError(Problem(str(path), "", found, EXPECTED))
    return {str(name): value for name, value in values.items()}
