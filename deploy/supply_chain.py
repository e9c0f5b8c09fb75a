"""`make licences`, `make audit` and `make sbom`: what the locked packages are, and what is known about them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
LOCK = PROJECT / "requirements.lock"
TOOLS = PROJECT / ".venv" / "supply-chain" / "bin"
SERVICE = "osv"
_OPERATORS = re.compile(r"\s+(?:AND|OR|WITH)\s+|;|[()]")


def locked(lock: Path) -> dict[str, str]:
    """Name -> version of every package of a lock file."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.MULTILINE)
    return {name.lower(): version for name, version in found}


def stated_licence(name: str) -> str:
    """What an installed package says of its licence; empty when it says nothing or is not installed."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return ""
    if expression := facts.get("License-Expression"):
        return str(expression)
    classified = [line.split("::")[-1].strip() for line in facts.get_all("Classifier") or () if "License ::" in line]
    if classified:
        return "; ".join(classified)
    text = (facts.get("License") or "").strip()
    return text if "\n" not in text and len(text) < 60 else ""


def _parts(stated: str, names: Mapping[str, str]) -> list[str]:
    """The licences named in an SPDX expression, or in classifiers joined by semicolons."""
    found: list[str] = []
    for one in filter(None, map(str.strip, stated.split(";"))):
        if one in names:
            found.append(names[one])
        else:
            found += [names.get(part, part) for part in map(str.strip, _OPERATORS.split(one)) if part]
    return found


def judge_licences(
    names: Mapping[str, str], policy: Mapping[str, Any], stated: Callable[[str], str] = stated_licence
) -> tuple[list[str], list[str]]:
    """A line for each package, and a line for each fault: unknown or not allowed."""
    lines, faults = [], []
    for name, version in sorted(names.items()):
        decided = policy["decided"].get(name)
        if decided:
            lines.append(f"{name} {version}: {decided['licence']} (decided: {decided['reason']})")
            continue
        found = stated(name)
        known = _parts(found, policy["names"])
        lines.append(f"{name} {version}: {' / '.join(known) or 'unknown'}")
        if not known:
            faults.append(f"{name} {version} states no licence: look it up and decide in deploy/licences.toml")
        elif strange := [part for part in known if part not in policy["allowed"]]:
            faults.append(f"{name} {version}: {', '.join(strange)} is not allowed by deploy/licences.toml")
    faults += [
        f"deploy/licences.toml decides on {name}, which is not locked" for name in policy["decided"].keys() - names
    ]
    return lines, faults


def accepted(policy: Mapping[str, Any], today: date) -> tuple[list[str], list[str]]:
    """The ids that are accepted today, and a line for each entry that cannot be used."""
    ids, faults = [], []
    for identity, entry in policy.items():
        until = entry.get("until")
        if not entry.get("reason") or not isinstance(until, date):
            faults.append(f"{identity}: accepted vulnerabilities need a reason and a date `until`")
        elif until < today:
            faults.append(f"{identity}: accepted until {until} only; look at it again")
        else:
            ids.append(identity)
    return ids, faults


def audit(run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run) -> int:
    """Ask the vulnerability service about every locked package."""
    policy = tomllib.loads((PROJECT / "deploy" / "accepted-vulnerabilities.toml").read_text("utf-8"))
    ids, faults = accepted(policy, datetime.now(UTC).date())
    for identity in ids:
        print(f"accepted: {identity} in {policy[identity].get('package')}: {policy[identity]['reason']}")
    command = [
        str(TOOLS / "pip-audit"),
        "--strict",
        "--disable-pip",
        "--require-hashes",
        "-s",
        SERVICE,
        "-r",
        str(LOCK),
    ]
    for identity in ids:
        command += ["--ignore-vuln", identity]
    done = run(command, capture_output=True, text=True)
    if re.search(r"ConnectionError|NameResolutionError|Timeout|ServiceError", done.stderr):
        print("The vulnerability service (api.osv.dev) cannot be reached: nothing was audited.", file=sys.stderr)
        return 2
    print(done.stdout, end="")
    print(done.stderr, end="", file=sys.stderr)
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return 1 if done.returncode or faults else 0


def licences() -> int:
    """List every locked package with its licence."""
    policy = tomllib.loads((PROJECT / "deploy" / "licences.toml").read_text("utf-8"))
    lines, faults = judge_licences(locked(LOCK), policy)
    print("\n".join(lines))
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


def sbom() -> int:
    """Write what the product is made of as CycloneDX."""
    target = PROJECT / "build" / "sbom.json"
    target.parent.mkdir(exist_ok=True)
    command = [str(TOOLS / "cyclonedx-py"), "requirements", "--pyproject", "pyproject.toml", "--output-reproducible"]
    done = subprocess.run([*command, "--of", "JSON", "-o", str(target), str(LOCK)], cwd=PROJECT)
    if done.returncode == 0:
        print(f"{target.relative_to(PROJECT)}: {len(locked(LOCK))} packages")
    return done.returncode


if __name__ == "__main__":
    sys.exit({"licences": licences, "audit": audit, "sbom": sbom}[sys.argv[1]]())
