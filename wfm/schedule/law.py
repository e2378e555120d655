"""Where a rule is laid down: an article of a law or of an agreement, under a short id of its own."""

from __future__ import annotations

from wfm.domain import Name, Noun


class Law(Noun):
    """The article that a rule states. Breaches, certificates and ``wfm explain`` name the rule by ``id``, such as ``REST11``.

    ``pack`` is the legal pack that states the rule; None for an agreement of the planner's own.
    """

    id: Name
    article: str
    pack: Name | None = None

    def __str__(self) -> str:
        """The article, and for a pack that nobody should take it for advice."""
        return self.article if self.pack is None else f"{self.article} (pack {self.pack}: {TEMPLATE})"


TEMPLATE = "a template for a lawyer to confirm"
"""What every legal pack is, and all that it is."""
