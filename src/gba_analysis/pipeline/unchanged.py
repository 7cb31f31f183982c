"""Whether a run need not be built again: it is there, whole, and everything it was made from is as it was.

Compares checksums with the run's manifest; imports nothing heavy. The revision is not compared: a commit that
changes no source changes no run."""

from __future__ import annotations

import json
import platform
import sysconfig
from collections.abc import Mapping
from typing import Any

from gba_analysis.record import manifest as manifests
from gba_analysis.render import quarto
from gba_analysis.request import Request

AUTO, EMBEDDED, QUARTO = "auto", "embedded", "quarto"


def is_unchanged(request: Request) -> bool:
    """Whether the requested run stands at its place as a build would make it now. Any doubt is a no."""
    try:
        recorded = json.loads((request.target / manifests.NAME).read_text(encoding="utf-8"))
        return (
            _same_request(request, recorded)
            and _same_tools(request, recorded)
            and _same_files(request, recorded)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _same_request(request: Request, recorded: Mapping[str, Any]) -> bool:
    asked = (request.scenario, dict(request.values), list(request.languages), list(request.formats))
    return asked == tuple(recorded[part] for part in ("scenario", "parameters", "languages", "formats"))


def _same_tools(request: Request, recorded: Mapping[str, Any]) -> bool:
    here = (
        manifests.SCHEMA_VERSION,
        platform.python_version(),
        sysconfig.get_platform(),
        manifests.packages(),
    )
    if here != tuple(recorded[part] for part in ("schema", "python", "platform", "packages")):
        return False
    program = quarto.find_quarto() if request.engine in (AUTO, QUARTO) else None
    name = QUARTO if program else EMBEDDED if request.engine == AUTO else request.engine
    # The embedded engine comes with the packages, whose versions were compared.
    version = quarto.version(program) if program else recorded["engine"]["version"]
    return recorded["engine"] == {"name": name, "version": version}


def _same_files(request: Request, recorded: Mapping[str, Any]) -> bool:
    return recorded["inputs"] == manifests.inputs(request.project) and recorded[
        "outputs"
    ] == manifests.outputs(request.target)
