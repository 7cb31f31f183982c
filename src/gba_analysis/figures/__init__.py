"""Printed figures: reading them as intervals, interval arithmetic, and the tables of data/ that hold them.

What the figures mean together (derived indicators, evidence, verdicts) belongs in `analysis`. Nothing is
imported here, so that a caller pays only for the module it uses.
"""
