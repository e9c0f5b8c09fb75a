"""Why a turn went as it did: what was understood, what decided, in plain JSON values, for staff.

It is made from what Rasa keeps of the turn, so it can be made again for a turn answered earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered

from bot.conversation.check_state import known, running_interview
from bot.conversation.danger_signs.danger import Triage, triage
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.faults import read_yaml
from bot.nlu.topics.thresholds import Thresholds
from bot.project import PROJECT
from bot.rasa_server.content_version import content_version
from bot.suitability import interview
from bot.suitability.loader import load as load_rules
from bot.suitability.ruleset import RuleSet

CONVERSATION_SLOT = "conversation"
_NOT_SHOWN = frozenset({"action_listen"})
_THRESHOLDS_SHOWN = ("refuse_below", "accept_known", "accept_confidence")
Timings = Sequence[tuple[str, float]]


def inspect_turn(
    events: Iterable[Event], message_id: str, replies: Sequence[Mapping[str, Any]], agent: Agent, timings: Timings = ()
) -> dict[str, Any]:
    """The inspection of one message; {} when the events hold no such message.

    Args:
        events: Of the conversation, in order.
        message_id: Rasa's id of the message.
        replies: As they were sent, for the rules they name.
        agent: Whose model it was.
        timings: Milliseconds by stage, beside those of the understanding.
    """
    before, said, after = _around(events, message_id)
    if said is None:
        return {}
    rules = shared_rules()
    parsed = said.parse_data or {}
    state_before, slots = State.from_dict(_slots(before).get(CONVERSATION_SLOT)), _slots([*before, *after])
    state_after = State.from_dict(slots.get(CONVERSATION_SLOT))
    intent = parsed.get("intent") or {}
    steps = [_step(event) for event in after if isinstance(event, ActionExecuted)]
    steps = [step for step in steps if step["action"] not in _NOT_SHOWN]
    found: dict[str, Any] = {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "ranking": [{"name": r["name"], "confidence": r["confidence"]} for r in parsed.get("intent_ranking") or ()],
        "choice": next((e["value"] for e in parsed.get("entities") or () if e.get("entity") == "choice"), None),
        "thresholds": thresholds_of(agent),
        "steps": steps,
        "rule": rule_name(intent.get("name"), [step["action"] for step in steps]),
        "slots": slots,
        "asked": asked_question(rules, state_after),
        "answered": asked_question(rules, state_before),
        "model": model_name(agent),
        "content": content_version(PROJECT / "data"),
        "rules_version": rules.version,
    }
    reply_rules = list(dict.fromkeys(rule for reply in replies for rule in reply.get("rules", ())))
    if "understanding" in parsed:
        understood = Understanding.from_dict(parsed["understanding"])
        judged = triage(rules, understood, known(rules, state_before))
        shown = dict(parsed["understanding"])
        timings = [*shown.pop("timings", ()), *timings]
        found |= shown | {"triage": _triage(judged), "criteria": _criteria(rules, understood, judged, reply_rules)}
    else:
        nothing: dict[str, Any] = {
            "text": "",
            "language": "en",
            "segments": [],
            "findings": [],
            "danger": None,
            "triage": None,
        }
        found |= nothing | {"criteria": [_criterion(rules, rule, (), "") for rule in reply_rules]}
    found["timings"] = [[name, milliseconds] for name, milliseconds in timings]
    return found


def warm_up() -> None:
    """Read what every inspection needs from the content as it stands now, so that no message waits for it."""
    for kept in (shared_rules, _rules, content_version):
        kept.cache_clear()
    shared_rules()
    _rules()
    content_version(PROJECT / "data")


@cache
def shared_rules() -> RuleSet:
    """The suitability rules, loaded once."""
    return load_rules(PROJECT / "data" / "suitability")


def thresholds_of(agent: Agent) -> dict[str, float]:
    """Where this model accepts, asks back and refuses."""
    metadata = getattr(agent.processor, "model_metadata", None)
    nodes = metadata.predict_schema.nodes.values() if metadata is not None else ()
    config: Mapping[str, Any] = next((node.config for node in nodes if "refuse_below" in node.config), {})
    intents = agent.domain.intents if agent.domain is not None else ()
    found = Thresholds.configured(config).for_labels(intents, str(config.get("own_out_of_scope", "")))
    return {name: getattr(found, name) for name in _THRESHOLDS_SHOWN}


def model_name(agent: Agent) -> str:
    """The archive's name without its ending, or the model's id."""
    path = getattr(agent.processor, "model_path", None)
    return (path.name.removesuffix(".tar.gz") if path else str(agent.model_id or ""))[:60]


def asked_question(rules: RuleSet, state: State) -> str:
    """The question of the suitability check that stands; "" when none does."""
    running = running_interview(rules, state)
    prompt = interview.current(rules, running) if running else None
    return prompt.question if prompt else ""


def rule_name(intent: str | None, actions: Sequence[str]) -> str:
    """Which rule of `data/rules` leads from an intent to the first action; "" when none does, as inside the form."""
    if not intent or not actions:
        return ""
    return _rules().get((intent, actions[0]), "")


@cache
def _rules() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for path in sorted((PROJECT / "data" / "rules").glob("*.yml")):
        for rule in read_yaml(path).get("rules") or ():
            steps = rule["steps"]
            intents = [step["intent"] for step in steps if "intent" in step]
            intents += [choice["intent"] for step in steps for choice in step.get("or", ()) if "intent" in choice]
            action = next((step["action"] for step in steps if "action" in step), "")
            for intent in intents:
                found.setdefault((intent, action), rule["rule"])
    return found


def _around(events: Iterable[Event], message_id: str) -> tuple[list[Event], UserUttered | None, list[Event]]:
    before: list[Event] = []
    after: list[Event] = []
    said: UserUttered | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if said is not None:
                break
            if event.message_id == message_id:
                said = event
                continue
        (before if said is None else after).append(event)
    return before, said, after


def _slots(events: Iterable[Event]) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    for event in events:
        if isinstance(event, SlotSet):
            slots[event.key] = event.value
    return {name: value for name, value in slots.items() if value is not None}


def _step(event: ActionExecuted) -> dict[str, Any]:
    policy = str(event.policy or "")
    policy = policy.rsplit("_", 1)[-1] if policy.endswith("Policy") else policy.replace("_", " ")
    return {"action": event.action_name or "", "policy": policy, "confidence": event.confidence}


def _triage(judged: Triage) -> dict[str, Any]:
    return {
        "alarms": judged.alarms,
        "asks": judged.asks,
        "unclear": judged.unclear,
        "second_line": judged.second_line,
        "certain": judged.certain,
        "told": {fact: answer.value for fact, answer in judged.told.items()},
    }


def _criteria(
    rules: RuleSet, understood: Understanding, judged: Triage, reply_rules: Sequence[str]
) -> list[dict[str, Any]]:
    """Those that alarm in this message, then those the replies name, each with the words that made it fire."""
    witnesses = {fired.criterion.id: fired.facts for fired in judged.alarming}
    found = []
    for rule in dict.fromkeys([*witnesses, *reply_rules]):
        facts = frozenset(witnesses.get(rule) or rules.criterion(rule).when.facts())
        words = [
            {"fact": f.fact, "phrase": f.phrase, "start": f.start, "end": f.end}
            for f in understood.findings
            if f.fact in facts and f.status != "absent"
        ]
        by = "words" if words else "classifier" if judged.second_line and judged.certain else "earlier answers"
        found.append(_criterion(rules, rule, words, by))
    return found


def _criterion(rules: RuleSet, rule: str, words: Sequence[Mapping[str, Any]], by: str) -> dict[str, Any]:
    criterion = rules.criterion(rule)
    return {
        "id": rule,
        "item": criterion.item,
        "tier": criterion.tier.id,
        "because": criterion.because,
        "by": by or "earlier answers",
        "words": list(words),
    }
