"""What several charts are made of: rows, bars, marks, axes, panels, and the checks of their tables."""
