"""The languages in which everything is published. The first is the one that names and messages fall back
on.
"""

LANGS = ("en", "zh")
