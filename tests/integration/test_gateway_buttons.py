"""Buttons of the chat: titles go out, payloads stay in, and each question is answered once."""

from __future__ import annotations

from typing import Any

from bot.conversation.reply import Button, Kind, Reply
from tests.integration.gateway_serving import CONSULT, Served, a_reply
from tests.integration.stub_rasa import StubRasa


def test_the_client_sees_titles_and_never_payloads(served: Served, rasa: StubRasa) -> None:
    rasa.answer = lambda body: [a_reply("Which?", buttons=(Button("Needle pain", "topic:needle_pain"),), rules=("r1",))]
    visitor = served.visitor().open()
    visitor.say("Hello")
    visitor.wait_for_replies(1)

    reply = visitor.history()[-1]["reply"]

    assert ["Needle pain"] == [button["title"] for button in reply["buttons"]]
    assert "topic:needle_pain" not in visitor.http.get("/chat/history").text
    assert not {"rules", "record"} & set(reply)


def test_a_pressed_button_reaches_rasa_as_its_payload(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    choice = visitor.history()[0]["reply"]["buttons"][0]["id"]

    accepted = visitor.post("/chat/messages", {"client_id": "button-001", "choice": choice})

    assert accepted.status_code == 202
    visitor.wait_for_replies(1)
    assert ("/check", "Check") == (rasa.asked[0]["payload"], rasa.asked[0]["text"])
    assert "Check" == visitor.history()[1]["text"]


def test_a_choice_that_was_offered_elsewhere_or_nowhere_is_refused(served: Served, rasa: StubRasa) -> None:
    other = served.visitor().open()
    foreign = other.history()[0]["reply"]["buttons"][0]["id"]
    visitor = served.visitor().open()

    answers = [
        visitor.post("/chat/messages", {"client_id": f"button-{n:03}", "choice": forged})
        for n, forged in enumerate([foreign, "/restart", "check:start", "A" * 16, "", 7, None, ["x"], {"id": foreign}])
    ]

    assert {422} == {answer.status_code for answer in answers}
    assert [] == rasa.asked


def asks(body: dict[str, Any]) -> list[Reply]:
    buttons = (Button("Yes", "say:yes"), Button("No", "say:no"))
    return [a_reply(f"Question after {body['text']}?", kind=Kind.QUESTION, buttons=buttons)]


def test_a_button_of_an_earlier_question_is_not_taken_for_an_answer_to_this_one(served: Served, rasa: StubRasa) -> None:
    rasa.answer = asks
    visitor = served.visitor().open()
    visitor.say("check")
    visitor.wait_for_replies(1)
    yes, no = (button["id"] for button in visitor.history()[-1]["reply"]["buttons"])
    assert 202 == visitor.post("/chat/messages", {"client_id": "press-0001", "choice": yes}).status_code
    visitor.wait_for_replies(2)

    late = visitor.post("/chat/messages", {"client_id": "press-0002", "choice": no})
    repeated = visitor.post("/chat/messages", {"client_id": "press-0001", "choice": yes})

    assert (409, "past_choice") == (late.status_code, late.json()["error"]["code"])
    assert CONSULT in late.json()["error"]["message"]
    assert (202, True) == (repeated.status_code, repeated.json()["duplicate"])
    assert ["check", "Yes"] == [entry["text"] for entry in visitor.history() if entry["from"] == "patient"]


def test_while_an_answer_is_under_way_no_other_button_of_its_question_counts(served: Served, rasa: StubRasa) -> None:
    rasa.answer = asks
    visitor = served.visitor().open()
    visitor.say("check")
    visitor.wait_for_replies(1)
    yes, no = (button["id"] for button in visitor.history()[-1]["reply"]["buttons"])
    rasa.delay = 0.5

    statuses = [
        visitor.post("/chat/messages", {"client_id": f"press-{n:04}", "choice": choice}).status_code
        for n, choice in enumerate((yes, no, yes))
    ]

    rasa.delay = 0.0
    assert [202, 409, 409] == statuses
    visitor.wait_for_replies(2)


def test_after_an_apology_the_same_button_counts_again(served: Served, rasa: StubRasa) -> None:
    rasa.answer = asks
    visitor = served.visitor().open()
    visitor.say("check")
    visitor.wait_for_replies(1)
    yes = visitor.history()[-1]["reply"]["buttons"][0]["id"]
    rasa.status = 500
    visitor.post("/chat/messages", {"client_id": "press-0001", "choice": yes})
    visitor.wait_for_replies(2)
    rasa.status = 200

    assert 202 == visitor.post("/chat/messages", {"client_id": "press-0002", "choice": yes}).status_code
    assert "Question after Yes?" == visitor.wait_for_replies(3)[2]
