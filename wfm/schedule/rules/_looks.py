"""Rules whose breach at a place is just what a look finds beyond the limit: the witness that is common to them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from wfm.domain import Breach, Roster
from wfm.schedule.look import Look
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule


class LookRule(Rule):
    """A rule that is breached, at each place, by as much as the room there is negative; a subclass looks and says what it found."""

    @abstractmethod
    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """Every place at which the rule is held against a roster: the witness."""

    @abstractmethod
    def said(self, look: Look) -> str:
        """A breach in words."""

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each place without room."""
        return [
            self.breach(-look.room, self.said(look), agent=look.agent, first=look.first, last=look.last)
            for look in self.looks(problem, roster)
            if look.room < 0
        ]
