"""What staff are told about a turn: by the trained model and the real actions."""

from __future__ import annotations

from bot.commands.local_agent import LocalAgent


async def test_an_answer_shows_ranking_thresholds_rule_and_time(agent: LocalAgent) -> None:
    (turn,) = await agent.converse(["does it hurt?"])
    seen = turn.inspection
    assert seen["intent"] == seen["ranking"][0]["name"] == "ask_needle_pain"
    assert seen["segments"][0]["known"] > seen["thresholds"]["refuse_below"]
    assert seen["segments"][0]["decision"] == "accept"
    assert (seen["rule"], seen["steps"][0]["action"]) == ("a question that the article answers", "action_answer")
    assert seen["steps"][0]["policy"] == "RulePolicy"
    assert {"parse", "topics", "safety_net"} <= {stage for stage, _ in seen["timings"]}
    assert seen["slots"]["conversation"]["topics"] == ["needle_pain"]
    assert seen["model"].startswith("assistant-") and seen["content"]


async def test_a_danger_sign_shows_its_criterion_and_the_words_that_made_it_fire(agent: LocalAgent) -> None:
    text = "since yesterday I cannot control my bladder, is it safe?"
    (turn,) = await agent.converse([text])
    seen = turn.inspection
    assert seen["triage"]["alarms"]
    (criterion, *_) = [c for c in seen["criteria"] if c["words"]]
    (word, *_) = criterion["words"]
    assert "bladder" in seen["text"][word["start"] : word["end"]]
    assert criterion["id"] in turn.replies[0]["rules"]


async def test_a_denied_sign_is_shown_as_denied_and_fires_nothing(agent: LocalAgent) -> None:
    (turn,) = await agent.converse(["I have no fever, does it hurt?"])
    (finding,) = [f for f in turn.inspection["findings"] if f["fact"].startswith("fever")]
    assert finding["status"] == "absent"
    assert turn.inspection["criteria"] == []


async def test_in_the_check_the_question_asked_and_the_one_answered_are_named(agent: LocalAgent) -> None:
    first, second = await agent.converse(["can I have acupuncture?", "no"])
    assert first.inspection["asked"] and not first.inspection["answered"]
    assert second.inspection["answered"] == first.inspection["asked"] != second.inspection["asked"]
