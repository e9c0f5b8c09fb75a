"""The processes of this machine: what each runs, where it listens, and with what it is started."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.secret_file import Secrets, rasa_environment
from bot.settings import Settings, SettingsError
from bot.settings_reading import reachable

GATEWAY, RASA = "The gateway", "Rasa"
# How `bot run` and `bot probe` call a process -> how messages name it.
NAMES = {
    "gateway": GATEWAY,
    "worker": "The worker",
    "rasa": RASA,
    "actions": "The action server",
    "console": "The staff console",
}


@dataclass(frozen=True)
class Part:
    """One of the processes.

    Attributes:
        name: For messages and the log file.
        command: What is run.
        port: Where it listens; 0 when it does not.
        ready_url: Answers 200 once the process can do its work.
        ready_file: Is there once the process can do its work, where it does not listen.
        secret: Shown to `ready_url`.
        setting: Names the setting of its port.
    """

    name: str
    command: tuple[str, ...]
    host: str
    port: int
    setting: str
    ready_url: str
    secret: str = field(default="", repr=False)
    ready_file: Path | None = None


def parts_of(settings: Settings, known: Secrets, model: str | None = None) -> list[Part]:
    """The processes of this machine, in the order in which they are started."""
    python, local = sys.executable, "127.0.0.1"
    rasa = (
        *(python, "-m", "bot.rasa_server", "run", "--interface", settings.rasa_host),
        *("--port", str(settings.rasa_port)),
        *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--model", model or "models"),
    )
    actions = (python, "-m", "bot.rasa_server.action_server", "--port", str(settings.actions_port))
    gateway, console, worker = ((python, "-m", f"bot.{name}") for name in ("gateway", "console", "gateway.worker"))
    parts = []
    if settings.action_server:
        url, port = f"{settings.actions_url}/health", settings.actions_port
        parts.append(Part(NAMES["actions"], actions, local, port, "BOT_ACTIONS_PORT", url, known.actions))
    url = f"{settings.rasa_url}/webhooks/guarded/ready"
    parts.append(Part(RASA, rasa, settings.rasa_host, settings.rasa_port, "BOT_RASA_PORT", url, known.rasa))
    url = f"{settings.gateway_url}/health"
    parts.append(Part(GATEWAY, gateway, settings.host, settings.port, "BOT_PORT", url))
    if settings.console:
        host, port = settings.console_host, settings.console_port
        url = f"{reachable(host, port)}/health"
        parts.append(Part(NAMES["console"], console, host, port, "BOT_CONSOLE_PORT", url))
    if settings.shares_work:
        parts.append(Part(NAMES["worker"], worker, local, 0, "", "", ready_file=settings.alive_file))
    return parts


def part_of(process: str, settings: Settings, known: Secrets, model: str | None = None) -> Part:
    """One process of this machine, by its key in `NAMES`.

    Raises:
        SettingsError: when it is switched off.
    """
    name = NAMES[process]
    for part in parts_of(settings, known, model):
        if part.name == name:
            return part
    switches = "BOT_ACTION_SERVER, BOT_SHARES_WORK and BOT_CONSOLE"
    raise SettingsError([f"{name} is switched off: see {switches} in docs/operations.md."])


def environment_of(settings: Settings, known: Secrets) -> dict[str, str]:
    """What every process is started with."""
    return {
        **os.environ,
        **rasa_environment(settings, known),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
    }


def busy_ports(parts: Sequence[Part]) -> list[str]:
    """One line for each port that cannot be listened on, with the setting to change."""
    faults = []
    for part in parts:
        if not part.port:
            continue
        family = socket.AF_INET6 if ":" in part.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((part.host, part.port))
            except OSError as error:
                is_busy = error.errno == errno.EADDRINUSE
                where = "" if is_busy else f" of {part.host}"
                remedy = "stop the program that uses it" if is_busy else "correct the address that it shall listen at"
                faults.append(
                    f"{part.name} cannot use port {part.port}{where} ({error.strerror}): "
                    f"{remedy}, or set {part.setting} to another port."
                )
    return faults
