"""The check of the catalogues: a key, a text or a placeholder that is wrong in one layer and language is
named.
"""

import re
import shutil

import pytest
import yaml

from gba_analysis.errors import DataError
from gba_analysis.figures.tables import load
from gba_analysis.pipeline.word_uses import word_uses
from gba_analysis.words import load_words
from gba_analysis.words.catalogue import ENGINE
from gba_analysis.words.check import Uses, catalogue_problems

USES = Uses(
    literals={"gap.nothing", "noun.card"},
    members={"verdict": ("good", "bad")},
    beside=[{"verdict.good", "verdict.bad"}, {"verdict.good", "noun.card"}],
)
TEXTS = {
    "words/en.yml": 'gap:\n  nothing: "–"\nverdict:\n  good: "good"\n  bad: "bad"\n',
    "words/zh.yml": 'gap:\n  nothing: "–"\nverdict:\n  good: "好"\n  bad: "坏"\n',
    "data/words.en.yml": 'noun:\n  card:\n    one: "{number} card"\n    other: "{number} cards"\n',
    "data/words.zh.yml": 'noun:\n  card: "{number}张卡片"\n',
}
# The file, what is replaced in it and by what; the problems: file, key, what was found.
WRONG = {
    "a key that one language lacks, engine": (
        "words/zh.yml",
        '  bad: "坏"\n',
        "",
        [("the package's words/zh.yml", "verdict.bad", "no text")],
    ),
    "a key that one language lacks, article": (
        "data/words.en.yml",
        "card:\n",
        "cards:\n",
        [
            ("data/words.en.yml", "noun.cards", "a key that nothing uses"),
            ("data/words.zh.yml", "noun.cards", "no text"),
            ("data/words.en.yml", "noun.card", "no text"),
        ],
    ),
    "a key that nothing uses, engine": (
        "words/*.yml",
        "gap:\n",
        'gap:\n  more: "more"\n',
        [("the package's words/en.yml", "gap.more", "a key that nothing uses")],
    ),
    "a key that nothing uses, article": (
        "data/*.yml",
        "noun:\n",
        'noun:\n  firm: "firm"\n',
        [("data/words.en.yml", "noun.firm", "a key that nothing uses")],
    ),
    "a name of a list without a word": (
        "words/*.yml",
        r"  bad: .*\n",
        "",
        [("the package's words/en.yml", "verdict.bad", "no text")],
    ),
    "a name that the list does not have": (
        "words/*.yml",
        "  bad: ",
        "  bat: ",
        [
            ("the package's words/en.yml", "verdict.bat", "a key that nothing uses"),
            ("the package's words/en.yml", "verdict.bad", "no text"),
        ],
    ),
    "a placeholder of one language": (
        "data/words.zh.yml",
        "{number}",
        "",
        [("data/words.zh.yml", "noun.card", "en {number}; en {number}; zh no placeholder")],
    ),
    "a placeholder of one form": (
        "data/words.en.yml",
        "{number} cards",
        "{count} cards",
        [("data/words.en.yml", "noun.card", "en {number}; en {count}; zh {number}")],
    ),
    "a placeholder of the first form, which is not the measure of the others": (
        "data/words.en.yml",
        '{number} card"',
        '{numbre} card"',
        [("data/words.en.yml", "noun.card", "en {numbre}; en {number}; zh {number}")],
    ),
    "a placeholder of one of two texts, of which neither is right by number": (
        "words/zh.yml",
        '"好"',
        '"好{exakt}"',
        [("the package's words/en.yml", "verdict.good", "en no placeholder; zh {exakt}")],
    ),
    "a placeholder without a name": (
        "data/words.zh.yml",
        "{number}",
        "{}",
        [("data/words.zh.yml", "noun.card", "'{}张卡片'")],
    ),
    "half a placeholder": (
        "data/words.zh.yml",
        "{number}",
        "{number",
        [("data/words.zh.yml", "noun.card", "'{number张卡片'")],
    ),
    "an empty text": (
        "words/zh.yml",
        '"好"',
        '" "',
        [("the package's words/zh.yml", "verdict.good", "an empty text")],
    ),
    "a text of which nothing can be seen": (
        "words/zh.yml",
        '"好"',
        '"\\\\u200b \\\\u202e"',
        [("the package's words/zh.yml", "verdict.good", "an empty text")],
    ),
    **{
        f"the character {name}": (
            "data/words.zh.yml",
            "张卡片",
            f"张{char}卡片",
            [("data/words.zh.yml", "noun.card", f"the characters {name}")],
        )
        for char, name in {
            "\ufffd": "U+FFFD REPLACEMENT CHARACTER",
            "\ue000": "U+E000",
            "\u200b": "U+200B ZERO WIDTH SPACE",
            "\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
            "\U0001f600": "U+1F600 GRINNING FACE",
            "\\\\0": "U+0000",
            "\\\\e": "U+001B",
        }.items()
    },
    **{
        f"the character {name}, which no YAML may hold": (
            "data/words.zh.yml",
            "张卡片",
            f"张{char}卡片",
            [("data/words.zh.yml", "line 2", f"the characters {name}")],
        )
        for char, name in {"\x01": "U+0001", "\x1b": "U+001B"}.items()
    },
    "a key that YAML reads as yes": (
        "words/*.yml",
        "  bad:",
        "  yes:",
        [
            *(
                (f"the package's words/{lang}.yml", "verdict", "the key True, as YAML reads yes, on and true")
                for lang in ("en", "zh")
            ),
        ],
    ),
    "a group that YAML reads as on": (
        "data/words.zh.yml",
        "noun:",
        "on:",
        [("data/words.zh.yml", "", "the key True, as YAML reads yes, on and true")],
    ),
    "a group that YAML reads as a number": (
        "data/words.zh.yml",
        "noun:",
        "3:",
        [("data/words.zh.yml", "", "the key 3")],
    ),
    "a group without keys": (
        "data/words.zh.yml",
        "noun:",
        "empty: {}\nnoun:",
        [("data/words.zh.yml", "empty", "{}")],
    ),
    "a byte-order mark": (
        "data/words.zh.yml",
        "noun:",
        "\ufeffnoun:",
        [("data/words.zh.yml", "byte 1", "a byte-order mark")],
    ),
    "one word for two keys that stand beside each other": (
        "words/zh.yml",
        '"坏"',
        '"好"',
        [("the package's words/zh.yml", "verdict.bad", "'好'")],
    ),
    "one word for keys of both layers that stand beside each other": (
        "data/words.zh.yml",
        "{number}张卡片",
        "好",
        [
            ("data/words.zh.yml", "noun.card", "'好'"),
            ("data/words.zh.yml", "noun.card", "en {number}; en {number}; zh no placeholder"),
        ],
    ),
    "a key of both layers": (
        "data/*.yml",
        "noun:\n",
        'gap:\n  nothing: "–"\nnoun:\n',
        [(f"data/words.{lang}.yml", "gap.nothing", "a key that the engine has too") for lang in ("en", "zh")],
    ),
    "no YAML": (
        "data/*.yml",
        "noun:\n",
        "noun: [\n",
        [("data/words.en.yml", "line 3, column 8"), ("data/words.zh.yml", "line 3, column 1")],
    ),
    "a key twice": (
        "words/zh.yml",
        '  bad: "坏"\n',
        '  bad: "坏"\n  good: "好"\n',
        [("the package's words/zh.yml", "line 6, column 3", "the key good a second time")],
    ),
    "a text that is none": (
        "words/en.yml",
        '"good"',
        "1",
        [("the package's words/en.yml", "verdict.good", "1")],
    ),
}


