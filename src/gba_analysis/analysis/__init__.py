"""What the figures mean together: derived indicators, evidence, and one table per question of the briefing.

Tables in (`figures.tables.Facts`), tables out: no files, no charts, no Markdown. Nothing is imported here, so
that a caller pays only for the module it uses."""
