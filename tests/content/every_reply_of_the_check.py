"""Every reply of the check: its questions, what is said beside them, its outcomes and the score after it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.content import Content
from bot.conversation.danger_signs import standing_alarm
from bot.conversation.reply import Reply
from bot.conversation.state import State
from bot.conversation.suitability_check import result
from bot.conversation.wording.voice import Voice
from bot.suitability.ruleset import Criterion
from bot.suitability.tiers import Tier
from tests.conversing import Chat, finding

Named = Iterator[tuple[str, Reply]]


def replies_of_the_check(content: Content) -> Named:
    """Every reply, named by how it comes about."""
    for part in (_outcomes, _of_the_check, _questions, _peg):
        yield from part(content)


def _facts_for(criterion: Criterion) -> Iterator[dict[str, str]]:
    facts = sorted(criterion.when.facts())
    for answer in ("yes", "unsure"):
        yield dict.fromkeys(facts, answer)
        for fact in facts:
            yield {fact: answer}
            yield {**dict.fromkeys(facts, "yes"), fact: "no"}


def _outcomes(content: Content) -> Named:
    rules = content.rules
    denied = dict.fromkeys(rules.asked_facts, "no")
    told = {c.id: list(_facts_for(c)) for c in rules.criteria}
    told["nothing found"] = [{}, {"recent_pain": "yes"}]
    for name, all_facts in told.items():
        for number, facts in enumerate(all_facts):
            for turn, known in ((number, {**denied, **facts}), (number + 4, facts)):
                before = State(facts=known, alarm=standing_alarm.raised(Tier.EMERGENCY))
                yield f"outcome {name} {facts} {turn} after an alarm", result.result(Voice(content, turn), before)[0]
                yield f"outcome {name} {facts} {turn}", result.result(Voice(content, turn), State(facts=known))[0]


def _of_the_check(content: Content) -> Named:
    """The check spoken of before it begins, and safety asked about in it."""
    knowing = Chat(content)
    for said in ("how long is the check", "5 months"):
        yield from ((f"the check, {said} {n}", r) for n, r in enumerate(knowing.says(said)))
    knowing.says("can I have it while pregnant", "check_suitability", findings=(finding("pregnant"),))
    for number, reply in enumerate(knowing.says("is it dangerous", "ask_is_it_safe")):
        yield f"safety asked in the check, {number}", reply


def _questions(content: Content) -> Named:
    """Each question of the check, its re-ask, its reason and its follow-up, for oneself and for someone else."""
    for other in ("no", "yes"):
        for affirmed in ((), ("history", "bones", "pain_course"), ("blood", "health", "heart_devices")):
            chat = Chat(content).checking(minor="no", for_someone_else=other) if affirmed else Chat(content)
            if not affirmed:
                yield from ((f"first question {n}", r) for n, r in enumerate(chat.says("check", "check_suitability")))
            while chat.question:
                asked, before = chat.question, chat.state
                for way in ("not sure", "yes", "why", "no"):
                    branch = Chat(content, before)
                    branch.messages = 50
                    for number, reply in enumerate(branch.says(way, "why_ask") if way == "why" else branch.says(way)):
                        yield f"question {asked}, {way} {other} {number}", reply
                    if way == "yes" and branch.question == asked:
                        for title, payload in branch.state.offered:
                            chosen = Chat(content, branch.state).hears(payload=payload)
                            yield from ((f"question {asked}, {title} {other} {n}", r) for n, r in enumerate(chosen))
                if asked in affirmed:
                    chat.says("yes")
                    if chat.question == asked and chat.state.offered[0][1].startswith("pick:"):
                        wanted = {"pick:pregnant", "pick:cancer_past"} if asked == "history" else set()
                        for payload in wanted or {chat.state.offered[0][1]}:
                            chat.hears(payload=payload)
                chat.says("no")


def _peg(content: Content) -> Named:
    chat = Chat(content)
    for number, replies in enumerate((chat.hears(payload="peg:start"), *(chat.says(score) for score in "047"))):
        yield f"peg {number}", replies[0]


def covered_tiers(replies: list[tuple[str, Reply]], content: Content) -> set[Tier]:
    """The tiers whose headline some reply tells."""
    return {t for t, outcome in content.rules.outcomes.items() if any(outcome.headline in r.text for _, r in replies)}
