"""Charts: one function per chart, a table in, a Figure out, with the alt text made from the same table.

No numbers are read, derived or formatted here: a table brings its values and their printed texts.
"""
