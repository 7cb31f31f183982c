"""From executed notebooks to finished pages of one run: the folder that is rendered, and what its texts
say.
"""
