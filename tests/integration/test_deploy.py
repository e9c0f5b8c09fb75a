"""What is in deploy/ as it stands: units, compose file, image, proxy. Only addresses and folders are changed here."""

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
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bot.processes import NAMES
from tests.integration.gateway_serving import free_port

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("assistant-*.service"))
SERVICES = [unit for unit in UNITS if "@" not in unit.name]
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


# The keys of the Compose Specification that this file uses: another one is a slip of the pen.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "patternProperties": {"^x-": {}},
    "required": ["services"],
    "properties": {
        "name": {"type": "string"},
        "networks": {"type": "object"},
        "volumes": {"type": "object"},
        "secrets": {
            "additionalProperties": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {"file": {"type": "string"}},
            }
        },
        "services": {"additionalProperties": {"$ref": "#/$defs/service"}},
    },
    "$defs": {
        "words": {"type": "array", "items": {"type": "string"}},
        "service": {
            "type": "object",
            "additionalProperties": False,
            "required": [
                "image",
                "read_only",
                "cap_drop",
                "security_opt",
                "restart",
                "mem_limit",
                "pids_limit",
                "healthcheck",
                "logging",
            ],
            "properties": {
                "image": {"type": "string"},
                "build": {"type": "object"},
                "user": {"const": "10001:10001"},
                "read_only": {"const": True},
                "init": {"type": "boolean"},
                "cap_drop": {"const": ["ALL"]},
                "cap_add": {"$ref": "#/$defs/words"},
                "security_opt": {"const": ["no-new-privileges:true"]},
                "tmpfs": {"$ref": "#/$defs/words"},
                "restart": {"const": "always"},
                "env_file": {"$ref": "#/$defs/words"},
                "environment": {"type": "object", "additionalProperties": {"type": "string"}},
                "command": {"$ref": "#/$defs/words"},
                "secrets": {"$ref": "#/$defs/words"},
                "volumes": {"$ref": "#/$defs/words"},
                "ports": {"$ref": "#/$defs/words"},
                "networks": {"type": ["array", "object"]},
                "network_mode": {"type": "string"},
                "depends_on": {"type": "object"},
                "mem_limit": {"type": "string", "pattern": "^[0-9]+[mg]$"},
                "shm_size": {"type": "string"},
                "cpus": {"type": "number"},
                "pids_limit": {"type": "integer"},
                "stop_grace_period": {"type": "string", "pattern": "^[0-9]+s$"},
                "logging": {"type": "object"},
                "healthcheck": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["test", "interval", "timeout", "retries"],
                    "properties": {
                        "test": {"$ref": "#/$defs/words"},
                        "retries": {"type": "integer"},
                        **{
                            name: {"type": "string", "pattern": "^[0-9]+s$"}
                            for name in ("interval", "timeout", "start_period")
                        },
                    },
                },
            },
        },
    },
}


def compose() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(DEPLOY / "container" / "compose.yml"))


def test_the_compose_file_has_only_known_keys_and_every_service_is_bounded_and_probed() -> None:
    faults = [
        f"{'/'.join(map(str, fault.path))}: {fault.message}"
        for fault in Draft202012Validator(SCHEMA).iter_errors(compose())
    ]

    assert [] == faults


def test_what_the_compose_file_refers_to_is_there() -> None:
    found = compose()
    services = found["services"]
    for name, service in services.items():
        assert set(service.get("secrets", ())) <= set(found["secrets"]), name
        assert set(service.get("depends_on", ())) <= set(services), name
        assert set(service.get("networks", ())) <= set(found["networks"]), name
        named = [volume.split(":")[0] for volume in service.get("volumes", ()) if not volume.startswith((".", "/"))]
        assert set(named) <= set(found["volumes"]), name
        if "build" in service:
            assert "run" == service["command"][0] and service["command"][1] in NAMES, name
            assert service["user"] == "10001:10001", name
        if mode := service.get("network_mode"):
            assert mode.removeprefix("service:") in services, name


def test_strangers_reach_the_proxy_and_nothing_else() -> None:
    assert ["nginx"] == [name for name, service in compose()["services"].items() if "ports" in service]


def test_the_image_is_made_of_files_that_are_there_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    copied = [word for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE) for word in line.split()[:-1]]

    assert copied and [] == [path for path in copied if not (PROJECT / path).exists()]
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["10001:10001"]


def test_both_proxy_files_are_the_same_but_for_the_gateways() -> None:
    def without_servers(path: Path) -> list[str]:
        return [line for line in path.read_text().splitlines() if not line.strip().startswith("server ") or "{" in line]

    assert without_servers(DEPLOY / "nginx" / "assistant.conf") == without_servers(DEPLOY / "container" / "nginx.conf")
