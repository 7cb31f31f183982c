"""Record the size and SHA-256 of every table of data/ in datapackage.json, after a deliberate change.

For maintainers: `.venv/bin/python tools/update_datapackage.py [PROJECT]`. Nothing else in the file is
changed; its formatting is always the same. `gba check` refuses a table whose hash is not the recorded one.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from gba_analysis.errors import GbaError
from gba_analysis.figures.datapackage import DATAPACKAGE, read_datapackage
from gba_analysis.project import Project, find_project


def update(project: Project) -> list[str]:
    """Rewrite datapackage.json with the present sizes and hashes; the paths of the tables that have
    changed.
    """
    package = read_datapackage(project)
    changed = []
    for resource in package["resources"]:
        content = (project.data / resource["path"]).read_bytes()
        recorded = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        if any(resource.get(name) != value for name, value in recorded.items()):
            changed.append(resource["path"])
        resource.update(recorded)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (project.data / DATAPACKAGE).write_text(text, encoding="utf-8", newline="\n")
    return changed


if __name__ == "__main__":
    try:
        changed = update(find_project(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    except (GbaError, OSError) as error:
        sys.exit(str(error))
    print(f"{DATAPACKAGE}: " + (", ".join(changed) if changed else "unchanged"))
