"""A Rasa project as `rasa init` would have it, over the product's own examples: what the product is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.bench.folds import Labelled
from bot.bench.pipelines import SUBJECT_MARK, as_yaml

# How long an answer takes does not depend on how long was trained; a hundred epochs would take an hour here.
EPOCHS = 4
# Every fourth topic is answered by a custom action, the rest by a response of the domain.
ACTION_EVERY = 4
ACTION = """from rasa_sdk import Action


class Bench(Action):
    def name(self):
        return "action_bench"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Please ask your healthcare provider first. This is what the action says.")
        return []
"""


def write(folder: Path, examples: Sequence[Labelled], pipeline: Sequence[dict[str, Any]], actions_port: int) -> None:
    """Write the project.

    Args:
        folder: Where to; made if it is not there.
        examples: What the intents are trained on.
        pipeline: Rasa's `pipeline`.
        actions_port: Where the custom action is served.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    grouped: dict[str, list[str]] = {}
    for text, label in examples:
        grouped.setdefault(label.replace("/", SUBJECT_MARK), []).append(text)
    steps = {
        intent: "action_bench" if place % ACTION_EVERY == 0 else f"utter_{intent}"
        for place, intent in enumerate(sorted(grouped))
    }
    epochs = {"epochs": EPOCHS}
    trained = {"DIETClassifier"}
    config = {
        "recipe": "default.v1",
        "assistant_id": "bench",
        "language": "en",
        "pipeline": [{**part, **(epochs if part["name"] in trained else {})} for part in pipeline],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "RulePolicy"},
            {"name": "UnexpecTEDIntentPolicy", "max_history": 5, **epochs},
            {"name": "TEDPolicy", "max_history": 5, "constrain_similarities": True, **epochs},
        ],
    }
    said = "Please ask your healthcare provider first. This is what the response says."
    domain = {
        "version": "3.1",
        "intents": sorted(grouped),
        "actions": ["action_bench"],
        "responses": {step: [{"text": said}] for step in steps.values() if step.startswith("utter_")},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }
    first, second = sorted(grouped)[:2]
    story = [part for intent in (first, second) for part in ({"intent": intent}, {"action": steps[intent]})]
    training = {
        "version": "3.1",
        "nlu": [
            {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
            for intent, texts in grouped.items()
        ],
        "rules": [{"rule": intent, "steps": [{"intent": intent}, {"action": step}]} for intent, step in steps.items()]
        + [{"rule": "fallback", "steps": [{"intent": "nlu_fallback"}, {"action": "action_bench"}]}],
        "stories": [{"story": "two questions", "steps": story}],
    }
    endpoints = {
        "action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "rasa.db"},
    }
    files: dict[str, dict[str, Any]] = {
        "config.yml": config,
        "domain.yml": domain,
        "data/training.yml": training,
        "endpoints.yml": endpoints,
    }
    for name, content in files.items():
        (folder / name).write_text(as_yaml(content), encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "bench_actions.py").write_text(ACTION, encoding="utf-8")
