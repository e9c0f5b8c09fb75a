"""A visitor's chat through the gateway: stored once, answered once, in order, resumed from anywhere."""

from __future__ import annotations

import threading
from pathlib import Path

from bot.storage.schema.conversation_tables import InboundMessage
from tests.integration.gateway_serving import Served, services_for, serving, wait_until
from tests.integration.stub_rasa import StubRasa


def test_a_new_chat_begins_with_the_opening_message(served: Served) -> None:
    visitor = served.visitor().open()

    history = visitor.history()

    assert ["I am automated."] == [entry["reply"]["text"] for entry in history]


def test_a_message_is_answered(served: Served) -> None:
    visitor = served.visitor().open()

    accepted = visitor.say("Does it hurt?")

    assert (202, 2, False) == (accepted.status_code, accepted.json()["id"], accepted.json()["duplicate"])
    assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)
    assert ["done"] == [entry["state"] for entry in visitor.history() if entry["from"] == "patient"]


def test_rasa_may_read_ahead_what_it_will_be_asked_and_no_personal_details(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()

    visitor.say("my name is Wilhelmina Oddfellow, does it hurt?")
    visitor.wait_for_replies(1)

    assert [body["text"] for body in rasa.asked] == rasa.expected
    assert "Oddfellow" not in rasa.expected[0]


def test_nobody_waits_for_a_rasa_that_does_not_read_ahead(served: Served, rasa: StubRasa) -> None:
    rasa.expecting_takes = 60
    visitor = served.visitor().open()

    for words in ("First", "Second"):
        visitor.say(words)

    assert ["You said: First", "You said: Second"] == visitor.wait_for_replies(2)
    assert ["First"] == rasa.expected


def test_a_message_sent_many_times_at_once_is_stored_and_answered_once(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    senders = [threading.Thread(target=visitor.say, args=("Once only", "the-same-id")) for _ in range(12)]

    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert ["You said: Once only"] == visitor.wait_for_replies(1)
    assert (1, 1) == (len(rasa.asked), served.count(InboundMessage))


def test_a_client_id_with_other_words_is_refused(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("First", "the-same-id")

    second = visitor.say("Second", "the-same-id")

    assert (409, "client_id_reused") == (second.status_code, second.json()["error"]["code"])


def test_messages_of_a_chat_are_answered_one_at_a_time_and_in_order(served: Served, rasa: StubRasa) -> None:
    rasa.delay = 0.03
    visitors = [served.visitor().open() for _ in range(4)]

    for number in range(8):
        for visitor in visitors:
            assert visitor.say(f"Message {number}").status_code == 202

    for visitor in visitors:
        assert [f"You said: Message {n}" for n in range(8)] == visitor.wait_for_replies(8)
    assert rasa.overlaps == 0


def test_a_slow_chat_does_not_hold_up_another(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, reply_timeout=60.0)
    with serving(services, rasa) as served:
        slow, quick = served.visitor().open(), served.visitor().open()
        rasa.delay = 60.0
        slow.say("Slow")
        wait_until(lambda: rasa.asked)
        rasa.delay = 0.0

        quick.say("Quick")

        assert ["You said: Quick"] == quick.wait_for_replies(1)
        assert [] == slow.replies()


def test_slash_text_is_sent_as_text_and_never_as_a_payload(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()

    visitor.say('/restart{"conversation": "stolen"}')

    visitor.wait_for_replies(1)
    assert ('/restart{"conversation": "stolen"}', None) == (rasa.asked[0]["text"], rasa.asked[0]["payload"])


def test_events_resume_after_the_last_one_seen(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("One")
    visitor.wait_for_replies(1)

    everything = visitor.events(3)
    rest = visitor.events(1, headers={"Last-Event-ID": str(everything[1]["id"])})

    assert ["reply", "accepted", "reply"] == [event["event"] for event in everything]
    assert [everything[2]] == rest
    assert [everything[2]] == visitor.events(1, params={"after": everything[1]["id"]})


def test_an_open_event_stream_hears_of_a_reply_and_a_second_tab_too(served: Served) -> None:
    visitor = served.visitor().open()
    heard: list[list[str]] = []
    tabs = [threading.Thread(target=lambda: heard.append([e["event"] for e in visitor.events(3)])) for _ in range(2)]
    for tab in tabs:
        tab.start()

    visitor.say("Hello")

    for tab in tabs:
        tab.join(5)
    assert [["reply", "accepted", "reply"]] * 2 == heard


def test_starting_over_opens_a_new_chat_and_closes_the_old_one(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("Old words")
    visitor.wait_for_replies(1)
    old_cookie = visitor.http.cookies["chat"]

    assert visitor.post("/chat/reset", {}).status_code == 200

    assert ["I am automated."] == [entry["reply"]["text"] for entry in visitor.history()]
    old = served.visitor()
    old.http.cookies.set("chat", old_cookie)
    assert 401 == old.http.get("/chat/history").status_code
