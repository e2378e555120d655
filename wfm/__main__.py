"""Runs the command line where the console script is not on the path: ``python -m wfm``."""

from wfm.cli import main

if __name__ == "__main__":
    main()
