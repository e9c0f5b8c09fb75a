"""A gateway whose stubbed Rasa ends a check with given answers, for tests of the page to print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.bootstrap import Services, Summaries
from bot.conversation.answering import notices
from bot.conversation.reply import Kind, Reply
from bot.conversation.suitability_check.summary import as_text, summarise
from bot.suitability.evaluator import Assessment, evaluate
from bot.suitability.tiers import Answer
from tests.conversing import shipped
from tests.integration.gateway_serving import Served, Visitor, a_reply, services_for
from tests.integration.stub_rasa import StubRasa


def assessed(answers: Mapping[str, Answer]) -> Assessment:
    """The outcome of a check in which everything else that is asked was denied."""
    rules = shipped().rules
    return evaluate(rules, {**dict.fromkeys(rules.asked_facts, Answer.NO), **answers})


def ends_a_check(assessment: Assessment) -> list[Reply]:
    record = {"assessment": assessment.to_record()}
    tier = assessment.tier.id
    return [a_reply("The result.", kind=Kind.OUTCOME, tier=tier, rules=assessment.rule_ids, record=record)]


def summaries() -> Summaries:
    """Made from the content as shipped."""
    return Summaries(
        make=lambda *recorded: summarise(shipped(), *recorded),
        text=lambda summary: as_text(shipped(), summary),
        with_link=lambda outcome, link: notices.with_link(shipped(), outcome, link),
        sent=lambda link: notices.summary(shipped(), link),
    )


def services_with_summaries(folder: Path, rasa: StubRasa, **settings: Any) -> Services:
    services = services_for(folder, f"sqlite:///{folder}/a.db", rasa.port, **settings)
    services.summaries = summaries()
    return services


def checked(served: Served) -> Visitor:
    """Somebody who has finished a check."""
    visitor = served.visitor().open()
    visitor.say("no to all the rest")
    visitor.wait_for_replies(1)
    return visitor
