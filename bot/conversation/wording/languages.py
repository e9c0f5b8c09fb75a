"""What is said in a patient's own language: that English is understood, and where to get help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.conversation.answering.clinic import Clinic
from bot.conversation.wording.placeholders import placeholder_faults
from bot.faults import Fault, key_faults
from bot.suitability.tiers import Tier

OTHER = "other"
# Without these a line would name nobody to turn to.
_NEEDED = {
    "english_only": {"clinic", "emergency"},
    "provider_first": set[str](),
    "emergency": {"emergency"},
    "urgent": set[str](),
    "crisis": {"crisis", "emergency"},
}


@dataclass(frozen=True)
class LanguageLines:
    """The lines of one language; "" where none is written, as for a language that is not known."""

    english_only: str
    provider_first: str = ""
    emergency: str = ""
    urgent: str = ""
    crisis: str = ""

    def sorry(self, clinic: Clinic) -> str:
        """That English is understood, whom to ask first, the clinic, the emergency number."""
        return " ".join(filter(None, (self._filled("english_only", clinic), self._filled("provider_first", clinic))))

    def help(self, tier: Tier, clinic: Clinic) -> str:
        """Where to get help for a danger sign of this tier."""
        key = {Tier.CRISIS: "crisis", Tier.EMERGENCY: "emergency"}.get(tier, "urgent")
        return self._filled(key, clinic)

    def _filled(self, key: str, clinic: Clinic) -> str:
        line: str = getattr(self, key)
        return line.format(clinic=clinic.reached, emergency=clinic.emergency_number, crisis=clinic.crisis_number)


def read_languages(path: Path, entries: Mapping[str, Any], faults: list[Fault]) -> dict[str, LanguageLines]:
    """The lines by language; what is wrong is added to `faults`, and the language left out."""
    if OTHER not in entries:
        faults.append(Fault(str(path), f"languages.{OTHER}", "missing", "add it"))
    known = [field.name for field in fields(LanguageLines)]
    read = {}
    for code, lines in entries.items():
        where = f"languages.{code}"
        if not isinstance(lines, dict):
            faults.append(Fault(str(path), where, "is not a set of lines", f"write {', '.join(known)} under it"))
            continue
        wrong = key_faults(path, where, lines, ["english_only"] if code == OTHER else known)
        for key in known:
            if key in lines:
                wrong += placeholder_faults(path, f"{where}.{key}", lines[key], _NEEDED[key], _NEEDED[key])
        faults += wrong
        if not wrong:
            read[code] = LanguageLines(**lines)
    return read
