"""The clinic's own facts: what is set is told, what is not set is said to be asked of the clinic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from bot.faults import ContentFaults, Fault, key_faults, read_yaml


@dataclass(frozen=True)
class Clinic:
    """Facts of `data/clinic.yml`; "" where the clinic has not set one."""

    name: str
    phone: str
    email: str
    website: str
    address: str
    booking_link: str
    privacy_link: str
    emergency_number: str
    crisis_number: str
    reviewed_by: str
    reviewed_on: str
    notice: str
    answers: Mapping[str, str]

    @property
    def contact(self) -> str:
        """How to reach the clinic, as the end of "call or write to …"."""
        ways = []
        if self.phone:
            ways.append(f"call {self.name} at {self.phone}")
        if self.email:
            ways.append(f"write to {self.email}")
        if self.website and not ways:
            ways.append(f"look at {self.website}")
        return " or ".join(ways) or f"contact {self.name} directly"

    @property
    def reached(self) -> str:
        """The clinic's name and how to reach it, without a word of any language."""
        return ", ".join(filter(None, (self.name, self.phone or self.email or self.website)))


_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
# What the chat makes a link to call of (`telLink` in bot/widget/src/links.ts).
_CALLED = re.compile(r"\+?\d{3,15}")


def _leads_safely(link: str, *, is_link: bool) -> bool:
    """Whether a link is a page of the assistant's own, or asks for https; plain http stays on this machine.

    What is only read out, no link, may also be a host's bare name.
    """
    if "://" not in link and not is_link:
        return True
    if link.startswith("/"):
        return not link.startswith("//")
    try:
        parts = urlsplit(link)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
        )
    except ValueError:
        return False


def read_clinic(path: Path) -> Clinic:
    """Read the clinic's facts.

    Raises:
        ContentFaults: for unknown or missing keys, when the name or an emergency number is empty, and when a number
            cannot be called.
    """
    data = read_yaml(path)
    names = [field.name for field in fields(Clinic) if field.name != "answers"]
    faults = key_faults(path, "file", data, ("clinic", "answers"))
    facts = data.get("clinic") or {}
    faults += key_faults(path, "clinic", facts, names)
    faults += [
        Fault(str(path), f"clinic.{name}", "is empty", "every apology and danger reply needs it")
        for name in ("name", "emergency_number", "crisis_number")
        if not facts.get(name)
    ]
    faults += [
        Fault(str(path), f"clinic.{name}", "is no https address", "write it with https:// in front, or leave it empty")
        for name in ("booking_link", "privacy_link", "website")
        if facts.get(name) and not _leads_safely(str(facts[name]), is_link=name != "website")
    ]
    faults += [
        Fault(str(path), f"clinic.{name}", "cannot be called", "write the number alone, such as (360) 555-0100")
        for name in ("phone", "emergency_number", "crisis_number")
        if facts.get(name) and not _CALLED.fullmatch(re.sub(r"[\s().-]", "", str(facts[name])))
    ]
    if faults:
        raise ContentFaults(faults)
    answers = {subject: str(text) for subject, text in (data["answers"] or {}).items() if text}
    return Clinic(**{name: str(facts[name]) for name in names}, answers=answers)
