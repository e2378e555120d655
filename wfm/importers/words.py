"""The words of other people's files, English and Spanish: what a column, an outcome or a medium is called."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

from wfm.domain import ChannelKind

ROLES = {
    "start": "start, start local, start time, start datetime, datetime, date time, time, timestamp, interval, interval start,"
    "interval start date, interval start utc date, call start, call time, arrival, arrival time, created, created at, created time,"
    "opened at, inicio, hora inicio, hora de inicio, fecha hora, fecha y hora, fecha inicio, inicio intervalo, intervalo, creado",
    "date": "date, day, fecha, dia",
    "clock": "hour, time of day, period, hora, tramo, periodo, franja",
    "channel": "channel, queue, queue name, canal, cola, nombre cola",
    "media": "media, media type, contact type, via channel, source type, medio, tipo de medio",
    "offered": "offered, calls offered, contacts offered, interactions offered, contacts queued, calls, contacts, contactos, count,"
    "volume, received, arrivals, incoming, ofrecidas, ofrecidos, llamadas, llamadas ofrecidas, volumen, recibidas, entrantes",
    "handled": "handled, calls handled, contacts handled, interactions handled, answered, atendidas, atendidos, contestadas",
    "abandoned": "abandoned, calls abandoned, contacts abandoned, abandons, abandonadas, abandonados, abandonos",
    "aht": "aht, aht seconds, average handle time, avg handle time, tmo, tiempo medio de operacion, tiempo medio operativo",
    "handle_total": "total handle time, total handle time seconds, tiempo total de gestion",
    "wait": "wait, wait time, waiting time, queue s, queue time, queue seconds, time in queue, espera, tiempo espera,"
    "tiempo de espera, tiempo en cola, segundos espera",
    "service": "service, service time, handle time, talk time, duration, call duration, call process, processing time, time tracked,"
    "duracion, duracion llamada, tiempo servicio, tiempo de servicio, tiempo de atencion, conversacion",
    "done": "closed at, closed time, closed date, date closed, resolved at, resolved time, resolved date, solved at, completed at,"
    "completed time, completed date, fecha cierre, fecha de cierre, fecha resolucion, fecha de resolucion, cerrado, resuelto",
    "outcome": "outcome, result, status, disposition, state, resultado, estado, desenlace",
    "agent": "agent, agent id, member, operator, assigned to, assignee, assignee id, agente, operador",
    "type": "type, call type, category, direction, tipo, tipo llamada, categoria, sentido",
}
"""What each role of a column of a history is called."""

OUTCOMES = {
    "served": "agent, served, answered, handled, completed, complete, connect, completeagent, completecaller, ok, atendida, atendido,"
    "contestada, servida, completada",
    "abandoned": "hang, hangup, hung up, abandon, abandoned, lost, caller abandoned, abandonada, abandonado, colgada, perdida",
    "ignored": "phantom, ghost, test, invalid, fantasma, prueba",
}
"""How a contact ended."""

YES, NO = frozenset(["yes", "y", "true", "1", "si", "s", "x"]), frozenset(["no", "n", "false", "0"])
"""Answers, as sheets have them in English and Spanish."""

OUTGOING = frozenset(["tt", "out", "outgoing", "outbound", "saliente", "salientes"])
"""Types of contacts that agents made themselves; TT is so named in the Technion call-centre data (Guedj and Mandelbaum)."""

_KINDS: dict[ChannelKind, str] = {
    "chat": "chat whatsapp messag mensaje sms telegram messenger",
    "deferred": "mail email correo ticket web form app self case caso incident social twitter facebook letter request solicitud portal",
    "voice": "phone voice call tel telef llamada voz",
}
UNIT_WORDS = frozenset(
    "s sec secs seconds segundos min mins minutes minutos h hr hrs hours horas ms in en local utc".split()  # noqa: SIM905
)


def plain(text: str) -> str:
    """Lower case without accents, words of letters and digits parted by one space: ``Fecha_Hora (UTC)`` -> ``fecha hora utc``."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", bare.lower()))


def lookup(table: dict[str, str]) -> dict[str, str]:
    """The reverse of a table of synonyms: phrase -> key."""
    return {phrase.strip(): key for key, phrases in table.items() for phrase in phrases.split(",")}


def parted(text: str) -> str:
    """A header as a plain phrase, its capitals parting words: ``createdAt`` -> ``created at``."""
    return plain(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text))


def without_units(phrase: str) -> str:
    """A plain phrase without words for units: ``call process s`` -> ``call process``."""
    return " ".join(word for word in phrase.split() if word not in UNIT_WORDS)


def name_of(text: str) -> str:
    """A name as nouns want it, from any text: ``Citizens Connect App`` -> ``citizens-connect-app``; empty where nothing is left."""
    return plain(text).replace(" ", "-")[:80]


def kind_of(*texts: str) -> ChannelKind | None:
    """The kind of channel that the words of its name or medium suggest, None where they suggest none."""
    words = plain(" ".join(texts)).split()
    for kind in ("chat", "voice", "deferred"):
        if any(word.startswith(stem) for word in words for stem in _KINDS[kind].split()):
            return kind
    return None


assert set(_KINDS) == set(get_args(ChannelKind))
