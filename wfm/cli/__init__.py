"""Front door 1: the command line. Data on stdout, talk on stderr; the exit code says how it went."""

from wfm.cli.main import main

__all__ = ["main"]
