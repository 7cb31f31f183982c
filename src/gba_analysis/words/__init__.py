"""Words: everything that is said in a language and is neither a page nor a table of data/.

They stand in catalogues, one file for each language, in two layers: the engine's, `en.yml` and `zh.yml`
beside this file, and the article's, `words.en.yml` and `words.zh.yml` in its data/. A catalogue holds groups
of words, and each word has a key, `verdict.confirmed`; nothing in the code knows a verdict, a unit or a
cluster by its word.

    from gba_analysis.words import say

    say("verdict.in_tension", "en")                       # in tension
    say("noun.event", "en", number=1)                     # 1 event
    load_words(project.data).say("panel.jointlabs", "zh") # a word of the article, or of the engine

How a number is written belongs to `figures.text`; which words a page needs, to those who make it.
"""

from gba_analysis.words.catalogue import Words, catalogues, engine_words, load_words, say

__all__ = ["Words", "catalogues", "engine_words", "load_words", "say"]
