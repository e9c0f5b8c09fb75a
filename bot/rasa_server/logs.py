"""Rasa's own logs, cut down to ids: they hold the visitor's words, and errors every local variable."""

from __future__ import annotations

import logging
import os

import coloredlogs  # type: ignore[import-untyped]
import structlog

from bot.observing import logs


def quiet() -> None:
    """Let nothing a visitor wrote reach a log of this process.

    For a process that serves patients: call it before Rasa's own command line runs. Rasa configures logging when it
    starts, so that its ways of doing so are taken away.
    """
    logs.configure(logging.INFO)
    # Its telemetry sends errors, with their locals, to a service outside.
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ["LOG_LEVEL_LIBRARIES"] = "ERROR"
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_name],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=True,
    )
    structlog.configure = _do_nothing
    coloredlogs.install = _do_nothing


def _do_nothing(*_: object, **__: object) -> None:
    """Stands in for what would put text back into the logs."""


def _event_name(_: object, __: str, values: structlog.typing.EventDict) -> str:
    # A structured event's name is a constant of Rasa's; its values may be anybody's words.
    return str(values.get("event", ""))
