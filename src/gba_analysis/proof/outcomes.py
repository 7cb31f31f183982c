"""What a verification finds: the verdict on each file, and the result of each thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class File:
    """The verdict on one file of the run. detail: where it differs, in a few lines."""

    name: str
    verdict: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at. result: passed, failed or skipped."""

    name: str
    result: str
    detail: str
