"""No request may be larger than its route allows, whether it says its length or comes in chunks."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wfm.api.errors import problem_answer
from wfm.store import Problem


class BodyLimit:
    """Middleware: ``upload_bytes`` for the paths that take uploads, ``body_bytes`` for all others; 413 beyond that."""

    def __init__(self, app: ASGIApp, upload_paths: frozenset[str], upload_bytes: int, body_bytes: int) -> None:
        self.app, self.upload_paths = app, upload_paths
        self.upload_bytes, self.body_bytes = upload_bytes, body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a declared length at once, count what comes otherwise."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.upload_bytes if scope["path"] in self.upload_paths else self.body_bytes
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            problem = Problem(type="about:blank", title=HTTPStatus(413).phrase, status=413, detail=_words(limit))
            await problem_answer(problem)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413, _words(limit))
            return message

        await self.app(scope, counted, send)


def _words(limit: int) -> str:
    return f"expected a request of at most {limit:,} bytes"
