"""Logs hold events and ids, never what anybody typed: one line of JSON each."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from pathlib import Path
from typing import Any, TextIO

_EVENT_NAME = re.compile(r"[a-z_]{1,60}")
# While a process starts, no visitor has said anything to it, and what went wrong must be readable.
_is_starting = False


def event(logger: logging.Logger, name: str, level: int = logging.INFO, **ids: str | int | float | bool | None) -> None:
    """Log an event of ours: its name, and ids, counts and times."""
    logger.log(level, name, extra={"bot_event": ids})


def failure(logger: logging.Logger, name: str, error: BaseException, **ids: str | int | float | bool | None) -> None:
    """Log that something of ours failed: its name, ids, and where the error came from."""
    logger.error(name, exc_info=error, extra={"bot_event": ids})


def configure(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """From now on every record of this process is ids only, whoever writes it and wherever it goes.

    Libraries set up handlers of their own (Sanic, Rasa), so it is not left to the handlers: the record itself is
    stripped when it is made. A library's message may quote what a visitor wrote, and an error's text or local
    variables even more so. What remains is the place, the level and the type of error, enough to look it up.
    Until `hide_text` is called the process counts as starting, and texts are kept.
    """
    global _is_starting
    _is_starting = True
    logging.setLogRecordFactory(_stripped_record)
    handler = _Unfiltered(stream or sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    for name in ("httpx", "httpcore", "asyncio", "uvicorn", "alembic", "sqlalchemy", "py.warnings"):
        logging.getLogger(name).setLevel(logging.WARNING)


def hide_text() -> None:
    """The process begins to serve visitors: no text of a library reaches a log any more."""
    global _is_starting
    _is_starting = False


def _stripped_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    error = record.exc_info[1] if record.exc_info else None
    record.bot_error = error_place(error)
    if _is_starting:
        record.bot_text = _text_of(record) + (f" ({error})" if error else "")
    is_ours = record.name.startswith("bot.") and isinstance(record.msg, str) and _EVENT_NAME.fullmatch(record.msg)
    if not is_ours:
        record.msg = f"{record.name} {record.module}:{record.lineno}"
    record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
    return record


def _text_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:
        # A library that logs with the wrong arguments is no reason not to start.
        return str(record.msg)


class _Unfiltered(logging.StreamHandler[TextIO]):
    """Rasa adds a filter to every handler that drops a record like the one before; ours differ in their ids alone."""

    def addFilter(self, filter: object) -> None:
        """Do nothing."""


class OneLine(logging.Formatter):
    """One line of JSON a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's event, ids and place of error."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "at": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "bot_event", {}),
            **getattr(record, "bot_error", {}),
        }
        text = getattr(record, "bot_text", None)
        if text is not None and not hasattr(record, "bot_event"):
            line["text"] = text
        return json.dumps(line)


def error_place(error: BaseException | None) -> dict[str, str]:
    """The type of an error and the innermost places it passed; neither its text nor any value."""
    if error is None:
        return {}
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "at_line": " > ".join(places[-6:])}
