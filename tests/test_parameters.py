"""The parameter contract refuses what it should, and says why."""

import pytest

from gba_analysis import parameters
from gba_analysis.errors import ParameterError


def test_defaults_obey_their_own_contract():
    for item in parameters.CONTRACT:
        assert item.accepts(item.default), item.name
        assert set(item.notebooks) <= set(parameters.NOTEBOOKS)
        assert item.meaning_en and item.meaning_zh


def test_values_replace_defaults():
    values = parameters.check({"reading": "strict"}, "01_evidence")
    assert values["reading"] == "strict"
    assert values["near_shortfall"] == 0.1
    assert "cores" not in values


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"raeding": "strict"}, "did you mean 'reading'?"),
        ({"reading": "loose"}, "one of strict, conventional, tight"),
        ({"near_shortfall": 0.6}, "a number from 0.01 to 0.5 (fraction)"),
        ({"near_shortfall": 0}, "a number from 0.01 to 0.5 (fraction)"),
        ({"near_shortfall": "0.2"}, "found '0.2'"),
        ({"over_excess": float("nan")}, "found nan"),
        ({"over_excess": True}, "found True"),
        ({"cores": 1.5}, "an integer from 1 to 10,000,000 (cores)"),
        ({"include_names": 1}, "true or false"),
        ({"platforms": []}, "each once"),
        ({"platforms": ["hetao", "hetao"]}, "each once"),
        ({"platforms": ["hetao"]}, "a list of at least 2"),
        ({"platforms": "hetao"}, "a list of at least 2"),
        ({"platforms": [["hetao"], ["nansha"]]}, "a list of at least 2"),
        ({"lang": None}, "one of en, zh"),
    ],
)
def test_bad_values_are_refused(values, message):
    with pytest.raises(ParameterError) as caught:
        parameters.check(values, source="somewhere")
    assert message in str(caught.value)
    assert str(caught.value).startswith("somewhere, parameter ")
    assert caught.value.exit_code == 2


def test_every_problem_is_reported_at_once():
    with pytest.raises(ParameterError) as caught:
        parameters.check({"reading": "x", "cores": -1, "nonsense_name": 1})
    assert len(caught.value.problems) == 3


def test_a_parameter_of_another_notebook_is_unknown_to_this_one():
    with pytest.raises(ParameterError, match="unknown name 'cores'"):
        parameters.check({"cores": 5}, "01_evidence")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.2", 0.2),
        ("strict", "strict"),
        ("[hetao, nansha]", ["hetao", "nansha"]),
        ("true", True),
        ("[a", "[a"),
        ("2024-13-45", "2024-13-45"),
    ],
)
def test_command_line_values_have_their_yaml_types(text, value):
    assert parameters.parse_value(text) == value


def test_a_file_of_parameters_is_read(tmp_path):
    path = tmp_path / "strict.yml"
    path.write_text("reading: strict\ncores: 5\n", encoding="utf-8")
    assert parameters.read_file(path) == {"reading": "strict", "cores": 5}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"reading: [strict\n", "line 2, column 1"),
        (
            b"cores: 5\nreading: strict\ncores: 6\n",
            "line 3, column 1: found the key cores a second time, expected .* each name once",
        ),
        (
            b"reading: strict\ncores: 2024-13-45\n",
            "line 2, column 8: found 2024-13-45, which is no timestamp",
        ),
        (b"- reading\n", r"found \['reading'\]"),
        (b"", "found nothing"),
        (b"reading: \xff\xfe", "not UTF-8"),
    ],
)
def test_a_broken_file_of_parameters_is_refused(tmp_path, content, message):
    path = tmp_path / "broken.yml"
    path.write_bytes(content)
    with pytest.raises(ParameterError, match=message):
        parameters.read_file(path)


def test_a_missing_file_of_parameters_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="No such file"):
        parameters.read_file(tmp_path / "none.yml")
