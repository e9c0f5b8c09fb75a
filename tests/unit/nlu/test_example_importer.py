"""The product's importer gives Rasa the very examples that Rasa's own reads."""

from __future__ import annotations

from bot import without_tensorflow

without_tensorflow.install()

from rasa.shared.importers.rasa import RasaFileImporter  # noqa: E402

from bot.nlu.example_importer import ExampleImporter  # noqa: E402

DATA = """version: "3.1"
nlu:
  - intent: ask_cost
    metadata:
      subject: price
    examples: |
      - how much is it
      - {text}
  - intent: greet
    examples: |
      - hello
      - hello
"""


def written(folder, text="the price"):
    (folder / "nlu.yml").write_text(DATA.replace("{text}", text), encoding="utf-8")
    return [str(folder)]


def said(data):
    return [example.as_dict() for example in data.training_examples]


def test_the_examples_are_those_of_rasas_own_importer(tmp_path):
    paths = written(tmp_path)

    ours = ExampleImporter(training_data_paths=paths).get_nlu_data()

    assert said(RasaFileImporter(training_data_paths=paths).get_nlu_data()) == said(ours)
    assert 3 == len(ours.training_examples)


def test_a_changed_file_is_read_again(tmp_path):
    paths = written(tmp_path)
    before = ExampleImporter(training_data_paths=paths).get_nlu_data()
    written(tmp_path, "the fee")
    after = ExampleImporter(training_data_paths=paths).get_nlu_data()

    assert before.fingerprint() != after.fingerprint()
    assert "the fee" in [example["text"] for example in said(after)]


def test_changing_what_one_caller_got_leaves_the_next_ones_alone(tmp_path):
    paths = written(tmp_path)
    first = ExampleImporter(training_data_paths=paths).get_nlu_data()
    first.training_examples[0].set("intent", "another")
    second = ExampleImporter(training_data_paths=paths).get_nlu_data()

    assert "ask_cost" == second.training_examples[0].get("intent")
    assert first.training_examples[0].fingerprint() != second.training_examples[0].fingerprint()
