"""Takes a scenario with its files from a request, as JSON or as a form, into a private folder where wfm.study reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from json import dumps, loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError

from wfm.api.requests import DOCUMENTS, MAX_FILES, PlanRequest
from wfm.domain import Fault, InputError
from wfm.study.written import FileName

FORM, JSON = "multipart/form-data", "application/json"
Read = TypeVar("Read")
_FILE_NAME: TypeAdapter[str] = TypeAdapter(FileName)


@dataclass(frozen=True)
class Upload:
    """Files by their plain names; ``lines`` says whether the client wrote the documents line by line."""

    files: dict[str, bytes]
    lines: bool

    def read(self, reader: Callable[[Path], Read], name: str) -> Read:
        """What a reader makes of one of the files, with all others beside it, in a folder that is gone afterwards."""
        with TemporaryDirectory(prefix="wfm-") as folder:
            for file, content in self.files.items():
                (Path(folder) / file).write_bytes(content)
            try:
                return reader(Path(folder) / name)
            except InputError as error:
                raise InputError([self._placed(fault) for fault in error.faults]) from None

    def _placed(self, fault: Fault) -> Fault:
        """A fault without a line that the client never saw."""
        return fault if self.lines or fault.file not in DOCUMENTS.values() else replace(fault, line=None)


def upload_of(kind: type[PlanRequest]) -> Callable[[Request], Any]:
    """The dependency that takes an upload of one kind of request."""

    async def taken(request: Request) -> Upload:
        media_type = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
        if media_type == FORM:
            return await _of_form(request, kind)
        if media_type == JSON:
            return _of_json(await request.body(), kind)
        raise HTTPException(415, f"expected {JSON} or {FORM}, came {media_type[:80]}")

    return taken


def _of_json(body: bytes, kind: type[PlanRequest]) -> Upload:
    try:
        given = kind.model_validate_json(body)
    except ValidationError as error:
        rows = [{**row, "loc": ("body", *row["loc"])} for row in error.errors(include_url=False)]
        document = None if rows[0]["type"] == "json_invalid" else loads(body)
        raise RequestValidationError(rows, body=document) from None
    files = {name: text.encode() for name, text in given.files.items()}
    _refuse_documents(files)
    for part in kind.model_fields:
        if part in DOCUMENTS:
            files[DOCUMENTS[part]] = dumps(getattr(given, part), ensure_ascii=False).encode()
    return Upload(files, lines=False)


async def _of_form(request: Request, kind: type[PlanRequest]) -> Upload:
    files: dict[str, bytes] = {}
    wanted = [part for part in kind.model_fields if part in DOCUMENTS]
    async with request.form(max_files=MAX_FILES + len(wanted), max_fields=len(wanted)) as form:
        for part, value in form.multi_items():
            content, given = (value.encode(), None) if isinstance(value, str) else (await value.read(), value.filename)
            name = DOCUMENTS[part] if part in wanted else _file_name(part, given)
            if name in files:
                raise InputError([Fault("every file once", f"{name} again", column=part)])
            files[name] = content
    missing = [part for part in wanted if DOCUMENTS[part] not in files]
    if missing:
        fix = "Send it as in curl -F scenario=@scenario.yaml -F files=@history.csv -F files=@agents.csv."
        raise InputError([Fault(f"the part {part}", "nothing", fix, column=part) for part in missing])
    return Upload(files, lines=True)


def _file_name(part: str, given: str | None) -> str:
    """The plain name of an uploaded file."""
    if part != "files" or given is None:
        known = ", ".join((*DOCUMENTS, "files"))
        raise InputError([Fault(f"parts named {known}, files with their names", f"{part[:80]!r}", column=part[:80])])
    try:
        name = _FILE_NAME.validate_python(given)
    except ValidationError:
        fault = Fault("a plain file name such as history.csv", f"{given[:80]!r}", column=part)
        raise InputError([fault]) from None
    _refuse_documents({name: b""})
    return name


def _refuse_documents(files: dict[str, bytes]) -> None:
    """A document has a part of its own; among the files it would be ambiguous."""
    for part, name in DOCUMENTS.items():
        if name in files:
            raise InputError(
                [Fault(f"{name} as the part {part}", f"a file {name}", f"Send it as {part}.", column="files")]
            )
