"""Cards of key figures: one number each in large type, with its interval on a small axis of its own.

Cards of one unit share the ends of their axes, so that their marks can be compared. Which figures are shown
comes with the table; what a card says in words is in `card_table`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gba_analysis.charts.look.sheet import (
    CONDITIONAL,
    MIDDLE,
    KeyItem,
    Sheet,
    close_sheet,
    draw_key,
    line_height,
    write,
)
from gba_analysis.charts.look.style import (
    INK,
    LEFT,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    TEXT,
    chart_style,
    is_narrow,
    right_edge,
)
from gba_analysis.charts.look.wrap import longest_piece, text_width, widest, wrap
from gba_analysis.charts.parts import marks
from gba_analysis.charts.parts.card_table import Card, read_cards, verdict_line
from gba_analysis.charts.parts.scale import TICK_LENGTH, Scale, draw_ticks, plot_area, tick_text
from gba_analysis.languages import check_lang
from gba_analysis.words import say

MOST_COLUMNS = 3
# Rather than a label in more lines than this, fewer cards stand side by side.
MOST_LINES = 4
# Between cards, around what stands on one, and between its parts, in points.
GAP, PADDING, STEP = 6.0, 5.0, 2.0
# The largest at which every value fits its card is taken, for all of them.
VALUE_SIZES = (17.0, 16.0, 15.0, 14.0, 13.0)
UNIT_GAP = 4.0
# A mark with the room above and below it.
MARK_HEIGHT = 11.0
# An arrow begins at this part of its axis at the latest, and no bar ends nearer to the arrows' end than this.
ARROW_FROM, BAR_UNTIL = 0.8, 0.95
ROUND_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
KEY_GAP = 5.0
SHAPES = {"exact": "dot", "range": "box", "open_high": "right", "open_low": "left"}


@dataclass(frozen=True)
class Block:
    """Lines of one look on a card."""

    lines: tuple[str, ...] = ()
    size: float = SMALL
    bold: bool = False
    color: str = INK

    @property
    def height(self) -> float:
        return line_height(self.size) * len(self.lines)


@dataclass(frozen=True)
class Face:
    """What is written on a card: above its axis a head, the value with its unit, and the article's figures;
    below it the verdict. beside: a unit that fits behind the value; otherwise it is the first block of the
    body.
    """

    head: tuple[Block, ...]
    value: Block
    beside: str
    body: tuple[Block, ...]
    foot: Block


@dataclass(frozen=True)
class Parts:
    """The heights of the parts of the cards in one row, in points: each as high as the highest needs."""

    head: float
    value: float
    body: float
    foot: float

    @property
    def tops(self) -> tuple[float, ...]:
        """Where head, value, body, axis and foot begin below the card's upper edge, and where the card
        ends.
        """
        value = PADDING + self.head + STEP
        axis = value + self.value + self.body + STEP
        foot = axis + MARK_HEIGHT + TICK_LENGTH + 1 + line_height(SMALL) + STEP / 2
        return PADDING, value, value + self.value, axis, foot, foot + self.foot + PADDING


@chart_style()
def card_chart(table: pd.DataFrame, lang: str) -> Figure:
    """Each row of `table` as a card, in the table's order: up to three side by side, one on a narrow sheet.

    table: label; detail (of what, when); printed (the article's figures) and computed (whether the value
    follows from them); low, high (±inf = no such bound), text, unit (its word), unit_id and kind (of the
    unit: a percentage's axis has percent signs, a rank's begins at one); soundness (sound or conditional);
    mark and verdict. Only label and text may not be empty. Raises ValueError for a missing column, no rows,
    NaN, low above high, two open ends, a value below the beginning of its axis."""
    check_lang(lang)
    cards = read_cards(table)
    columns = _columns(cards)
    width = (right_edge() - LEFT - GAP * (columns - 1)) / columns
    faces = _faces(cards, width - 2 * PADDING, lang)
    ends = _ends_by_unit(cards)
    sheet, top = Sheet(), LEFT
    for start in range(0, len(cards), columns):
        row = list(zip(cards, faces, strict=True))[start : start + columns]
        parts = _parts([face for _, face in row])
        for place, (card, face) in enumerate(row):
            left = LEFT + place * (width + GAP)
            scale = Scale(*ends[card.unit_id], left + PADDING, left + width - PADDING)
            _draw_card(sheet, (left, top, width, parts.tops[-1]))
            _write_face(sheet, face, scale.left, [top + y for y in parts.tops])
            _draw_axis(sheet, card, scale, top + parts.tops[3], lang)
        top += parts.tops[-1] + GAP
    close_sheet(sheet, draw_key(sheet, _key(cards, lang), LEFT, top - GAP + KEY_GAP))
    return sheet


def _columns(cards: Sequence[Card]) -> int:
    """As many cards side by side as leave every label whole words in few lines, and every value one line."""

    def fits(columns: int) -> bool:
        room = (right_edge() - LEFT - GAP * (columns - 1)) / columns - 2 * PADDING
        return all(
            longest_piece(card.label, TEXT, bold=True) <= room
            and len(wrap(card.label, room, TEXT, bold=True)) <= MOST_LINES
            and text_width(card.text, VALUE_SIZES[-1], bold=True) <= room
            for card in cards
        )

    return 1 if is_narrow() else next(filter(fits, range(MOST_COLUMNS, 1, -1)), 1)


def _faces(cards: Sequence[Card], room: float, lang: str) -> list[Face]:
    values = [card.text for card in cards]
    sizes = (
        size for size in VALUE_SIZES if all(text_width(value, size, bold=True) <= room for value in values)
    )
    size = next(sizes, VALUE_SIZES[-1])
    return [_face(card, room, size, lang) for card in cards]


def _face(card: Card, room: float, size: float, lang: str) -> Face:
    value = _block(card.text, room, size, bold=True)
    behind = widest(value.lines, size, bold=True) + UNIT_GAP + text_width(card.unit)
    beside = card.unit if len(value.lines) == 1 and behind <= room else ""
    return Face(
        head=(_block(card.label, room, TEXT, bold=True), _block(card.detail, room, color=MUTED)),
        value=value,
        beside=beside,
        body=(_block("" if beside else card.unit, room, TEXT), Block(_origin(card, room, lang), color=MUTED)),
        foot=_block(verdict_line(card, lang), room),
    )


def _block(text: str, room: float, size: float = SMALL, bold: bool = False, color: str = INK) -> Block:
    return Block(wrap(text, room, size, bold) if text else (), size, bold, color)


def _origin(card: Card, room: float, lang: str) -> tuple[str, ...]:
    """The article's figures behind a card, in lines that break between figures if they can."""
    if not card.printed:
        return ()
    text = say("card.computed" if card.computed else "card.printed", lang, printed=card.printed)
    joint = say("joint.listed", lang)
    figures = [f"{figure}{joint}" for figure in text.split(joint)[:-1]] + text.split(joint)[-1:]
    lines = [""]
    for figure in figures:
        if lines[-1] and text_width((lines[-1] + figure).rstrip(), SMALL) > room:
            lines.append("")
        lines[-1] += figure
    return tuple(part for line in lines for part in wrap(line.strip(), room, SMALL))


