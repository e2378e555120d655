import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.store.cabinets import NOON, Note
from wfm.store import Store
from wfm.store.database import Database
from wfm.store.tables import METADATA


def test_the_migrations_make_the_tables_that_the_code_expects(store: Store) -> None:
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == "0001"
        assert compare_metadata(context, METADATA) == []


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new folder/wfm.sqlite"
    first = Store.open(url)
    digest = first.save(Note(words="x"), NOON)
    first.close()
    second = Store.open(url)
    assert second.load(Note, digest) == Note(words="x")
    second.close()


def test_what_was_written_survives_a_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/wfm.sqlite"
    script = (
        "import os, signal, sys\n"
        "from tests.store.cabinets import NOON, Note\n"
        "from wfm.store import Store\n"
        "Store.open(sys.argv[1]).save(Note(words='x'), NOON)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, url], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    store = Store(url)
    assert store.load(Note, Note(words="x").digest()) == Note(words="x")
    store.close()


def test_readers_see_the_last_state_while_somebody_writes(store: Store) -> None:
    digest = store.save(Note(words="x"), NOON)
    with store.database.writing():
        assert store.load(Note, digest) == Note(words="x")


def test_some_who_open_a_new_file_at_once_do_not_lock_each_other_out(tmp_path: Path) -> None:
    together = Barrier(4)

    def opened(url: str) -> str:
        database = Database(url)
        together.wait()
        with database.reading() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        database.close()
        return str(mode)

    with ThreadPoolExecutor(4) as pool:
        for number in range(40):
            url = f"sqlite:///{tmp_path / str(number)}.sqlite"
            assert set(pool.map(opened, [url] * 4)) == {"wal"}
