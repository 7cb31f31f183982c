"""What a reader sees of a chart in the web page: the colours that the style sheet gives its parts, and what
is under its texts.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from gba_analysis import kit

DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{(.*?)\n\}", re.DOTALL)
RULE = re.compile(r"^ *(\.chart [^{]+) \{ ([^}]+)\}", re.MULTILINE)
PAPER = re.compile(r"--paper: (#[0-9a-f]{3,6});")
# One part of our selectors: tags, then attributes with or without a value.
SIMPLE = re.compile(r"^(?:(?P<tags>[a-z]+|:is\([a-z, ]+\)))?(?P<attributes>(?:\[[^]]+\])*)$")
ATTRIBUTE = re.compile(r'\[([a-z]+)(?:="([^"]+)")?\]')
# The middle of a letter above its baseline, in font sizes.
MIDDLE = 0.35


def seen_in(scheme):
    """A function (element, property) → the colour in a `scheme`, light or dark; for the property "paper", the
    page's.
    """
    css = (kit.FOLDER / "styles" / "briefing.css").read_text(encoding="utf-8")
    dark = DARK.search(css)[1]
    rules = [(parsed(selector), body) for selector, body in RULE.findall(dark)] if scheme == "dark" else []
    paper = full(PAPER.search(dark if scheme == "dark" else css)[1])

    def colour(element, name):
        if name == "paper":
            return paper
        value = element.get(name, "#000000")
        for selectors, body in rules:
            declared = dict(part.strip().split(": ") for part in body.split(";") if part.strip())
            if name in declared and any(matches(element, *selector) for selector in selectors):
                value = declared[name]
        return value

    return colour


def full(colour):
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def parsed(selector):
    """Pairs of tags (empty = any) and attributes, one for each part between commas; what stands before the
    last is left.
    """
    parts = re.split(r",\s*(?![^(]*\))", selector)
    found = [SIMPLE.match(re.split(r"\s+(?![^(]*\))", part.strip())[-1]) for part in parts]
    assert all(found), selector
    return [
        (set(re.findall(r"[a-z]+", match["tags"] or "")) - {"is"}, ATTRIBUTE.findall(match["attributes"]))
        for match in found
    ]


def matches(element, tags, attributes):
    named = not tags or element.tag in tags
    return named and all(
        name in element.attrib and value in ("", element.get(name)) for name, value in attributes
    )


def shapes(svg):
    """All that is painted but texts, in order; a marker where it is used, with the outline it brings
    along.
    """
    root = ET.fromstring(svg)
    return [element for element in root if element.tag in ("path", "use", "rect")]


def backgrounds(svg):
    """(text, the filled shape under its middle or None) for each text; of several shapes the one painted
    last.
    """
    root = ET.fromstring(svg)
    faces = [
        (box(shape), shape)
        for shape in shapes(svg)
        if shape.tag == "path" and shape.get("fill", "").startswith("#")
    ]
    found = []
    for text in root.iter("text"):
        x, y = float(text.get("x")), float(text.get("y")) - MIDDLE * float(text.get("font-size"))
        under = [
            shape for (left, top, right, bottom), shape in faces if left < x < right and top < y < bottom
        ]
        found.append((text, under[-1] if under else None))
    return found


def box(path):
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", path.get("d"))]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
