from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bench import held_out
from bot.bench.confusion_plot import pairs_of, short
from bot.bench.document import MarkersMissing, put_between_markers
from bot.bench.held_out import summarise
from bot.bench.nlu_report import Comparison, section, table
from bot.bench.pipelines import STOCK, Pipeline, product, training_data
from bot.bench.scores import Scores
from bot.bench.worker import read_prediction
from bot.labelled_table import UnusableTable
from bot.nlu.training_data import read_examples

OURS = Scores(0.8, 0.9, 0.05, 0.9, 0.97, 0.6, 5.0, {"parse": 2.0}, 30, 25, 400, 300, 28, "3.11.7")
THEIRS = replace(OURS, accuracy=0.6, auroc=0.8, ms=20.0, train_cpu_s=500, stages={}, calibration_error=0.05)


def test_the_table_compares():
    compared = {row[0]: row[3] for row in table(OURS, THEIRS)}
    assert compared["right topic (intent or intent/subject)"] == "2.0 × less errors"
    assert compared["processor time per question"] == "4.0 × less"
    assert compared["training, processor time"] == "20.0 × less"
    assert compared["expected calibration error (0 is best)"] == "about the same"
    assert compared["out-of-scope AUROC (1 is best)"] == "+10.0 points"


def test_the_section_says_what_was_measured_and_lists_thin_and_confused_topics():
    examples = [("a", "cost"), ("b", "cost"), ("c", "pain"), ("moon", "out_of_scope")]
    held = summarise([("cost", "cost"), ("pain", "cost"), ("cost", "cost")], 2)
    text = section(Comparison("bot bench nlu", "One machine.", 2, 16, examples, 9, OURS, THEIRS, held))
    assert "`bot bench nlu`" in text and "One machine." in text
    assert "2 folds of 4 of 9 examples in data/nlu (of at most 16 words)" in text
    assert "| pain | 1 | 0% | cost (1) |" in text
    assert text.index("| pain | 1 | 0% |", text.index("fewest")) < text.index(
        "| cost | 2 | 100% |", text.index("fewest")
    )


def test_held_out_predictions_are_counted_by_topic_and_by_pair():
    held = summarise([("cost", "cost"), ("cost", "pain"), ("pain", "pain"), ("pain", "pain")], 2)
    assert (held.accuracy, held.right) == (0.75, {"cost": 0.5, "pain": 1.0})
    assert held.confused == Counter({("cost", "pain"): 1})


def test_only_what_stands_between_the_markers_is_replaced():
    document = "before\n\n<!-- bench nlu -->\nold\n<!-- /bench nlu -->\n\nafter\n"
    once = put_between_markers(document, "nlu", "new")
    assert once == "before\n\n<!-- bench nlu -->\nnew\n<!-- /bench nlu -->\n\nafter\n"
    assert put_between_markers(once, "nlu", "new") == once


def test_a_document_without_markers_gets_them_at_its_end():
    assert put_between_markers("text\n", "nlu", "new") == "text\n\n<!-- bench nlu -->\nnew\n<!-- /bench nlu -->\n"


@pytest.mark.parametrize(
    "document", ["<!-- bench nlu -->", "<!-- /bench nlu -->", "<!-- /bench nlu --> <!-- bench nlu -->"]
)
def test_half_a_pair_of_markers_is_a_fault(document):
    with pytest.raises(MarkersMissing):
        put_between_markers(document, "nlu", "new")


def test_pairs_count_both_directions_and_the_worst_comes_first():
    confused = Counter({("a", "b"): 2, ("b", "a"): 3, ("c", "a"): 4})
    assert pairs_of(confused) == [("b", "a", 3, 2), ("c", "a", 4, 0)]
    assert pairs_of(confused, most=1) == [("b", "a", 3, 2)]
    assert short("ask_not_in_article/needle_number_place") == "needle number place"


def test_what_the_product_understood_is_read():
    segment = {"candidates": [{"label": "a/b", "confidence": 0.7}], "known": 0.2, "decision": "refuse"}
    parsed = {"intent": {"name": "red_flag"}, "understanding": {"segments": [segment]}}
    assert read_prediction(parsed) == {"label": "a/b", "confidence": 0.7, "known": 0.2, "refused": True}


def test_the_best_label_of_a_stock_prediction_is_read_behind_its_fallback():
    parsed = {
        "intent": {"name": "nlu_fallback", "confidence": 0.3},
        "intent_ranking": [{"name": "nlu_fallback", "confidence": 0.3}, {"name": "a__b", "confidence": 0.2}],
    }
    assert read_prediction(parsed) == {"label": "a__b", "confidence": 0.2, "known": 0.2, "refused": True}


def test_the_product_learns_the_same_labels_from_a_fold_as_from_its_own_files(tmp_path):
    from ruamel.yaml import YAML

    examples = [("what does it cost", "ask/cost"), ("hi: there # you", "greet")]
    with (tmp_path / "nlu.yml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(training_data(examples, product()), file)
    assert [(found.text, found.label) for found in read_examples(tmp_path)] == examples


def test_the_stock_pipeline_learns_each_topic_as_an_intent_of_its_own():
    from bot.bench.pipelines import _plain_block

    stock = Pipeline("stock", Path("python"), STOCK, _plain_block)
    assert training_data([("a", "ask/cost")], stock)["nlu"] == [{"intent": "ask__cost", "examples": "- a\n"}]


def test_what_was_not_shown_is_read_by_a_model_trained_as_config_yml_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yml").write_text("pipeline: []\n")
    monkeypatch.setattr(held_out, "PROJECT", tmp_path)

    with pytest.raises(UnusableTable, match=r"config\.yml"):
        held_out.cross_validate([("does it hurt", "ask_pain")], 2, tmp_path)
