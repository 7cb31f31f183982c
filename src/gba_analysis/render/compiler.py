"""Compiles one Typst file in a process of its own: Typst keeps a cache in memory, which then ends with it.

Usage: python compiler.py, with the options of `typst.compile_with_warnings` on standard input as JSON, the
file `output` among them. Typst's messages go to standard output, as a JSON list of `message` and `hints`; the
file is written only if there are none."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typst


def compile_file(output: str, **options: Any) -> list[dict[str, Any]]:
    """What Typst says; the PDF is in the file `output` then, if it says nothing."""
    try:
        pdf, said = typst.compile_with_warnings(**options)
    except typst.TypstError as error:
        said = [error]
    if not said:
        Path(output).write_bytes(pdf)
    return [
        {"message": str(getattr(each, "message", each)), "hints": list(getattr(each, "hints", []))}
        for each in said
    ]


if __name__ == "__main__":
    json.dump(compile_file(**json.load(sys.stdin)), sys.stdout)
