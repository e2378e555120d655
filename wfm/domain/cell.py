"""Text in a spreadsheet's cell: whatever it starts with, it stays text and never becomes a formula."""

from __future__ import annotations

QUOTE = "'"
FORMULA_STARTS = frozenset("=+-@\t\r\n")
"""What makes spreadsheet programs take a cell for a formula (OWASP, CSV injection)."""


def neutral(text: str) -> str:
    """The text with an apostrophe before it where it starts like a formula (or with an apostrophe, so that ``restored`` is exact)."""
    return QUOTE + text if text[:1] in FORMULA_STARTS | {QUOTE} else text


def restored(text: str) -> str:
    """The inverse of :func:`neutral`; an apostrophe that protects nothing stays."""
    protects = text[:1] == QUOTE and text[1:2] in FORMULA_STARTS | {QUOTE}
    return text[1:] if protects else text
