"""What an operator may set about a server, from the environment or from code."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated, Self

from pydantic import Field, ValidationError

from wfm.domain import Fault, InputError, Noun, Refused
from wfm.jobs import JobLimits
from wfm.study.wording import halves

PREFIX = "WFM_"
Bytes = Annotated[int, Field(ge=1_024, le=2**31)]


class Settings(Noun):
    """Where the server keeps its work, how large a request may be, and how much work it takes on.

    ``upload_bytes`` bounds requests that carry files or histories, ``body_bytes`` all others.
    """

    database: str = "sqlite:///wfm.sqlite"
    upload_bytes: Bytes = 32 * 2**20
    body_bytes: Bytes = 64 * 2**10
    jobs: JobLimits = JobLimits()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Settings from variables such as WFM_DATABASE, WFM_UPLOAD_BYTES or WFM_WORKERS; raises InputError for a wrong value."""
        given = {
            name.removeprefix(PREFIX).lower(): text for name, text in environment.items() if name.startswith(PREFIX)
        }
        jobs = {name: text for name, text in given.items() if name in JobLimits.model_fields}
        own = {name: text for name, text in given.items() if name in cls.model_fields and name != "jobs"}
        try:
            return cls.model_validate({**own, "jobs": jobs})
        except ValidationError as error:
            raise InputError([_fault(str(row["loc"][-1]), *halves(row)) for row in error.errors()]) from None


def check_exposure(host: str) -> None:
    """Raise Refused for a host that others can reach: there are no keys yet, so everybody who reaches the server may use it."""
    if host == "localhost":
        return
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise Refused(
            f"Without keys wfm serves this machine only: expected 127.0.0.1, ::1 or localhost, came {host}. "
            "Put a reverse proxy that asks for a login before it."
        )


def _fault(name: str, expected: str, came: str) -> Fault:
    return Fault(expected, came, "Correct or remove the variable.", column=PREFIX + name.upper())
