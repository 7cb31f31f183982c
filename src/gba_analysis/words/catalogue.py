"""Reading catalogues, and finding the word for a key. What is wrong with a catalogue is said in `check`.

A catalogue is YAML: groups, in them keys, and for each key a text, in which `{name}` is a placeholder. Where
a language has a form of its own for one thing, the text is a pair, `one` and `other` (the names of Unicode's
plural rules)."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from gba_analysis.asked import Known
from gba_analysis.characters import EXPECTED, code_points
from gba_analysis.errors import DataError, Problem
from gba_analysis.files import text_fault
from gba_analysis.languages import LANGS
from gba_analysis.project import is_project
from gba_analysis.yaml_reading import fault, load_yaml

ENGINE = Path(__file__).parent
# The article's catalogues, in data/.
ARTICLE = "words.{lang}.yml"
ONE, OTHER = "one", "other"
FORMS = {ONE, OTHER}
# Characters that no YAML may hold; which keys are near cannot be said, as it cannot be read.
UNREADABLE = yaml.reader.Reader.NON_PRINTABLE
# What a key must be, for messages.
NOUN = "a key of the catalogue"
# A text, or its two forms.
Text = str | Mapping[str, str]
# The texts of one language by key, `group.name`.
Catalogue = Mapping[str, Text]


@dataclass(frozen=True)
class Words:
    """The catalogues of every language, as one: by language, then by key."""

    texts: Mapping[str, Catalogue]

    def say(self, key: str, lang: str, number: object = None, **values: object) -> str:
        """The word for `key`, `group.name`, in `lang`, with `values` put in for its placeholders.

        number: chooses between the forms for one and for several, and is the placeholder `{number}`; as
        written, so that "over 1" is several. Raises KeyError for a key that the catalogue lacks, or a
        placeholder without value."""
        return _form(self.texts[lang][key], number).format(**_with_number(values, number))

    def keys_of(self, group: str) -> tuple[str, ...]:
        """The names in `group`, in the catalogue's order."""
        begin = f"{group}."
        return tuple(key.removeprefix(begin) for key in self.texts[LANGS[0]] if key.startswith(begin))

    def __contains__(self, key: str) -> bool:
        return key in self.texts[LANGS[0]]


def _form(text: Text, number: object) -> str:
    return text if isinstance(text, str) else text[ONE if str(number) == "1" else OTHER]


def _with_number(values: Mapping[str, object], number: object) -> Mapping[str, object]:
    return values if number is None else {"number": number} | dict(values)


class _Both(Known[str, Text]):
    """The texts of one language, the engine's and the article's. A key that is missing is missed in the
    catalogue that has its group; a group that none has, in the article's.

    file: the article's catalogue. engine: the other one, as (file, its texts)."""

    def __init__(self, items: Catalogue, *, file: str, engine: tuple[str, Catalogue]):
        super().__init__(items, file=file, noun=NOUN)
        self.engine = engine

    def file_of(self, key: str) -> str:
        file, texts = self.engine
        return file if _group(key) in map(_group, texts) else self.file


def _group(key: str) -> str:
    return key.partition(".")[0]


def engine_file(lang: str, root: Path | None = None) -> str:
    """The engine's catalogue in messages: its path from the project's root if the package lies in the
    project.

    root: the project's; default: the folder in which the package's src/ lies, if that is a project."""
    path, above = ENGINE / f"{lang}.yml", ENGINE.parents[2]
    root = root or (above if is_project(above) else None)
    if root and path.is_relative_to(root.resolve()):
        return path.relative_to(root.resolve()).as_posix()
    return f"the package's {ENGINE.name}/{path.name}"


@cache
def engine_words() -> Words:
    """The engine's own words. Raises DataError if a catalogue cannot be read."""
    shown = {lang: engine_file(lang) for lang in LANGS}
    texts = {lang: read_catalogue(ENGINE / f"{lang}.yml", shown[lang], own=True) for lang in LANGS}
    return Words({lang: Known(texts[lang], file=shown[lang], noun=NOUN) for lang in LANGS})


def say(key: str, lang: str, number: object = None, **values: object) -> str:
    """A word of the engine's, see `Words.say`."""
    return engine_words().say(key, lang, number, **values)


