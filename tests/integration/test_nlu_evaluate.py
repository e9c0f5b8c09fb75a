"""`bot evaluate` and the check of the data, as they are called."""

import json
from dataclasses import replace

import pytest

from bot import cli
from bot.checking import examples as data_quality
from bot.evaluation import cross_validation
from bot.evaluation.scores import matthews
from bot.evaluation.settings import CLASSIFIER, as_configured
from bot.evaluation.tables import evaluate_tables
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph
from bot.project import PROJECT


@pytest.fixture
def tables(tmp_path):
    """A train and a test table."""
    train, test = tmp_path / "train.csv", tmp_path / "test.csv"
    train.write_text(
        "\ufefftext,label\ndoes it hurt,pain\nis it painful,pain\nwill it sting,pain\n"
        'how much is it,cost\n"what is\nthe price",cost\nis it expensive,cost\n',
        encoding="utf-8",
    )
    test.write_text("text,label\nis it going to hurt,pain\nwhat does it cost,cost\nwho won the world cup,none\n")
    return ["--train", str(train), "--test", str(test)]


def test_two_tables_give_the_agreed_numbers(tables, capsys):
    assert 0 == cli.main(["evaluate", *tables, "--oos-label", "none", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert {"accuracy_closed", "accuracy", "oos_recall", "mcc", "ms_per_question", "train_s"} == set(found)
    assert 1.0 == found["accuracy_closed"]


def test_examples_held_out_are_judged_by_the_configured_thresholds(tmp_path, monkeypatch, capsys):
    (tmp_path / "pain.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: ask_pain\n  examples: |\n    - does it hurt\n    - is it painful\n'
        "    - will it sting\n- intent: ask_cost\n  examples: |\n    - how much is it\n    - what is the price\n"
        "    - is it expensive\n"
    )
    settings, thresholds = as_configured(PROJECT / "config.yml")
    nothing_will_do = replace(thresholds, refuse_below=1.1)
    monkeypatch.setattr(cross_validation, "as_configured", lambda config: (settings, nothing_will_do))

    assert 0 == cli.main(["evaluate", "--data", str(tmp_path), "--folds", "3", "--json"])

    assert 1.0 == json.loads(capsys.readouterr().out)["refused"]


def test_without_an_out_of_scope_label_there_is_no_recall(tables, capsys):
    assert 0 == cli.main(["evaluate", *tables])

    assert "oos_recall             -" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("question,label\na,b\n", "column text missing"), ("text,label\n", "no row has a label"), ("", "missing")],
)
def test_an_unusable_table_is_one_clear_line(tables, tmp_path, capsys, content, complaint):
    (tmp_path / "train.csv").write_text(content)

    assert 2 == cli.main(["evaluate", *tables])
    error = capsys.readouterr().err
    assert complaint in error
    assert 1 == error.count("\n")


def test_one_table_alone_is_refused(tables, capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["evaluate", *tables[:2]])
    assert "both" in capsys.readouterr().err


@pytest.mark.parametrize("folds", ["0", "1", "-2"])
def test_parts_that_leave_nothing_to_learn_from_or_to_ask_are_refused(folds, capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["evaluate", "--folds", folds])
    assert "from 2" in capsys.readouterr().err


def test_matthews_is_one_when_all_is_right_and_zero_when_one_class_is_said():
    assert 1 == pytest.approx(matthews(["a", "b", "c"], ["a", "b", "c"]))
    assert 0 == matthews(["a", "b"], ["a", "a"])


def test_the_same_question_under_two_intents_is_found(tmp_path, capsys):
    (tmp_path / "nlu.yml").write_text(
        "nlu:\n- intent: a\n  examples: |\n    - does it hurt\n    - is it painful\n"
        "- intent: b\n  examples: |\n    - does it hurt?\n    - how much\n"
    )

    assert 1 == data_quality.main(["--data", str(tmp_path)])
    assert "keep one of the two" in capsys.readouterr().out


def test_a_table_that_is_not_utf8_is_one_clear_line(tables, tmp_path, capsys):
    (tmp_path / "train.csv").write_bytes("text,label\ncafé,place\n".encode("latin-1"))

    assert 2 == cli.main(["evaluate", *tables])
    assert "not UTF-8" in capsys.readouterr().err


def test_out_of_scope_rows_of_the_training_table_are_no_label_but_help_to_refuse(tmp_path):
    encoder = SentenceEncoder(cached_graph(PROJECT / "models" / "encoder"))
    rows = ["text,label", "does it hurt,pain", "is it painful,pain", "how much is it,cost", "what is the price,cost"]
    (tmp_path / "test.csv").write_text("text,label\nwill it hurt,pain\nwhere can i park,none\n")
    found = []
    for extra in ([], ["is there a car park,none", "can i park there,none", "where do i leave my car,none"]):
        (tmp_path / "train.csv").write_text("\n".join([*rows, *extra]))
        found.append(evaluate_tables(tmp_path / "train.csv", tmp_path / "test.csv", "none", encoder))

    assert [1.0, 1.0] == [scores.accuracy_closed for scores in found]
    assert 1.0 == found[1].oos_recall


def test_the_threshold_of_config_yml_is_the_one_that_is_measured(tmp_path):
    config = tmp_path / "config.yml"
    config.write_text(f"pipeline:\n- name: {CLASSIFIER}KernelIntentClassifier\n  refuse_below: 0.6\n  ridge: 1\n")

    settings, thresholds = as_configured(config)
    assert (1, 0.6) == (settings.ridge, thresholds.refuse_below)


def test_beside_out_of_scope_examples_of_the_datas_own_less_is_refused():
    thresholds = Thresholds(refuse_below=0.3, refuse_below_beside_own=0.2)

    assert thresholds == thresholds.for_labels(["pain", "cost"], "out_of_scope")
    assert 0.2 == thresholds.for_labels(["pain", "out_of_scope"], "out_of_scope").refuse_below
    assert 0.1 == Thresholds(refuse_below=0.1).for_labels(["out_of_scope"], "out_of_scope").refuse_below
