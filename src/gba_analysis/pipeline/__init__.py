"""From a project to a finished run: execute the notebooks, collect the ledger, stage, render, record.

Each module is one step and reads only what the step before it wrote. No figure is computed here, and no text
of the report is written here."""
