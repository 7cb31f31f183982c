"""What earlier builds made, kept by what it was made from, so that nothing is made twice.

An entry is a file named after its key; its first line is the checksum of key and content, so that a damaged,
cut off or exchanged entry is as good as none. What a key must hold is said in `keys`. Losing an entry costs
time and nothing else."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from gba_analysis.files import digest

# Below the folder of the runs. Hidden, so that nobody takes it for a run.
FOLDER = ".cache"
# The notebooks and pages of some fifty scenarios.
LARGEST = 500_000_000
SUM_DIGITS = 64


@dataclass(frozen=True)
class Cache:
    """Entries in `folder`, which need not exist.

    is_read: False for a build that must make everything itself; it keeps what it makes, and takes that.
    """

    folder: Path
    is_read: bool = True
    _made: set[str] = field(default_factory=set)

    def get(self, key: str) -> bytes | None:
        """The content kept under `key`; None if there is none, or it is not what was put there."""
        path = self.folder / key
        try:
            found = path.read_bytes() if self.is_read or key in self._made else b""
            content = found[SUM_DIGITS + 1 :]
            if found[: SUM_DIGITS + 1] != _first_line(key, content):
                return None
            # The oldest entries go first, by when they were used.
            os.utime(path)
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`. A disk that cannot take it is no reason to stop."""
        self._made.add(key)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as draft:
                try:
                    draft.write(_first_line(key, content) + content)
                    draft.close()
                    os.replace(draft.name, self.folder / key)
                except BaseException:
                    os.unlink(draft.name)
                    raise

    def prune(self, largest: int = LARGEST) -> None:
        """Remove the entries that were not used for longest, until all together have at most `largest`
        bytes.
        """
        with suppress(OSError):
            entries = sorted(
                (
                    (entry.stat().st_mtime_ns, entry.path, entry.stat().st_size)
                    for entry in os.scandir(self.folder)
                ),
                reverse=True,
            )
            total = 0
            for _, path, size in entries:
                total += size
                if total > largest:
                    os.unlink(path)


def _first_line(key: str, content: bytes) -> bytes:
    return f"{digest(key.encode() + content)}\n".encode()
