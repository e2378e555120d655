"""The certificate of a plan's service in words: whether it is given, before and after, who is missing, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from wfm.domain import AverageWait, Estimate
from wfm.domain.performance import Verdict
from wfm.report.textual import WIDTH, table
from wfm.report.wording import day_text, hours, percent, seconds_text, target_text
from wfm.study import ServiceCertificate
from wfm.study.service_certificate import Kept

VERDICTS: dict[Verdict, str] = {"met": "met", "missed": "MISSED", "unsure": "too close to call"}


@dataclass(frozen=True)
class KeptRow:
    """One target before and after the corrections, as people read it."""

    channel: str
    words: str
    before: str
    after: str
    verdict: Verdict

    @classmethod
    def of(cls, row: Kept) -> KeptRow:
        """The row of a target."""
        return cls(row.channel, target_text(row.target), _text(row, row.before), _text(row, row.after), row.verdict)


def verdict_text(certificate: ServiceCertificate) -> str:
    """Whether the certificate is given, in a sentence."""
    if certificate.certified:
        return "Certified: every target is kept at 95 % confidence on fresh contacts."
    open_rows = [f"{row.channel} {target_text(row.target)}" for row in certificate.kept if row.verdict != "met"]
    return f"Not certified: {'; '.join(open_rows)}."


def paid_text(certificate: ServiceCertificate) -> str:
    """Paid hours before and after."""
    before, after = hours(certificate.paid_minutes_before), hours(certificate.paid_minutes)
    return f"paid {before} before, {after} after the corrections ({100 * certificate.more_paid:+.1f}%)"


def proof_text(certificate: ServiceCertificate) -> str:
    """How it was measured."""
    return f"{certificate.replications} replications with seed {certificate.seed}, on which nothing was corrected"


def robustness_lines(certificate: ServiceCertificate) -> Iterator[str]:
    """How sure each service target is."""
    for row in certificate.robustness:
        bad = f"; one in twenty {day_text(row.day)} is below {percent(row.bad)}" if row.day else ""
        yield (
            f"{row.channel}: service target met with probability {percent(row.chance)}, {percent(row.chance_alike)} "
            f"where all days err alike from the forecast{bad}"
        )


def certificate_text(certificate: ServiceCertificate) -> Iterator[str]:
    """The certificate for the screen."""
    yield from wrap(verdict_text(certificate), WIDTH, subsequent_indent="  ")
    yield from _indented(certificate.reason, f"{paid_text(certificate)}; {proof_text(certificate)}")
    rows = [KeptRow.of(row) for row in certificate.kept]
    body = [[row.channel, row.words, row.before, row.after, VERDICTS[row.verdict]] for row in rows]
    yield from table(["channel", "target", "before", "after", ""], body, "llrrl")
    yield from _indented(*(row.words for row in certificate.missing), *robustness_lines(certificate))


def _indented(*sentences: str) -> Iterator[str]:
    for sentence in sentences:
        yield from wrap(sentence, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _text(row: Kept, achieved: Estimate) -> str:
    return seconds_text(achieved) if isinstance(row.target, AverageWait) else achieved.share_text()
