"""Proof that a run can be built again: rebuilt from its sources in other surroundings, compared file by file,
certified.
"""
