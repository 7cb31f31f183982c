"""Figures of one policy article, read as bounds, checked and published.

The package holds the reading of figures, the analysis, the charts and the thin joints between
papermill, nbval and Quarto. It does not hold facts: those are in the project's `data/` folder.
"""

__version__ = "0.1.0"
