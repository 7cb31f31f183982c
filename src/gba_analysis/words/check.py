"""What is wrong with the catalogues of words, all of it at once. Nothing is mended here.

A word that a language lacks would be a crash on that language's page, one that nothing uses is work for a
translator who wonders where it stands, and a placeholder of one language alone is a number that the other
does not say. What uses a word is told by the caller (`Uses`): this module knows neither code nor data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from gba_analysis.asked import nearest
from gba_analysis.characters import EXPECTED, code_points, is_blank, unfit
from gba_analysis.errors import DataError, Problem
from gba_analysis.languages import LANGS
from gba_analysis.words.catalogue import (
    ARTICLE,
    ENGINE,
    Catalogue,
    Text,
    engine_file,
    forms,
    placeholders,
    read_catalogue,
)

# The figure as it is printed says the number: a language may take either.
SAME = {"printed": "number"}


@dataclass(frozen=True)
class Uses:
    """What uses words. literals: keys that are written out somewhere. members: by group, the names of a list
    that somebody else keeps, such as the verdicts; each of them needs a word. asked: keys that rows of data/
    ask for; that one has no word is reported with its row. beside: sets of keys whose words stand beside each
    other, as the rows or the columns of one chart or table: a reader, and the chart, know them by their words
    alone.
    """

    literals: Collection[str]
    members: Mapping[str, Collection[str]]
    asked: Collection[str] = ()
    beside: Collection[Collection[str]] = ()

    def __contains__(self, key: str) -> bool:
        group, _, name = key.partition(".")
        return key in self.literals or key in self.asked or name in self.members.get(group, ())

    @property
    def wanted(self) -> set[str]:
        """The keys that must have a word."""
        return {*self.asked, *(f"{group}.{name}" for group, names in self.members.items() for name in names)}


@dataclass(frozen=True)
class Layer:
    """The catalogues of the engine, or of the article. files: their names in messages, by language."""

    files: Mapping[str, str]
    texts: Mapping[str, Catalogue]

    @property
    def keys(self) -> list[str]:
        """The keys of all languages, in their order."""
        return list(dict.fromkeys(key for lang in LANGS for key in self.texts[lang]))


def catalogue_problems(data: Path, uses: Uses | None, engine: Path = ENGINE) -> list[Problem]:
    """Everything wrong in the engine's catalogues and in those of `data`, the article's folder of tables.

    uses: None if nobody has looked: then only what can be seen in the catalogues is told, which takes
    milliseconds. engine: the folder of the engine's catalogues. Files that cannot be read are reported alone:
    what else is wrong cannot be judged without them."""
    shown = {
        engine: {lang: engine_file(lang, data.parent) for lang in LANGS},
        data: {lang: f"{data.name}/{ARTICLE.format(lang=lang)}" for lang in LANGS},
    }
    layers: list[Layer] = []
    unreadable: list[Problem] = []
    for folder, files in shown.items():
        texts: dict[str, Catalogue] = {}
        for lang, file in files.items():
            try:
                texts[lang] = read_catalogue(folder / Path(file).name, file)
            except DataError as error:
                unreadable += error.problems
        layers.append(Layer(files, texts))
    if unreadable:
        return unreadable
    own, articles = layers
    return [
        *_layer_problems(own, uses),
        *_layer_problems(articles, uses),
        *_repeated(own, articles),
        *(_missing_members(own, articles, uses) if uses else ()),
        *(dict.fromkeys(_alike(own, articles, uses)) if uses else ()),
    ]


def require_catalogues(data: Path) -> None:
    """Raises DataError with what can be seen to be wrong in the catalogues alone. data: as above."""
    if problems := catalogue_problems(data, None):
        raise DataError(problems)


def _layer_problems(layer: Layer, uses: Uses | None) -> Iterator[Problem]:
    for key in layer.keys:
        for lang, texts in layer.texts.items():
            if key not in texts:
                yield Problem(layer.files[lang], key, "no text", "a text for it, as other languages have one")
            else:
                yield from _text_problems(layer.files[lang], key, texts[key])
        yield from _placeholder_problems(layer, key)
        if uses is not None and key not in uses:
            expected = "a key that code or data use"
            hint = _hint(key, uses, layer)
            yield Problem(layer.files[LANGS[0]], key, "a key that nothing uses", expected, hint)


def _hint(key: str, uses: Uses, layer: Layer) -> str:
    """What to do with a key that nothing uses: it may be one that is asked for and that a language lacks."""
    begin, known = f"{key.partition('.')[0]}.", set.intersection(*map(set, layer.texts.values()))
    wanted = [other for other in uses.wanted if other.startswith(begin) and other not in known]
    return nearest(key, wanted) or "use it, or remove it in every language"


def _text_problems(file: str, key: str, text: Text) -> Iterator[Problem]:
    if any(is_blank(form) for form in forms(text)):
        yield Problem(file, key, "an empty text", "a text")
    elif found := unfit("".join(forms(text))):
        yield Problem(file, key, f"the characters {code_points(found)}", EXPECTED)


def _placeholder_problems(layer: Layer, key: str) -> Iterator[Problem]:
    """Of texts that cannot be filled in, and of those of one key that name other placeholders than the
    others.
    """
    found: list[tuple[str, set[str]]] = []
    for lang in LANGS:
        for form in forms(layer.texts[lang].get(key)):
            names = placeholders(form)
            if names is None:
                expected = "a name in each pair of braces, and no other braces"
                yield Problem(layer.files[lang], key, repr(form), expected)
            else:
                found.append((lang, {SAME.get(name, name) for name in names}))
    sets = [names for _, names in found]
    if any(names != sets[0] for names in sets):
        # Of two texts nobody can tell which is wrong: all are named.
        lang = next((lang for lang, names in found if len(sets) > 2 and sets.count(names) == 1), LANGS[0])
        said = "; ".join(f"{lang} {_named(names)}" for lang, names in found)
        yield Problem(layer.files[lang], key, said, "the same placeholders in every text of this key")


def _named(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no placeholder"


def _repeated(own: Layer, articles: Layer) -> Iterator[Problem]:
    for lang in LANGS:
        for key in articles.texts[lang]:
            if key in own.texts[lang]:
                found, expected = "a key that the engine has too", "a key of the article's own"
                hint = f"remove it here, or see {own.files[lang]}"
                yield Problem(articles.files[lang], key, found, expected, hint)


def _missing_members(own: Layer, articles: Layer, uses: Uses) -> Iterator[Problem]:
    """Of names of a list that no language has a word for, in the layer that holds the group."""
    known = {*own.keys, *articles.keys}
    for group, names in uses.members.items():
        layer = own if any(key.startswith(f"{group}.") for key in own.keys) else articles
        for name in names:
            if f"{group}.{name}" not in known:
                expected = f"a text for each name of the group {group}"
                yield Problem(layer.files[LANGS[0]], f"{group}.{name}", "no text", expected)


def _alike(own: Layer, articles: Layer, uses: Uses) -> Iterator[Problem]:
    """Of keys that stand beside each other, and that a language has one word for."""
    for keys, lang in product(uses.beside, LANGS):
        first: dict[str, str] = {}
        for layer in (own, articles):
            texts = layer.texts[lang]
            for key in texts:
                same = first.setdefault(str(texts[key]), key) if key in keys else key
                if same != key:
                    expected = f"another word than that of {same}, which stands beside it"
                    yield Problem(layer.files[lang], key, repr(texts[key]), expected)
