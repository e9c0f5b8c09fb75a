"""What the product is compared with is a Rasa project over the same examples."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from bot.bench.pipelines import STOCK
from bot.bench.serving import stock_project

EXAMPLES = [
    ("does it hurt", "ask_needle_pain"),
    ("what does it cost", "ask_not_in_article/cost"),
    ("when are you open", "ask_not_in_article/hours"),
    ("how long is a visit", "ask_session_length"),
    ("hello", "greet"),
]


def test_every_label_has_a_rule_and_something_to_say(tmp_path: Path) -> None:
    stock_project.write(tmp_path, EXAMPLES, STOCK, 5055)

    read = {name: YAML(typ="safe").load(tmp_path / name) for name in ("domain.yml", "data/training.yml", "config.yml")}
    domain, training = read["domain.yml"], read["data/training.yml"]
    intents = {
        "ask_needle_pain",
        "ask_not_in_article__cost",
        "ask_not_in_article__hours",
        "ask_session_length",
        "greet",
    }
    said = {step["action"] for rule in training["rules"] for step in rule["steps"] if "action" in step}
    assert intents == set(domain["intents"]) == {entry["intent"] for entry in training["nlu"]}
    assert intents | {"fallback"} == {rule["rule"] for rule in training["rules"]}
    assert said == {*domain["actions"], *domain["responses"]}
    assert [part["name"] for part in STOCK] == [part["name"] for part in read["config.yml"]["pipeline"]]
    assert {4} == {part["epochs"] for part in read["config.yml"]["pipeline"] if part["name"] == "DIETClassifier"}
