"""Starts what lets operators look into a process: its numbers and its traces, as the settings say."""

from __future__ import annotations

from bot.observing import metrics, tracing
from bot.settings import Settings, SettingsError


def observe(process: str, settings: Settings) -> None:
    """Begin to count and to trace in this process.

    Raises:
        SettingsError: when its port is taken, or traces are wanted and OpenTelemetry is not installed.
    """
    try:
        metrics.serve(process, settings.metrics_port)
        tracing.start(process, settings.traces_url)
    except OSError as error:
        port = settings.metrics_port + metrics.PROCESSES[process]
        raise SettingsError(
            [f"BOT_METRICS_PORT: port {port} of the {process} is taken ({error.strerror}); choose another."]
        ) from error
    except tracing.TracingMissing as error:
        raise SettingsError([str(error)]) from error