def load_words(data: Path) -> Words:
    """The engine's words and the article's. data: its folder of tables.

    Raises DataError, with the problems of all languages, if a catalogue is missing or cannot be read.
    """
    engine = engine_words().texts
    texts: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for lang in LANGS:
        shown = f"{data.name}/{ARTICLE.format(lang=lang)}"
        try:
            found = {**engine[lang], **_article(data, lang)}
            own = engine_file(lang, data.parent), engine[lang]
            texts[lang] = _Both(found, file=shown, engine=own)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return Words(texts)


def catalogues(data: Path) -> list[Path]:
    """The article's catalogues. data: its folder of tables."""
    return [data / ARTICLE.format(lang=lang) for lang in LANGS]


def _article(data: Path, lang: str) -> Catalogue:
    name = ARTICLE.format(lang=lang)
    return read_catalogue(data / name, f"{data.name}/{name}")


def read_catalogue(path: Path, shown: str, *, own: bool = False) -> Catalogue:
    """The texts of one file by key. shown: its name in messages. own: it is a file of this package.

    Raises DataError for a file that cannot be read, is no YAML, or holds anything but groups of texts.
    """
    try:
        content = load_yaml(_read_text(path, shown), shallow=own)
    except OSError as error:
        raise DataError(Problem(shown, "", error.strerror or str(error), "a catalogue of words")) from error
    except yaml.YAMLError as error:
        raise DataError(Problem(shown, *fault(error), "a catalogue of words")) from error
    if problems := list(_form_problems(content, shown)):
        raise DataError(problems)
    return {f"{group}.{name}": text for group, texts in content.items() for name, text in texts.items()}


def _read_text(path: Path, shown: str) -> str:
    content = path.read_bytes()
    if fault := text_fault(content):
        raise DataError(Problem(shown, *fault))
    text = content.decode()
    if problems := [
        Problem(shown, f"line {number}", f"the characters {code_points(found)}", EXPECTED)
        for number, line in enumerate(text.split("\n"), 1)
        if (found := "".join(UNREADABLE.findall(line)))
    ]:
        raise DataError(problems)
    return text


def _form_problems(content: object, shown: str) -> list[Problem]:
    if not isinstance(content, Mapping):
        return [Problem(shown, "", "no groups", "groups, in them keys with a text each")]
    problems: list[Problem] = []
    for group, texts in content.items():
        problems += _key_problems(group, shown, "")
        if not isinstance(texts, Mapping) or not texts:
            problems.append(Problem(shown, str(group), repr(texts), "keys with a text each"))
            continue
        for name, text in texts.items():
            problems += _key_problems(name, shown, str(group))
            if not is_text(text):
                expected = f"a text, or a text for {ONE} and one for {OTHER}"
                hint = "" if isinstance(text, Mapping) else "put it into quotes"
                problems.append(Problem(shown, f"{group}.{name}", repr(text), expected, hint))
    return problems


def _key_problems(key: object, shown: str, place: str) -> Iterator[Problem]:
    """YAML reads some words and all numbers as something else than a text."""
    if not isinstance(key, str):
        words = {True: ", as YAML reads yes, on and true", False: ", as YAML reads no, off and false"}
        found = f"the key {key!r}{words[key] if isinstance(key, bool) else ''}"
        yield Problem(shown, place, found, "a text as key", "put the key into quotes")


def forms(text: Text | None) -> tuple[str, ...]:
    """The forms of a text: one, or two; none for a key without a text."""
    if text is None or isinstance(text, str):
        return () if text is None else (text,)
    return tuple(text.values())


def placeholders(form: str) -> set[str] | None:
    """The names of the placeholders of one form of a text; None if it has others than names."""
    try:
        parts = list(string.Formatter().parse(form))
    except ValueError:
        return None
    fields = [(field, spec, kind) for _, field, spec, kind in parts if field is not None]
    plain = all(field.isidentifier() and not (spec or kind) for field, spec, kind in fields)
    return {field for field, _, _ in fields} if plain else None


def is_text(text: object) -> bool:
    """Whether `text` is what a key may have: a text, or its two forms."""
    if isinstance(text, Mapping):
        return set(text) == FORMS and all(isinstance(form, str) for form in text.values())
    return isinstance(text, str)
