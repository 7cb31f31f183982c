"""How a source is named to a reader: its publisher, title and date, each with what must be said of it.

    publisher("gii_cluster_rank_intensity_2025", row)   # Yicai, read at Reportify (machine summary)
    published(row)                                      # 2024-02 (inferred)

Which sources there are and their numbers belong to `sources`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gba_analysis.analysis.cells import Cell, Name, phrase

Row = Mapping[str, Any]
TABLE = "references"


def publisher(reference_id: str, row: Row, *, party: bool = False) -> Cell:
    """Who published the page of a reference, whom it cites, where it was read, and whether a machine summed
    it up.

    row: of references.csv. party: say that only parties speak on the page."""
    name: Cell = Name(TABLE, reference_id, "outlet")
    for part, key in (("cites", "source.cites"), ("carrier", "source.carrier")):
        if row[f"{part}_en"]:
            name = phrase(key, name=name, other=Name(TABLE, reference_id, part))
    if row["machine_summary"]:
        name = phrase("source.machine", name=name)
    return phrase("source.party", name=name) if party else name


def title(reference_id: str, row: Row) -> Cell:
    """The title of a reference's page in its own language; without one, our description in brackets."""
    return str(row["title"]) or phrase("source.ours", name=Name(TABLE, reference_id, "title_ours"))


def published(row: Row) -> Cell:
    """The date of publication as far as it is known, and whether it was inferred."""
    date = str(row["published_on"])
    return phrase("source.inferred", date=date) if row["date_inferred"] else date
