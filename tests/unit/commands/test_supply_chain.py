"""Licences and accepted vulnerabilities: what is unknown, forbidden or out of date is named."""

from __future__ import annotations

import importlib.util
import subprocess
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3]
POLICY = {
    "allowed": ["MIT", "BSD"],
    "names": {"MIT License": "MIT"},
    "decided": {"odd": {"licence": "MIT", "reason": "looked up"}},
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("supply_chain", PROJECT / "deploy" / "supply_chain.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(tool: ModuleType, **stated: str) -> list[str]:
    names = {**dict.fromkeys(stated, "1"), "odd": "1"}
    return list(tool.judge_licences(names, POLICY, lambda name: stated.get(name, ""))[1])


def test_a_licence_that_is_unknown_or_not_allowed_is_a_fault(tool: ModuleType) -> None:
    assert [] == faults(tool, good="MIT License", two="MIT AND BSD")
    assert "states no licence" in faults(tool, silent="")[0]
    assert "GPL-3.0-only" in faults(tool, mixed="MIT AND GPL-3.0-only")[0]


def test_a_decision_on_what_is_no_longer_there_is_a_fault(tool: ModuleType) -> None:
    assert ["deploy/licences.toml decides on odd, which is not locked"] == tool.judge_licences({}, POLICY, str)[1]


def test_every_locked_package_has_an_allowed_licence(tool: ModuleType) -> None:
    policy = tomllib.loads((PROJECT / "deploy" / "licences.toml").read_text())

    lines, found = tool.judge_licences(tool.locked(PROJECT / "requirements.lock"), policy)

    assert [] == found
    assert len(lines) > 200


def test_an_accepted_vulnerability_needs_a_reason_and_runs_out(tool: ModuleType) -> None:
    entries: dict[str, dict[str, Any]] = {
        "A": {"reason": "not reached", "until": date(2026, 6, 1)},
        "B": {"reason": "not reached", "until": date(2026, 1, 1)},
        "C": {"until": date(2026, 6, 1)},
    }

    ids, found = tool.accepted(entries, date(2026, 3, 1))

    assert ["A"] == ids
    assert [True, True] == [line.startswith(name) for line, name in zip(found, "BC", strict=True)]


def test_an_audit_that_could_not_ask_does_not_pass(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    def unreachable(*_: Any, **__: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "requests.exceptions.ConnectionError: …")

    assert 2 == tool.audit(unreachable)
    assert "nothing was audited" in capsys.readouterr().err
