"""Every fault of data/safety is told at once, with file, key and remedy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.faults import ContentFaults
from bot.safety.patterns.loader import load
from bot.safety.written.spelling import english_words

DATA = Path(__file__).parents[3] / "data" / "safety"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the shipped data, to be spoilt."""
    return Path(shutil.copytree(DATA, tmp_path / "safety"))


def _spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_faults_are_told_together(directory: Path) -> None:
    _spoil(directory / "red_flags.yml", "nature: symptom", "nature: mood")
    _spoil(directory / "red_flags.yml", "'@cannot ~3 @urinate'", "'@cannot ~3 @urinat'")
    _spoil(directory / "context.yml", "means: hypothetical", "meens: hypothetical")

    with pytest.raises(ContentFaults) as refused:
        load(directory)

    told = str(refused.value)
    for part in ("unknown `mood`", "@urinat is unknown", "unknown key", "use one of"):
        assert part in told


def test_a_file_that_cannot_be_read_is_the_only_fault(directory: Path) -> None:
    (directory / "red_flags.yml").write_text("facts: [", encoding="utf-8")

    with pytest.raises(ContentFaults) as refused:
        load(directory)

    assert [Path(fault.file).name for fault in refused.value.faults] == ["red_flags.yml"]


def test_a_missing_file_is_told(directory: Path) -> None:
    (directory / "drugs.yml").unlink()

    with pytest.raises(ContentFaults, match=r"drugs\.yml"):
        load(directory)


def test_no_file_looks_like_training_data() -> None:
    for file in DATA.rglob("*.yml"):
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        assert not [line for line in lines if line.startswith(("nlu:", "rules:", "stories:", "responses:"))], file


def test_no_phrase_of_another_language_is_an_english_word() -> None:
    same_in_english = {"convulsion", "metastasis", "metastases", "enceinte", "osteoporosis"}
    texts = [text for tongue in load(DATA).tongues for each in tongue.phrases.values() for text in each]
    choices = {choice for text in texts if re.fullmatch(r"\[[^\[\]]*\]", text) for choice in text[1:-1].split("|")}
    phrases = {*texts, *choices}

    assert not (phrases & english_words().keys()) - same_in_english
