"""Which messengers there are, which of them are wanted, and what their settings still lack."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping

from bot.gateway import messengers
from bot.gateway.messengers.base import Messenger
from bot.settings import SettingsError


def kinds() -> list[type[Messenger]]:
    """Every adapter of this package: a module names its own in `MESSENGERS`, so a new one is one new file."""
    found: list[type[Messenger]] = []
    for module in pkgutil.iter_modules(messengers.__path__):
        found += getattr(importlib.import_module(f"{messengers.__name__}.{module.name}"), "MESSENGERS", ())
    return found


def is_wanted(kind: type[Messenger], given: Mapping[str, str]) -> bool:
    """Whether a setting that asks for this messenger is set."""
    return any(given.get(setting.name) for setting in kind.settings if setting.switches_on)


def faults(kind: type[Messenger], given: Mapping[str, str]) -> list[str]:
    """What is missing or cannot be used, one line each with its remedy. No line repeats a value."""
    found = []
    for setting in kind.settings:
        value = given.get(setting.name) or ""
        if not value and setting.default is None:
            found.append(f"{setting.name} is not set, and {kind.title} needs it: {setting.what}.")
        elif value and not re.fullmatch(setting.pattern, value, re.ASCII):
            found.append(f"{setting.name} does not look right: {setting.what}.")
    return found


def values(kind: type[Messenger], given: Mapping[str, str]) -> dict[str, str]:
    """The settings of a messenger, defaults filled in."""
    return {setting.name: given.get(setting.name) or setting.default or "" for setting in kind.settings}


def wanted(given: Mapping[str, str]) -> list[type[Messenger]]:
    """The messengers that are wanted, each with all that it needs.

    Raises:
        SettingsError: naming everything that is missing.
    """
    found = [kind for kind in kinds() if is_wanted(kind, given)]
    missing = [fault for kind in found for fault in faults(kind, given)]
    if missing:
        raise SettingsError(list(dict.fromkeys(missing)))
    return found


def build(given: Mapping[str, str], derive: Callable[[str], str]) -> dict[str, Messenger]:
    """The messengers that are wanted, by name.

    Raises:
        SettingsError: naming everything that is missing.
    """
    return {kind.name: kind(values(kind, given), derive) for kind in wanted(given)}
