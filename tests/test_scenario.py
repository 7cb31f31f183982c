"""Names of scenarios, the parameters a user gives, and the command that builds the same again."""

import shlex

import pytest

from gba_analysis import parameters
from gba_analysis import scenario as scenarios
from gba_analysis.errors import ParameterError
from gba_analysis.request import read_values, scenario_name
from gba_analysis.scenario import command


def build(*pairs, file=None, given=""):
    values = read_values(pairs, file)
    return values, scenario_name(values, pairs=pairs, file=file, given=given)


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ([], "base"),
        ([("reading", "conventional")], "base"),
        ([("reading", "strict")], "reading-strict"),
        ([("cores", "20000"), ("reading", "tight")], "reading-tight_cores-20000"),
        ([("near_shortfall", "0.20")], "near-shortfall-0.2"),
        (
            [("platforms", "[hetao, nansha]"), ("include_names", "true")],
            "include-names-true_platforms-hetao-nansha",
        ),
    ],
)
def test_a_scenario_is_named_after_what_differs_from_the_defaults(pairs, name):
    assert build(*pairs)[1] == name


def test_a_parameter_file_names_its_scenario_and_p_adds_to_it(tmp_path):
    file = tmp_path / "cautious reading.yml"
    file.write_text("reading: strict\n", encoding="utf-8")
    assert build(file=file)[1] == "cautious-reading"
    values, name = build(("reading", "tight"), ("cores", "5"), file=file)
    assert (values["reading"], values["cores"], name) == (
        "tight",
        5,
        "cautious-reading_reading-tight_cores-5",
    )
    assert build(file=file, given="mine")[1] == "mine"


@pytest.mark.parametrize(
    "name", ["../x", "a/b", ".hidden", "-p", "a b", "{lang}", "failed", "x" * 121, "a\n"]
)
def test_a_name_that_is_no_plain_folder_is_refused(name):
    with pytest.raises(ParameterError, match="expected letters, digits"):
        build(given=name)


def test_base_is_for_the_defaults(tmp_path):
    file = tmp_path / "base.yaml"
    file.write_text("reading: strict\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="'base' with another reading"):
        build(file=file)
    assert build(given="base")[1] == "base"


@pytest.mark.parametrize(
    ("pairs", "given"),
    [
        ([], ""),
        ([], "mine"),
        ([("platforms", "[hetao, nansha]"), ("include_names", "true"), ("usd_cny", "6.5")], ""),
        ([("reading", "strict")], "名称"),
    ],
)
def test_the_command_builds_the_same_again(pairs, given):
    values, name = build(*pairs, given=given)
    words = shlex.split(command(values, name))
    assert words[:2] == ["gba", "build"]
    again = [(words[index + 1], words[index + 2]) for index, word in enumerate(words) if word == "-p"]
    named = words[words.index("--scenario") + 1] if "--scenario" in words else ""
    assert build(*again, given=named) == (values, name)


def test_the_command_for_the_defaults_is_short():
    assert command(*build()) == "gba build"
    assert command(*build(("reading", "strict"))) == "gba build -p reading strict"


def test_all_problems_of_a_file_and_of_the_command_line_are_reported_together(tmp_path):
    file = tmp_path / "a.yml"
    file.write_text("readng: strict\ncores: 0\n", encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        build(("usd_cny", "many"), ("lang", "zh"), file=file)
    lines = [str(problem) for problem in caught.value.problems]
    assert [line.split(": found")[0] for line in lines] == [
        f"{file}, parameter readng",
        f"{file}, parameter cores",
        "-p, parameter usd_cny",
        "-p, parameter lang",
    ]
    assert "did you mean 'reading'?" in lines[0] and "--lang" in lines[3]


def test_every_parameter_but_the_language_has_a_value():
    assert set(read_values([], None)) == set(parameters.defaults()) - {"lang"}


def test_many_changed_values_have_a_name_of_their_own_that_is_not_too_long():
    values = {
        "reading": "strict", "near_shortfall": 0.25, "over_excess": 0.25, "include_names": True,
        "platforms": ["hetao", "nansha", "qianhai"], "cores": 123456, "usd_cny": 7.25,
        "min_links": 3, "min_grade": "B",
    }  # fmt: skip
    names = [scenarios.slug(values), scenarios.slug(values | {"min_grade": "A"})]
    assert names[0] != names[1]
    assert {len(name) for name in names} == {scenarios.LONGEST} and names[0].startswith(
        "reading-strict_near-shortfall-0.25_"
    )
    assert scenarios.checked_name(names[0], values) == names[0]
    assert "--scenario" not in scenarios.command(values, names[0])


def test_a_given_name_that_is_too_long_is_refused_with_the_limit():
    with pytest.raises(ParameterError, match=f"at most {scenarios.LONGEST} bytes"):
        scenarios.checked_name("a" * (scenarios.LONGEST + 1), {})
