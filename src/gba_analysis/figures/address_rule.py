"""What an address of a source must be: one that can stand in a link and names the page, not the reader.

Which sources need an address follows from their grade, see `grade_rule`."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from gba_analysis.errors import Problem
from gba_analysis.figures.cell_names import cell_problem
from gba_analysis.markdown import ADDRESS_SIGNS, WEB

ADDRESS_CHARACTERS = frozenset(string.ascii_letters + string.digits + ADDRESS_SIGNS)
NO_BYTE = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}")
# Parts of a query that follow the reader and not the page.
TRACKING = ("utm_", "fbclid=", "gclid=", "from=", "spm=", "share_token=")


def address_problems(number: int, row: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the address in row `number` of references.csv, if it has one."""
    if row["address"]:
        for found, expected in (*_malformed(row["address"]), *_tracking(row["address"])):
            yield cell_problem("references", number, "address", found, expected)


def _malformed(address: str) -> Iterator[tuple[str, str]]:
    """What keeps an address from standing in a link, as (found, expected). Source: RFC 3986."""
    # Another scheme is reported by the schema.
    if address.startswith(WEB) and not _host(address):
        yield f"'{address}'", "the name of a machine after ://"
    for char in dict.fromkeys(char for char in address if char not in ADDRESS_CHARACTERS):
        yield f"the character {char!r}", f"it percent-encoded, {quote(char)}"
    for sequence in dict.fromkeys(NO_BYTE.findall(address)):
        yield f"'{sequence}'", "two hexadecimal digits after %, or %25 for the sign itself"


def _host(address: str) -> str:
    """The machine that an address names; empty if none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _tracking(address: str) -> Iterator[tuple[str, str]]:
    for part in address.partition("?")[2].split("&"):
        if part.startswith(TRACKING):
            yield f"'{part}'", "an address without what follows the reader"
