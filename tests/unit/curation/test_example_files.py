"""Examples are added and taken out as text, so that nothing else in the file moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.curation.example_files import NotAnExample, add_example, blocks_of
from bot.nlu.training_data import read_examples

NLU = Path(__file__).parents[3] / "data" / "nlu"


@pytest.mark.parametrize("path", sorted(NLU.glob("*.yml")), ids=lambda path: path.name)
def test_every_label_of_every_shipped_file_takes_one_more(path: Path, tmp_path: Path):
    text = path.read_text()
    labels = {block.label for block in blocks_of(text)}

    for label in labels:
        text = add_example(text, label, f"does it: help - with #1 and '{label}'?")
    (tmp_path / path.name).write_text(text)

    before = [(e.label, e.text) for e in read_examples(path.parent) if e.file == path.name]
    after = [(e.label, e.text) for e in read_examples(tmp_path)]
    assert {(label, f"does it: help - with #1 and '{label}'?") for label in labels} == set(after) - set(before)
    assert len(after) == len(before) + len(labels)


@pytest.mark.parametrize("text", ["", "   ", "?!", "x " * 300, "see [my doctor](person) first"])
def test_what_cannot_be_an_example_is_refused(text: str):
    with pytest.raises(NotAnExample):
        add_example((NLU / "session.yml").read_text(), "ask_session_length", text)


def test_a_label_of_another_file_is_refused():
    with pytest.raises(LookupError):
        add_example((NLU / "session.yml").read_text(), "ask_qi", "what is qi")
