"""The `gba` command: parses, delegates, prints. Imports nothing heavy until a command needs it."""

from gba_analysis.cli import make, proof, sources
from gba_analysis.cli.group import main

__all__ = ["main", "make", "proof", "sources"]
