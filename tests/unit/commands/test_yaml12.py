"""The fast parser reads every file as the Python parser does, and plain words by YAML 1.2."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from bot.yaml12 import parse

PROJECT = Path(__file__).parents[3]


def test_every_file_of_content_reads_the_same_by_both_parsers() -> None:
    # Not what Rasa alone reads: once it is imported, the variables of the environment in there are filled in.
    ours = (path for path in PROJECT.glob("*.yml") if path.name not in ("endpoints.yml", "credentials.yml"))
    files = [*ours, *(PROJECT / "data").rglob("*.yml")]

    different = [
        path.name for path in files if repr(parse(path.read_text())) != repr(YAML(typ="safe", pure=True).load(path))
    ]

    assert len(files) > 40 and [] == different


def test_yes_no_and_times_stay_words() -> None:
    assert {"a": "yes", "b": "No", "c": "on", "d": "12:30", "e": True} == parse(
        "a: yes\nb: No\nc: on\nd: 12:30\ne: true"
    )


@pytest.mark.parametrize("broken", ["a: [1", "x: 1\nx: 2\n", "a:\n\t- b", "a: b: c"])
def test_what_is_no_yaml_is_told_with_its_line(broken: str) -> None:
    with pytest.raises(MarkedYAMLError) as refused:
        parse(broken)

    assert refused.value.problem_mark is not None
