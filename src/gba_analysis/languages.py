"""The languages in which everything is published. The first is the one that names and messages fall back
on.
"""

LANGS = ("en", "zh")
# For browsers and Quarto plain `zh` could be traditional Chinese as well.
TAGS = {"zh": "zh-Hans"}


def check_lang(lang: str) -> str:
    """`lang` itself. Raises ValueError unless it is one of LANGS."""
    if lang not in LANGS:
        raise ValueError(f"lang: found {lang!r}, expected one of {', '.join(LANGS)}")
    return lang


def language_tag(lang: str) -> str:
    """What marks a text in `lang` for a browser: `en`, `zh-Hans`."""
    return TAGS.get(lang, lang)