def _ends_by_unit(cards: Sequence[Card]) -> Mapping[str, tuple[float, float]]:
    """The round ends of the axis that the cards of each unit share."""
    units = dict.fromkeys(card.unit_id for card in cards)
    return {unit: _ends([card for card in cards if card.unit_id == unit]) for unit in units}


def _ends(cards: Sequence[Card]) -> tuple[float, float]:
    begin = min(card.begin for card in cards)
    starts = [card.low for card in cards if card.form == "open_high"]
    finite = [end for card in cards for end in (card.low, card.high) if math.isfinite(end)]
    # A bar that ended where the arrows end would seem to be one.
    room = BAR_UNTIL if starts else 1.0
    least = max([*(end / room for end in finite), *(start / ARROW_FROM for start in starts)])
    return begin, _round_up(least) if least > begin else 10 * (begin or 0.1)


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    # A last digit lost by the division above must not cost a whole step.
    return next(step * power for step in ROUND_STEPS if step * power >= value * (1 - 1e-9))


def _parts(faces: Sequence[Face]) -> Parts:
    return Parts(
        head=max(sum(block.height for block in face.head) for face in faces),
        value=max(face.value.height for face in faces),
        body=max(sum(block.height for block in face.body) for face in faces),
        foot=max(face.foot.height for face in faces),
    )


def _draw_card(sheet: Sheet, extent: tuple[float, float, float, float]) -> None:
    """The border of a card; extent: left, top, width and height in points."""
    left, top, width, height = extent
    border = Rectangle((left, top), width, height, facecolor=PAPER, edgecolor=RULE, linewidth=0.8, zorder=-1)
    border.set_transform(sheet.points)
    sheet.add_artist(border)


def _write_face(sheet: Sheet, face: Face, x: float, tops: Sequence[float]) -> None:
    head, value, body, _, foot, _ = tops
    _write(sheet, face.head, x, head)
    _write(sheet, [face.value], x, value)
    if face.beside:
        behind = x + widest(face.value.lines, face.value.size, bold=True) + UNIT_GAP
        # On the value's own base line.
        middle = value + face.value.height / 2 + MIDDLE * (face.value.size - TEXT)
        write(sheet, behind, middle, [face.beside])
    _write(sheet, face.body, x, body)
    _write(sheet, [face.foot], x, foot)


def _write(sheet: Sheet, blocks: Iterable[Block], x: float, top: float) -> None:
    for block in blocks:
        write(
            sheet, x, top + block.height / 2, block.lines, size=block.size, bold=block.bold, color=block.color
        )
        top += block.height


def _draw_axis(sheet: Sheet, card: Card, scale: Scale, top: float, lang: str) -> None:
    """The interval above its axis, and the axis's two ends in figures."""
    marks.draw_interval(
        plot_area(sheet, scale),
        scale,
        low=card.low,
        high=card.high,
        y=top + MARK_HEIGHT / 2,
        conditional=card.conditional,
    )
    line = top + MARK_HEIGHT
    draw_ticks(sheet, scale, at=[scale.low, scale.high], named=[], top=line)
    middle = line + TICK_LENGTH + 1 + line_height(SMALL) / 2
    low, high = (_end_text(value, card, lang) for value in (scale.low, scale.high))
    write(sheet, scale.left, middle, [low], size=SMALL, color=MUTED)
    write(sheet, scale.right, middle, [high], size=SMALL, color=MUTED, align="right")


def _end_text(value: float, card: Card, lang: str) -> str:
    number = tick_text(value, lang)
    return say("card.percent", lang, number=number) if card.kind == "percent" else number


def _key(cards: Sequence[Card], lang: str) -> list[KeyItem]:
    """The signs that occur; of conditional figures a pale dot if all are dots, else a hatched bar."""
    sound = {card.form for card in cards if not card.conditional}
    conditional = {card.form for card in cards if card.conditional}
    items = [
        KeyItem(say(f"chart_key.{form}", lang), shape) for form, shape in SHAPES.items() if form in sound
    ]
    if conditional == {"exact"}:
        pale = replace(CONDITIONAL, hatch="")
        items.append(KeyItem(say("chart_key.conditional", lang), "dot", pale))
    elif conditional:
        items.append(KeyItem(say("chart_key.conditional", lang), look=CONDITIONAL))
    return items
