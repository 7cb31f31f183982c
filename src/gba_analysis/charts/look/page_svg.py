"""A Figure as the SVG that stands inside the web page: real text in the page's font, and colours the page can
change.

What differs from `outlines.to_svg`, whose letters are outlines: the page's security policy allows no style
attribute and no style element, so each property is an attribute; ids are unique on the page; the paper is the
page's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from matplotlib.figure import Figure

from gba_analysis import fonts
from gba_analysis.charts.look.drawing import Drawing, drawing
from gba_analysis.charts.look.style import PAPER
from gba_analysis.languages import language_tag

NAMESPACE = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
# Hundredths of a point are finer than any screen.
DIGITS = 2
HASH = 10
NUMBER = re.compile(r"-?\d+\.\d+")
HATCH = re.compile(r"url\(#([^)]+)\)")
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]{4}")
# Left out: the font, which is the page's; ids that nothing refers to; and turns by no angle.
DROPPED = {"font-family", "clip-path", "id"}
# What a group could say of its shapes, which stand without it here.
GROUPED = ("transform", "opacity")
SHAPES = ("path", "text", "use")
SILENT = ("defs", "metadata")
# What every shape inherits from the root; matplotlib says it in a style element.
ROOT = {"stroke-linejoin": "round", "font-family": f"{fonts.FAMILY}, sans-serif"}


@dataclass(frozen=True)
class Shape:
    """An element without its place in the tree: its kind, its attributes with those of its style, and its
    text.
    """

    tag: str
    properties: Mapping[str, str]
    text: str | None = None
    parts: tuple[Shape, ...] = ()


def page_svg(figure: Figure | Drawing, lang: str) -> str:
    """`figure` as one line of SVG with texts, in points; the same figure gives the same bytes.

    lang: the page's language; a text of the other one is marked with its own. Ids begin with a hash of the
    drawing, so that two charts on one page share an id only if they are the same. Raises ValueError if the
    shipped font lacks a character of the figure."""
    svg = drawing(figure).svg
    source = ET.fromstring(svg)
    box = source.attrib["viewBox"]
    shapes = [shape for shape in _drawn(source) if not _is_paper(shape, box)]
    defined = _defined(source, _used(shapes))
    prefix = "c" + hashlib.sha256(svg.encode()).hexdigest()[:HASH] + "-"
    names = {id_: f"{prefix}{number}" for number, id_ in enumerate(defined)}
    root = ET.Element("svg", {"viewBox": _short(box), **ROOT})
    if defined:
        definitions = ET.SubElement(root, "defs")
        definitions.extend([_named(shape, names[id_]) for id_, shape in defined.items()])
    root.extend([_plain(shape, names, lang) for shape in shapes])
    return ET.tostring(root, encoding="unicode")


def _shape(element: ET.Element) -> Shape:
    return Shape(
        element.tag.removeprefix(NAMESPACE),
        _properties(element),
        element.text,
        tuple(_shape(part) for part in element),
    )


def _defined(source: ET.Element, used: Collection[str]) -> dict[str, Shape]:
    """What others refer to, markers and hatches, each once, by id."""
    found = [child for defs in source.iter(f"{NAMESPACE}defs") for child in defs]
    named = [(element.get("id", ""), element) for element in found]
    return {id_: _shape(element) for id_, element in named if id_ in used}


def _used(shapes: Iterable[Shape]) -> set[str]:
    """The ids that `shapes` refer to."""
    links = {shape.properties[LINK][1:] for shape in shapes if LINK in shape.properties}
    return links | {name for shape in shapes for name in HATCH.findall(shape.properties.get("fill", ""))}


def _drawn(element: ET.Element) -> Iterator[Shape]:
    """The shapes in the order in which they are painted; groups say nothing that a shape needs."""
    for child in element:
        tag = child.tag.removeprefix(NAMESPACE)
        if tag == "g":
            properties = _properties(child)
            if said := [name for name in GROUPED if name in properties]:
                raise ValueError(f"chart: found a group with {', '.join(said)}, expected plain groups")
            yield from _drawn(child)
        elif tag in SHAPES:
            yield _shape(child)
        elif tag not in SILENT:
            raise ValueError(f"chart: found a part of the kind {tag}, expected one of {', '.join(SHAPES)}")


def _is_paper(shape: Shape, box: str) -> bool:
    """The rectangle over the whole page that matplotlib paints first."""
    if shape.properties.get("fill") != PAPER:
        return False
    width, height = box.split()[2:]
    corners = f"M 0 {height} L {width} {height} L {width} 0 L 0 0 z"
    return " ".join(shape.properties.get("d", "").split()) == corners


def _plain(shape: Shape, names: Mapping[str, str], lang: str) -> ET.Element:
    properties = {key: _short(value) for key, value in shape.properties.items() if key not in DROPPED}
    if hatch := HATCH.match(properties.get("fill", "")):
        properties["fill"] = f"url(#{names[hatch[1]]})"
    if LINK in properties:
        properties["href"] = "#" + names[properties.pop(LINK)[1:]]
    if properties.get("transform", "").startswith("rotate(-0 "):
        del properties["transform"]
    if properties.get("text-anchor") == "start":
        del properties["text-anchor"]
    if other := _other_language(shape.text or "", lang):
        properties["lang"] = other
    plain = ET.Element(shape.tag, properties)
    plain.text = shape.text if shape.tag == "text" else None
    return plain


def _named(shape: Shape, name: str) -> ET.Element:
    """A definition with its new id, its parts without one."""
    plain = _plain(shape, {}, "")
    plain.set("id", name)
    plain.extend([_plain(part, {}, "") for part in shape.parts])
    return plain


def _properties(element: ET.Element) -> dict[str, str]:
    """The attributes of an element, those of its style among them."""
    properties = {name: value for name, value in element.attrib.items() if name != "style"}
    return {**properties, **_declared(element.get("style", ""))}


@cache
def _declared(style: str) -> Mapping[str, str]:
    """The properties that a style declares; many shapes have the same one."""
    declarations = [part.partition(":") for part in style.split(";") if part.strip()]
    properties = {name.strip(): value.strip() for name, _, value in declarations}
    return properties | _font(properties.pop("font", ""))


def _font(shorthand: str) -> dict[str, str]:
    """`bold 9.5px 'Name', …` as attributes."""
    if not shorthand:
        return {}
    before, _, _ = shorthand.partition("px ")
    *weight, size = before.split()
    return {"font-size": size} | ({"font-weight": " ".join(weight)} if weight else {})


def _short(value: str) -> str:
    rounded = NUMBER.sub(lambda found: f"{round(float(found[0]), DIGITS):g}", value)
    return " ".join(rounded.split()).removesuffix("px")


def _other_language(text: str, lang: str) -> str:
    """The language of a text that is not `lang`'s; a page in Chinese may hold Latin letters among its own."""
    if lang == "en" and HAN.search(text):
        return language_tag("zh")
    return "en" if lang == "zh" and LATIN.search(text) and not HAN.search(text) else ""
