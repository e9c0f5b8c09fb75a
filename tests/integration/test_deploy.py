"""The units of deploy/systemd as they stand. Only addresses and folders are changed here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.processes.parts import NAMES
from tests.integration.gateway_serving import free_port

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("assistant-*.service"))
SERVICES = [unit for unit in UNITS if " run " in unit.read_text()]
HARDENED = {
    "User": "assistant",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "Restart": "always",
}


class Lines(dict[str, Any]):
    """Keeps every value of a key that is there several times, as systemd does."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and key in self:
            value = [*self[key], *value]
        super().__setitem__(key, value)


def parsed(text: str) -> dict[str, str]:
    reader = RawConfigParser(strict=False, dict_type=Lines, interpolation=None, delimiters=("=",))
    reader.optionxform = str  # type: ignore[method-assign,assignment]
    reader.read_string(text)
    return dict(reader["Service"])


@dataclass
class Machine:
    """A folder that stands for a machine's root."""

    root: Path
    port: int

    def mapped(self, text: str) -> str:
        for folder in ("/var/lib/assistant", "/etc/assistant"):
            text = text.replace(folder, f"{self.root}{folder}")
        return text.replace("/opt/assistant", str(PROJECT))

    def environment(self, service: dict[str, str]) -> dict[str, str]:
        found = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}
        given = " ".join(service["Environment"].split("\n")).split()
        for line in [*given, *Path(service["EnvironmentFile"]).read_text().splitlines()]:
            if line and not line.startswith("#"):
                name, _, value = line.partition("=")
                found[name] = value
        return found

    def run(self, command: str, service: dict[str, str]) -> subprocess.Popen[bytes]:
        words = shlex.split(command)
        return subprocess.Popen(words, cwd=service["WorkingDirectory"], env=self.environment(service))


@pytest.fixture
def machine(tmp_path: Path, model: Path) -> Machine:
    for folder in ("var/lib/assistant", "etc/assistant"):
        (tmp_path / folder).mkdir(parents=True)
    port, state = free_port(), tmp_path / "var/lib/assistant"
    text = (DEPLOY / "systemd" / "assistant.env").read_text()
    changed = {
        "BOT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BOT_DATABASE_URL": f"sqlite:///{state}/assistant.db",
        "BOT_METRICS_PORT": "0",
    }
    for name, value in changed.items():
        text, count = re.subn(rf"^{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
        assert count == 1, name
    text += f"BOT_PORT={port}\nBOT_RASA_PORT={free_port()}\nBOT_ACTIONS_PORT={free_port()}\n"
    (tmp_path / "etc/assistant/assistant.env").write_text(text)
    return Machine(tmp_path, port)


@pytest.fixture
def started(machine: Machine) -> Iterator[dict[str, tuple[dict[str, str], subprocess.Popen[bytes]]]]:
    running: dict[str, tuple[dict[str, str], subprocess.Popen[bytes]]] = {}
    try:
        for name in ("actions", "rasa", "gateway"):
            service = parsed(machine.mapped((DEPLOY / "systemd" / f"assistant-{name}.service").read_text()))
            running[name] = (service, machine.run(service["ExecStart"], service))
        for service, _ in running.values():
            assert 0 == machine.run(service["ExecStartPost"], service).wait(150)
        yield running
    finally:
        for _, process in running.values():
            process.kill()
            process.wait()


def test_the_units_commands_serve_a_patient_and_end_as_asked(
    machine: Machine, started: dict[str, tuple[dict[str, str], subprocess.Popen[bytes]]]
) -> None:
    url = f"http://127.0.0.1:{machine.port}"
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=30) as visitor:
        assert visitor.get("/ready").status_code == 200
        visitor.post("/chat/session", json={})
        visitor.post("/chat/messages", json={"client_id": "from-a-unit", "text": "does it hurt?"})
        until, kinds = time.monotonic() + 30, []
        while len(kinds) < 2 and time.monotonic() < until:
            time.sleep(0.2)  # an address that asks without a pause is refused after a few hundred times
            messages = visitor.get("/chat/history").json()["messages"]
            kinds = [entry["reply"]["kind"] for entry in messages if entry["from"] == "bot"]

    assert "answer" == kinds[-1]
    for service, process in reversed(started.values()):
        process.terminate()
        assert process.wait(int(service["TimeoutStopSec"])) in (0, -15)
    state = machine.root / "var/lib/assistant"
    assert {"0o600"} == {oct(path.stat().st_mode & 0o777) for path in state.glob("*.json")}
    assert {"assistant.db", "secrets.json"} <= {path.name for path in state.iterdir()}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_every_process_runs_with_few_rights_and_bounds_and_is_probed(unit: Path) -> None:
    service = parsed(unit.read_text())

    assert HARDENED == {name: service.get(name) for name in HARDENED}
    assert {"MemoryMax", "TasksMax", "LimitNOFILE", "CPUQuota", "TimeoutStopSec"} <= set(service)
    name = service["ExecStart"].split()[-1]
    assert name in NAMES and f" probe {name} --ready" in service["ExecStartPost"]


@pytest.mark.parametrize(("status", "restarted"), [(0, False), (1, True), (2, False)])
def test_only_a_process_that_does_not_live_is_restarted_and_none_for_a_slip_in_the_settings(
    tmp_path: Path, status: int, restarted: bool
) -> None:
    command = parsed((DEPLOY / "systemd" / "assistant-probe@.service").read_text())["ExecStart"]
    for name, text in (("bot", f"exit {status}"), ("systemctl", f'echo "$@" > {tmp_path}/restarted')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    command = command.replace("/opt/assistant/.venv/bin/bot", f"{tmp_path}/bot").replace("%i", "rasa")

    done = subprocess.run(shlex.split(command.replace("$$", "$")), env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})

    assert (status == 2) == (done.returncode != 0)
    told = tmp_path / "restarted"
    assert restarted == (told.exists() and "try-restart assistant-rasa.service" in told.read_text())


def test_systemd_finds_no_fault_in_the_units(tmp_path: Path, machine: Machine) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in (DEPLOY / "systemd").glob("assistant*"):
        if unit.suffix != ".env":
            (tmp_path / unit.name).write_text(machine.mapped(unit.read_text()))

    units = [str(path) for path in tmp_path.glob("assistant*") if "@" not in path.name]
    done = subprocess.run([program, "verify", "--man=no", *units], capture_output=True, text=True, timeout=60)

    ours = [line for line in done.stderr.splitlines() if "assistant" in line]
    assert [] == ours