@pytest.fixture
def folders(tmp_path):
    for name, text in TEXTS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def check(folders):
    return catalogue_problems(folders / "data", USES, engine=folders / "words")


def test_catalogues_that_are_well(folders):
    assert check(folders) == []


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(folders, case):
    pattern, old, new, expected = WRONG[case]
    for path in folders.glob(pattern):
        before = path.read_text(encoding="utf-8")
        path.write_text(re.sub(re.escape(old) if ".*" not in old else old, new, before), encoding="utf-8")
    found = [(problem.file, problem.place, problem.found) for problem in check(folders)]
    told = sorted(problem[: len(expected[0])] for problem in found)
    assert told == sorted(expected)


def test_keys_that_do_not_stand_beside_each_other_may_have_one_word(folders):
    path = folders / "words" / "zh.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("–", "坏"), encoding="utf-8")
    assert check(folders) == []


def test_the_nearest_name_of_the_list_is_offered(folders):
    path = folders / "words" / "en.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("good:", "goood:"), encoding="utf-8")
    hints = {problem.place: problem.hint for problem in check(folders)}
    assert hints["verdict.goood"] == "did you mean 'verdict.good'?"


def test_a_key_without_use_may_be_one_that_data_ask_for(folders):
    path = folders / "data" / "words.en.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("card:", "cart:"), encoding="utf-8")
    uses = Uses(literals={"gap.nothing", "noun.card"}, members=USES.members, asked={"noun.carts"})
    hints = {
        problem.place: problem.hint
        for problem in catalogue_problems(folders / "data", uses, engine=folders / "words")
    }
    assert hints["noun.cart"] == "did you mean 'noun.carts'?"


