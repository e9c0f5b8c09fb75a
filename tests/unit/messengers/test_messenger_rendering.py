"""What a person reads and may press on each messenger, whatever the reply is.

`REGENERATE_GOLDEN=1 pytest tests/unit/messengers` writes the files of tests/golden anew; read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from sample_replies import CONSULT, MESSENGERS, SAMPLES, replies

from bot.conversation.reply import Kind, Reply
from bot.gateway.messengers.slack import unescaped
from bot.gateway.messengers.twilio_shapes import Shape

GOLDEN = Path(__file__).parents[2] / "golden"
Payload = dict[str, Any]
NUMBERED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def facebook(payload: Payload) -> tuple[str, list[tuple[str, str]]]:
    quick = payload.get("quick_replies", [])
    assert units(payload["text"]) <= 2000 and len(quick) <= 13
    assert all(units(q["title"]) <= 20 for q in quick)
    return payload["text"], [(q["title"], q["payload"]) for q in quick]


def telegram(payload: Payload) -> tuple[str, list[tuple[str, str]]]:
    rows = payload.get("reply_markup", {}).get("inline_keyboard", [])
    keys = [key for row in rows for key in row]
    assert units(payload["text"]) <= 4096 and all(len(k["callback_data"].encode()) <= 64 for k in keys)
    return payload["text"], [(k["text"], k["callback_data"]) for k in keys]


def twilio(payload: Payload) -> tuple[str, list[tuple[str, str]]]:
    assert units(payload["Body"]) <= 1600
    return payload["Body"], []


def whatsapp(payload: Payload) -> tuple[str, list[tuple[str, str]]]:
    assert units(payload["Body"]) <= 1600
    if "shape" not in payload:
        return payload["Body"], []
    variables, shape = payload["variables"], Shape.named(payload["shape"])
    made = shape.definition()
    assert set(variables) == set(made["variables"]) and all(variables.values()) and len(variables) <= 100
    # Twilio refuses a variable with the end of a line, a tab or many spaces in it.
    assert all(" ".join(value.split()) == value for value in variables.values())
    (content,) = made["types"].values()

    def shown(place: str) -> str:
        return re.sub(r"\{\{(\d+)\}\}", lambda found: variables[found[1]], place)

    choices = content.get("actions") or content["items"]
    offered = [(shown(choice.get("title") or choice["item"]), shown(choice["id"])) for choice in choices]
    text = shown(content["body"])
    assert shape == Shape.named(shape.name) and shape.count == len(offered)
    assert units(text) <= 1024 and len({title for title, _ in offered}) == len(offered)
    assert all(units(title) <= (20 if shape.kind == "quick-reply" else 24) for title, _ in offered)
    assert len(offered) <= (3 if shape.kind == "quick-reply" else 10)
    # What is sent where there can be no buttons says the same and more.
    assert payload["Body"].startswith(text)
    titles = [title for title, _ in offered]
    if payload["Body"] == text:
        # Too long for buttons: these carry the numbers that stand in the text.
        assert titles == [number for number, _ in NUMBERED.findall(text)][-len(offered) :]
        titles = [title for _, title in NUMBERED.findall(text)][-len(offered) :]
    if shape.kind == "numbered-list":
        assert titles == [shown(choice["description"]) for choice in choices]
        assert all(units(title) <= 72 for title in titles)
    assert [title for _, title in NUMBERED.findall(payload["Body"])][-len(offered) :] == titles
    return text, offered


def slack(payload: Payload) -> tuple[str, list[tuple[str, str]]]:
    section, *rows = payload["blocks"]
    assert units(section["text"]["text"]) <= 3000 and len(payload["blocks"]) <= 50
    assert all(len(row["elements"]) <= 5 for row in rows)
    elements = [element for row in rows for element in row["elements"]]
    assert all(units(e["text"]["text"]) <= 75 for e in elements)
    assert len(elements) == len({e["action_id"] for e in elements})
    return unescaped(section["text"]["text"]), [(e["text"]["text"], e["value"]) for e in elements]


READ: dict[str, Callable[[Payload], tuple[str, list[tuple[str, str]]]]] = {
    "facebook": facebook,
    "telegram": telegram,
    "sms": twilio,
    "whatsapp": whatsapp,
    "slack": slack,
}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", sorted(READ))
@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_what_the_console_shows_of_a_message_is_what_a_person_sees(name: str, kind: str) -> None:
    for payload in MESSENGERS[name].render(SAMPLES[kind]):
        text, offered = READ[name](payload)
        seen = MESSENGERS[name].seen(payload)

        assert (text, tuple(label for label, _ in offered)) == (seen.text, seen.buttons)


@pytest.mark.parametrize("name", sorted(READ))
@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_each_kind_of_reply_looks_as_it_was_approved(name: str, kind: str) -> None:
    path = GOLDEN / name / f"{kind}.json"
    rendered = json.dumps(MESSENGERS[name].render(SAMPLES[kind]), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("REGENERATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rendered, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == rendered


def test_every_kind_of_reply_has_a_golden_file_on_every_messenger() -> None:
    assert {str(kind) for kind in Kind} <= SAMPLES.keys()
    assert set(READ) == set(MESSENGERS)
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.json")}
    assert {f"{name}/{kind}.json" for name in READ for kind in SAMPLES} == found


@pytest.mark.parametrize("name", sorted(READ))
@given(reply=replies())
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_or_over_a_limit_and_the_first_line_is_the_first(name: str, reply: Reply) -> None:
    read = [READ[name](payload) for payload in MESSENGERS[name].render(reply)]
    texts = [text for text, _ in read]
    whole = squeezed("".join(texts))

    first = reply.text.strip() if reply.kind is Kind.EMERGENCY else CONSULT
    assert all(text.strip() for text in texts)
    assert whole.startswith(squeezed(first))
    assert reply.kind is Kind.EMERGENCY or texts[0].startswith(CONSULT)
    assert squeezed(CONSULT) in whole and squeezed(reply.text) in whole
    assert all(squeezed(note.text) in whole for note in reply.notes)
    assert all(squeezed(source.section) in whole for source in reply.sources)
    assert all(not buttons for _, buttons in read[:-1])
    reached = dict(enumerate(reply.buttons, start=1))
    offered = read[-1][1]
    by_title = [label for label, _ in offered] == [button.title for button in reply.buttons]
    if by_title:
        assert [choice for _, choice in offered] == [button.payload for button in reply.buttons]
    else:
        lines = "".join(f"{number}.{button.title}" for number, button in reached.items())
        assert whole.endswith(squeezed(lines))
        assert offered == [(str(n), b.payload) for n, b in reached.items()][: len(offered)]


@pytest.mark.parametrize("name", sorted(READ))
def test_long_text_is_cut_where_sentences_end(name: str) -> None:
    texts = [READ[name](payload)[0] for payload in MESSENGERS[name].render(SAMPLES["long_answer"])]

    assert len(texts) > 1
    assert all(text.endswith((".", "Tell me more")) for text in texts)
