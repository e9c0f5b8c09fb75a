"""Faults of the content files, as in every package that reads content."""

from bot.faults import ContentFaults, Fault

__all__ = ["ContentFaults", "Fault"]