def test_a_word_that_data_ask_for_is_missed_with_its_row(folders):
    uses = Uses(literals=USES.literals, members=USES.members, asked={"noun.box"})
    assert catalogue_problems(folders / "data", uses, engine=folders / "words") == []


@pytest.mark.parametrize(("encoding", "byte"), [("gbk", 24), ("utf-16", 1)])
def test_another_encoding_is_named_with_its_byte(folders, encoding, byte):
    path = folders / "data" / "words.zh.yml"
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    (problem,) = check(folders)
    assert (
        str(problem)
        == f"data/words.zh.yml, byte {byte}: found bytes that are not UTF-8, expected a UTF-8 text"
    )


def test_a_key_that_yaml_reads_otherwise_is_to_be_quoted(folders):
    path = folders / "words" / "en.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("bad:", "yes:"), encoding="utf-8")
    (problem,) = check(folders)
    assert (problem.place, problem.hint) == ("verdict", "put the key into quotes")


def test_the_figure_as_printed_may_stand_for_the_number(folders):
    path = folders / "data" / "words.zh.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("{number}", "{printed}"), encoding="utf-8")
    assert check(folders) == []


def test_all_unreadable_catalogues_are_named_at_once(folders):
    for path in (folders / "data").iterdir():
        path.unlink()
    with pytest.raises(DataError) as caught:
        load_words(folders / "data")
    assert [problem.file for problem in caught.value.problems] == ["data/words.en.yml", "data/words.zh.yml"]


@pytest.fixture(scope="module")
def own(repository):
    return repository, word_uses(repository, load(repository))


def test_the_projects_own_words_are_well(own):
    project, uses = own
    assert catalogue_problems(project.data, uses) == []


@pytest.mark.parametrize(
    ("folder", "key", "text"),
    [
        ("engine", "verdict", "unsure"),
        ("engine", "alt", "pie"),
        ("engine", "column", "no_such_column"),
        ("engine", "column", "html"),
        ("engine", "chart_column", "side"),
        ("data", "panel", "no_such_panel"),
        ("data", "title", "no_such_chart"),
    ],
)
def test_a_key_that_no_code_and_no_list_names_is_refused(own, tmp_path, folder, key, text):
    project, uses = own
    shutil.copytree(ENGINE, tmp_path / "engine")
    shutil.copytree(project.data, tmp_path / "data")
    for path in (tmp_path / folder).glob("*.yml"):
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace(f"\n{key}:\n", f'\n{key}:\n  {text}: "x"\n'), encoding="utf-8")
    (problem,) = catalogue_problems(tmp_path / "data", uses, engine=tmp_path / "engine")
    assert (problem.place, problem.found) == (f"{key}.{text}", "a key that nothing uses")


@pytest.mark.parametrize(
    ("folder", "name", "group", "key", "same"),
    [
        ("engine", "zh.yml", "verdict", "consistent", "confirmed"),
        ("engine", "en.yml", "verdict_mark", "not_found", "confirmed"),
        ("engine", "zh.yml", "qualifier", "over", "exact"),
        ("engine", "en.yml", "reading", "tight", "strict"),
        ("engine", "zh.yml", "column", "note", "printed"),
        ("engine", "en.yml", "column", "flips", "outcome"),
        ("engine", "en.yml", "chart_column", "text", "label"),
        ("data", "words.zh.yml", "section", "3", "2"),
        ("data", "words.en.yml", "platform", "hetao", "nansha"),
        ("data", "words.en.yml", "panel", "teams", "jointlabs"),
    ],
)
def test_one_word_for_two_keys_of_a_list_is_refused(own, tmp_path, folder, name, group, key, same):
    project, uses = own
    shutil.copytree(ENGINE, tmp_path / "engine")
    shutil.copytree(project.data, tmp_path / "data")
    path = tmp_path / folder / name
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    texts[group][key] = texts[group][same]
    path.write_text(yaml.safe_dump(texts, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (problem,) = catalogue_problems(tmp_path / "data", uses, engine=tmp_path / "engine")
    assert problem.file.endswith(name) and problem.place == f"{group}.{key}"
    assert problem.expected == f"another word than that of {group}.{same}, which stands beside it"
