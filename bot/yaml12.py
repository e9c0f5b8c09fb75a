"""YAML 1.2 as Rasa reads it (`yes` and `no` are words), by libyaml where it is installed, in a tenth of the time."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML


def parse(text: str) -> Any:
    """The content of one YAML document as plain values.

    Raises:
        YAMLError: when it is not YAML.
    """
    return YAML(typ="safe").load(text)
