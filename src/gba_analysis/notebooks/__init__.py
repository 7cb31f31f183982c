"""The notebooks: as they are committed, run under parameters, kept, and stored again. No pages."""
