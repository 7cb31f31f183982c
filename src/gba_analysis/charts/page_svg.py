"""A Figure as the SVG that stands inside the web page: real text in the page's font, and colours the page can change.

What differs from `outlines.to_svg`, whose letters are outlines: the page's security policy allows no style attribute and no
style element, so each property is an attribute; ids are unique on the page; the paper is the page's own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from matplotlib.figure import Figure

from gba_analysis import fonts
from gba_analysis.charts.drawing import Drawing, drawing
from gba_analysis.charts.style import PAPER

NAMESPACE = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
# Hundredths of a point are finer than any screen.
DIGITS = 2
HASH = 10
NUMBER = re.compile(r"-?\d+\.\d+")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]{4}")
# Left out: the font, which is the page's; and turns by no angle.
DROPPED = {"font-family", "style", "clip-path"}
# What a group could say of its shapes, which stand without it here.
GROUPED = ("transform", "opacity")
SHAPES = ("path", "text", "use")
SILENT = ("defs", "metadata")
# What every shape inherits from the root; matplotlib says it in a style element.
ROOT = {"stroke-linejoin": "round", "font-family": f"{fonts.FAMILY}, sans-serif"}


def page_svg(figure: Figure | Drawing, lang: str) -> str:
    """`figure` as one line of SVG with texts, in points; the same figure gives the same bytes.

    lang: the page's language; a text of the other one is marked with its own. Ids begin with a hash of the drawing, so
    that two charts on one page share an id only if they are the same.
    Raises ValueError if the shipped font lacks a character of the figure.
    """
    svg = drawing(figure).svg
    source = ET.fromstring(svg)
    prefix = "c" + hashlib.sha256(svg.encode()).hexdigest()[:HASH] + "-"
    names = {element.get("id"): f"{prefix}{number}" for number, element in enumerate(_defined(source))}
    box = source.get("viewBox")
    root = ET.Element("svg", {"viewBox": _short(box), **ROOT})
    definitions = ET.SubElement(root, "defs")
    definitions.extend([_named(element, names) for element in _defined(source)])
    if not len(definitions):
        root.remove(definitions)
    root.extend([_plain(element, names, lang) for element in _drawn(source) if not _is_paper(element, box)])
    return ET.tostring(root, encoding="unicode")


def _defined(source: ET.Element) -> list[ET.Element]:
    """What others refer to, markers and hatches, each once."""
    found = [child for defs in source.iter(f"{NAMESPACE}defs") for child in defs if child.tag != f"{NAMESPACE}style"]
    used = _used(source)
    return list({element.get("id"): element for element in found if element.get("id") in used}.values())


def _used(source: ET.Element) -> set[str]:
    links = {element.get(LINK, "#")[1:] for element in source.iter(f"{NAMESPACE}use")}
    fills = {name for element in source.iter() for name in REFERENCE.findall(_properties(element).get("fill", ""))}
    return links | fills


def _drawn(element: ET.Element) -> Iterator[ET.Element]:
    """The shapes in the order in which they are painted; groups say nothing that a shape needs."""
    for child in element:
        tag = child.tag.removeprefix(NAMESPACE)
        if tag == "g":
            if said := [name for name in GROUPED if name in _properties(child)]:
                raise ValueError(f"chart: found a group with {', '.join(said)}, expected plain groups")
            yield from _drawn(child)
        elif tag in SHAPES:
            yield child
        elif tag not in SILENT:
            raise ValueError(f"chart: found a part of the kind {tag}, expected one of {', '.join(SHAPES)}")


def _is_paper(element: ET.Element, box: str) -> bool:
    """The rectangle over the whole page that matplotlib paints first."""
    width, height = box.split()[2:]
    corners = f"M 0 {height} L {width} {height} L {width} 0 L 0 0 z"
    return _properties(element).get("fill") == PAPER and " ".join(element.get("d", "").split()) == corners


def _plain(element: ET.Element, names: dict[str, str], lang: str) -> ET.Element:
    properties = {key: _renamed(value, names) for key, value in _properties(element).items() if key not in DROPPED}
    if LINK in properties:
        properties["href"] = "#" + names[properties.pop(LINK)[1:]]
    properties.pop("id", None)
    if properties.get("transform", "").startswith("rotate(-0 "):
        del properties["transform"]
    if properties.get("text-anchor") == "start":
        del properties["text-anchor"]
    if other := _other_language(element.text or "", lang):
        properties["lang"] = other
    plain = ET.Element(element.tag.removeprefix(NAMESPACE), {key: _short(value) for key, value in properties.items()})
    plain.text = element.text if plain.tag == "text" else None
    return plain


def _named(element: ET.Element, names: dict[str, str]) -> ET.Element:
    """A definition with its new id, its parts without one."""
    plain = _plain(element, names, "")
    plain.set("id", names[element.get("id")])
    plain.extend([_plain(child, names, "") for child in element])
    return plain


def _properties(element: ET.Element) -> dict[str, str]:
    """The attributes of an element, those of its style among them."""
    declarations = [part.partition(":") for part in element.get("style", "").split(";") if part.strip()]
    properties = dict(element.attrib) | {name.strip(): value.strip() for name, _, value in declarations}
    properties |= _font(properties.pop("font", ""))
    return properties


def _font(shorthand: str) -> dict[str, str]:
    """`bold 9.5px 'Name', …` as attributes."""
    if not shorthand:
        return {}
    weight, size, _ = re.match(r"(.*?)\s*([\d.]+)px (.*)", shorthand).groups()
    return {"font-size": size} | ({"font-weight": weight} if weight else {})


def _renamed(value: str, names: dict[str, str]) -> str:
    return REFERENCE.sub(lambda found: f"url(#{names[found[1]]})", value)


def _short(value: str) -> str:
    rounded = NUMBER.sub(lambda found: f"{round(float(found[0]), DIGITS):g}", value)
    return " ".join(rounded.split()).removesuffix("px")


def _other_language(text: str, lang: str) -> str:
    if lang == "en" and HAN.search(text):
        return "zh-Hans"
    return "en" if lang == "zh" and LATIN.search(text) and not HAN.search(text) else ""
