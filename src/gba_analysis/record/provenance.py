"""What the data say about themselves: when they were made and which text they were read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.datapackage import DATAPACKAGE, file_name, read_datapackage
from gba_analysis.project import Project


@dataclass(frozen=True)
class Provenance:
    """created: the one date of a run, whenever it is built. article_sha: SHA-256 of the article's text."""

    created: dt.datetime
    article_sha: str

    @property
    def date(self) -> str:
        """The day, in ISO form."""
        return self.created.date().isoformat()

    @property
    def epoch(self) -> int:
        """Seconds since 1970 (UTC)."""
        return int(self.created.timestamp())


def read_provenance(project: Project) -> Provenance:
    """The provenance in datapackage.json. Raises DataError if it is incomplete."""
    package = read_datapackage(project)
    try:
        created = dt.datetime.fromisoformat(package["created"])
        # Without a zone Python would take the machine's, and the date could differ from place to place.
        return Provenance(created.replace(tzinfo=created.tzinfo or dt.UTC), package["article"]["sha256"])
    except (KeyError, TypeError, ValueError) as error:
        found = f"no usable `created` and `article.sha256` ({error})"
        raise DataError(
            Problem(file_name(project, DATAPACKAGE), "", found, "a date and a SHA-256")
        ) from error
