"""From a project to a finished run: `build`, and `sweep` over many values; what there is to say before one:
`check`, `doctor`, `update`, whether the last run is `unchanged`.

The steps themselves are in `notebooks`, `pages` and `record`. No figure is computed here, and no text of the
report is written here."""
