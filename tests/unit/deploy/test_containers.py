"""The compose file, the image and the proxies of deploy/ as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bot.processes.parts import NAMES

PROJECT = Path(__file__).parents[3]
DEPLOY = PROJECT / "deploy"

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
                "profiles": {"$ref": "#/$defs/words"},
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
    opened = {(name, port) for name, service in compose()["services"].items() for port in service.get("ports", ())}

    assert {("nginx", "443:443"), ("nginx", "80:80")} == {
        each for each in opened if not each[1].startswith("127.0.0.1:")
    }


def test_the_console_runs_only_where_it_is_asked_for_and_waits_until_it_can_work() -> None:
    console = compose()["services"]["console"]

    assert ["staff"] == console["profiles"] and "on" == console["environment"]["BOT_CONSOLE"]
    assert "on" == console["environment"]["BOT_SHARES_WORK"]
    assert ["probe", "console", "--ready"] == console["healthcheck"]["test"][-3:]


def test_the_image_is_made_of_files_that_are_there_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    copied = [word for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE) for word in line.split()[:-1]]

    assert copied and [] == [path for path in copied if not (PROJECT / path).exists()]
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["10001:10001"]


def test_only_what_the_image_is_made_of_is_sent_to_be_built() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    copied = {word for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE) for word in line.split()[:-1]}
    ignoring = [line for line in (PROJECT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]

    assert "*" == ignoring[0]
    assert copied == {line.removeprefix("!") for line in ignoring if line.startswith("!")}


def test_secrets_that_are_put_beside_the_compose_file_stay_out_of_git() -> None:
    found = compose()
    given = [secret["file"] for secret in found["secrets"].values()]
    given += [name for service in found["services"].values() for name in service.get("env_file", ())]
    given += [v.split(":")[0] for v in found["services"]["nginx"]["volumes"] if "nginx.conf" not in v]
    ignored = (PROJECT / ".gitignore").read_text().splitlines()

    assert 4 == len(set(given))
    for name in given:
        path = f"deploy/container/{name.removeprefix('./')}"
        assert path in ignored or f"{path}/" in ignored, path


def test_both_proxy_files_are_the_same_but_for_the_gateways() -> None:
    def without_servers(path: Path) -> list[str]:
        return [line for line in path.read_text().splitlines() if not line.strip().startswith("server ") or "{" in line]

    assert without_servers(DEPLOY / "nginx" / "assistant.conf") == without_servers(DEPLOY / "container" / "nginx.conf")
