"""Opens the database, SQLite by default, and brings its tables up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

BUSY_MILLISECONDS = 30_000
"""How long a SQLite connection waits for another's write to end before it gives up."""
AGAIN_SECONDS = 0.005, 0.05
"""Where two open a new file at once each tries again after such a time, by chance not the same."""


class Database:
    """Connections for reading and for writing. Writers on SQLite queue up at the start, so that no transaction fails half-way."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(wfm_writes=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole, or not at all where an error leaves it."""
        with self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def migrate(database: Database) -> None:
    """Bring the tables to the newest version; does nothing where they are."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "wfm.store:migrations")
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001 - the signature of the event
    connection.isolation_level = (
        None  # wfm begins its transactions itself: the driver's own way never locks at the start
    )
    _journal_ahead(connection)
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _journal_ahead(connection: Any) -> None:
    """Let readers go on beside a writer. Two who open a new file at once would wait for each other, so nobody waits holding it."""
    connection.execute("PRAGMA busy_timeout=0")
    end = monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError:
            if monotonic() > end:
                raise
            sleep(uniform(*AGAIN_SECONDS))
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("wfm_writes", False)
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))
