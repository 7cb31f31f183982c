"""`python -m gba_analysis` is the command `gba`."""

from gba_analysis.cli import main

if __name__ == "__main__":
    main()
