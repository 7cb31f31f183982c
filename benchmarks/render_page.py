"""Render one staged page in a process of its own, as a loop of render calls would: python render_page.py
FOLDER LANG html|pdf.
"""

import sys
from pathlib import Path

from gba_analysis.project import find_project
from gba_analysis.record.provenance import read_provenance
from gba_analysis.render.engines import choose

folder, lang, to = sys.argv[1:]
content = choose("auto").render(Path(folder), lang, to, read_provenance(find_project()).epoch)
Path(folder, f"briefing.{lang}.{to}").write_bytes(content)
