"""Correcting one message: the right meaning as a training example, or a danger sign as a clinicians' case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, note, note_seen
from bot.console.titles import Titles
from bot.console.workshop import Workshop, now_of, on_thread, who, workshop_of
from bot.curation import safety_cases
from bot.curation.example_files import NotAnExample, add_example, as_example
from bot.curation.labels import Label, labels
from bot.curation.neighbours import Neighbourhood, neighbourhood
from bot.curation.places import NotForStaff
from bot.curation.working_copy import WorkingCopy
from bot.nlu.training_data import Example, read_example_text
from bot.privacy.redaction import redact
from bot.storage.schema.conversation_tables import Conversation, Gap, InboundMessage, OutboundMessage

KIND_TITLES = {
    "plain": "The patient has it now",
    "misspelt": "The patient has it now (misspelt)",
    "relative": "A relative has it and is the patient",
    "unsure": "Unclear: ask back",
    "over": "It is over, or old",
    "denied": "The patient says it is not so",
    "asked": "A question in general",
    "family": "Somebody else's, or in the family",
    "look_alike": "Something else that sounds like it",
}


@dataclass(frozen=True)
class Corrected:
    """A message and how it was answered.

    Attributes:
        text: Without personal details.
        replies: The replies as they were kept.
        gaps: What it asked that the article does not answer.
    """

    id: int
    conversation: str
    text: str
    replies: tuple[dict[str, Any], ...]
    gaps: tuple[str, ...] = ()


def _find(session: Session, number: int) -> Corrected | None:
    row = session.execute(
        select(InboundMessage)
        .join(Conversation, Conversation.id == InboundMessage.conversation_id)
        .where(InboundMessage.id == number, Conversation.erase_requested.is_(None))
    ).scalar_one_or_none()
    if row is None:
        return None
    told = session.scalars(
        select(OutboundMessage).where(OutboundMessage.in_reply_to == number).order_by(OutboundMessage.entry)
    )
    replies = tuple(dict(reply.reply_json) for reply in told)
    gaps = session.scalars(select(Gap.subject).where(Gap.inbound_id == number).distinct().order_by(Gap.subject))
    return Corrected(row.id, row.conversation_id, redact(row.text).text, replies, tuple(gaps))


def _answers(found: Corrected, titles: Titles) -> list[tuple[str, str]]:
    """Where the answers that it got are changed, and what each answers."""
    told = dict.fromkeys(topic for reply in found.replies for topic in reply.get("topics", ()))
    topics = [(f"/content/topics/{topic}", titles.topics[topic]) for topic in told if topic in titles.topics]
    gaps = [
        (f"/content/clinic?subject={gap}#answer-{gap}", titles.gaps[gap]) for gap in found.gaps if gap in titles.gaps
    ]
    return topics + gaps


@requires(Role.EDITOR)
async def correct(request: Request) -> Response:
    """The message, how it was answered, and what it may have meant."""
    number = request.path_params["id"]
    shown = await _page(request, number)
    if shown.status_code == 200:
        await note_seen(request, "message_seen", "message", str(number))
    return shown


async def _page(request: Request, number: int, status: int = 200, **more: Any) -> Response:
    found = await console_of(request).database.reading(lambda session: _find(session, number))
    if found is None:
        return pages.fault(request, 404, "There is no such message.", "It may have been erased. Go back to Review.")
    shop = workshop_of(request)
    known = await on_thread(lambda: labels(shop.copy))
    values: dict[str, Any] = {
        "message": found,
        "labels": known,
        "meanings": {label.id: label.title for label in known},
        "answers": await on_thread(lambda: _answers(found, Titles(shop.project))),
        "facts": await on_thread(lambda: safety_cases.facts_with_cases(shop.project)),
        "kinds": KIND_TITLES,
        "chosen": "",
        "example": found.text,
        "near": None,
        "fault": "",
        "case_fault": "",
        "fact": "",
        "kind": "plain",
        "case_text": found.text,
        "phrase": "",
    }
    return pages.render(request, "correct.html", status, **{**values, **more})


def examples_of(copy: WorkingCopy) -> list[Example]:
    """Every example as it stands in the working copy."""
    return [
        example
        for path in sorted((copy.project / "data" / "nlu").glob("*.yml"))
        for example in read_example_text(copy.read(path.relative_to(copy.project).as_posix()), path.name)
    ]


def _near(shop: Workshop, label: str, text: str) -> Neighbourhood:
    return neighbourhood(text, label, examples_of(shop.copy), shop.meanings)


@requires(Role.EDITOR)
async def propose(request: Request) -> Response:
    """Show what stands near the proposed example, or put it into the working copy."""
    number, form, shop = request.path_params["id"], form_of(request), workshop_of(request)
    label_id = form.text("label", 120)
    example = redact(form.text("example", 600)).text
    known = {label.id: label for label in await on_thread(lambda: labels(shop.copy))}
    if label_id not in known:
        return await _page(request, number, 422, example=example, fault="Choose what the message means.")
    try:
        line = as_example(example)
        near = await on_thread(lambda: _near(shop, label_id, line))
        if form.text("do") != "add":
            return await _page(request, number, chosen=label_id, example=line, near=near)
        await on_thread(lambda: _add(request, shop, known[label_id], line, number))
    except (NotAnExample, LookupError) as error:
        problem = f"That cannot be an example: {error}."
        return await _page(request, number, 422, chosen=label_id, example=example, fault=problem)
    await console_of(request).database.writing(
        lambda s: note(s, request, "correction_proposed", "message", str(number), label=label_id)
    )
    return RedirectResponse("/changes", 303)


def _add(request: Request, shop: Workshop, label: Label, line: str, number: int) -> None:
    what = f"example of “{label.title}” from message {number}"
    shop.copy.edit(label.path, lambda text: add_example(text, label.id, line), who(request), what, now_of(request))


@requires(Role.EDITOR)
async def danger(request: Request) -> Response:
    """A danger sign that was missed, or seen where there was none, as a case and perhaps as a phrase."""
    number, form, shop = request.path_params["id"], form_of(request), workshop_of(request)
    fact, kind = form.text("fact", 80), form.text("kind", 20)
    text, phrase = redact(form.text("case_text", 600)).text, form.text("phrase", 200)
    given = {"fact": fact, "kind": kind, "case_text": text, "phrase": phrase}
    if not text:
        return await _page(request, number, 422, **given, case_fault="Say what the patient wrote.")
    try:
        await on_thread(lambda: _add_case(request, shop, fact, kind, text, phrase, number))
    except (LookupError, NotForStaff) as error:
        return await _page(request, number, 422, **given, case_fault=f"{error}".strip("'\""))
    await console_of(request).database.writing(
        lambda s: note(s, request, "danger_case_proposed", "message", str(number), fact=fact, case=kind)
    )
    return RedirectResponse("/changes", 303)


def _add_case(request: Request, shop: Workshop, fact: str, kind: str, text: str, phrase: str, number: int) -> None:
    at, name, copy = now_of(request), who(request), shop.copy
    if fact == "none":
        path, what = safety_cases.HARMLESS, f"harmless: message {number}"
        copy.edit(path, lambda known: safety_cases.add_harmless(known, text), name, what, at)
        return
    path = safety_cases.file_of_fact(shop.project, fact)
    place = _file_of_phrases(shop, fact) if phrase else ""
    if place:
        # Before the case is written: a phrase that finds no place must not leave half of it behind.
        safety_cases.add_phrase(copy.read(place), fact, phrase)
    what = f"case of {fact} ({kind}) from message {number}; a clinician agrees"
    copy.edit(path, lambda known: safety_cases.add_case(known, fact, kind, text), name, what, at)
    if place:
        what = f"phrase for {fact}: {phrase}; a clinician agrees"
        copy.edit(place, lambda known: safety_cases.add_phrase(known, fact, phrase), name, what, at)


def _file_of_phrases(shop: Workshop, fact: str) -> str:
    for name in ("red_flags", "cautions"):
        path = f"data/safety/{name}.yml"
        if f"- fact: {fact}\n" in shop.copy.read(path):
            return path
    raise LookupError(f"{fact} is not found by phrases; leave the phrase empty")


ROUTES = [
    Route("/correct/{id:int}", correct, methods=["GET"]),
    Route("/correct/{id:int}", propose, methods=["POST"]),
    Route("/correct/{id:int}/danger", danger, methods=["POST"]),
]
