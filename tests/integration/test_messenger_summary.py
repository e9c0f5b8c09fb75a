"""The page of a finished check reaches people on messengers by a link: signed, for a day, and silent by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.conversation.wording.consult import suggests_provider_first
from bot.gateway.summary_tickets import SummaryTickets
from bot.suitability.tiers import Answer
from tests.conversing import shipped
from tests.integration.gateway_serving import wait_until
from tests.integration.messenger_stubs.people import PEOPLE
from tests.integration.messenger_stubs.platform import Failure
from tests.integration.messenger_stubs.serving import Exchange, exchange
from tests.integration.summary_serving import assessed, ends_a_check

LINK = re.compile(r"http://\S+/chat/summary/link\?t=\S+")
TOLD = {"anticoagulant": Answer.YES}


@pytest.fixture(params=sorted(PEOPLE))
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, request.param) as running:
        running.rasa.answer = lambda body: ends_a_check(assessed(TOLD))
        yield running


@pytest.fixture
def sms(tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, "sms") as running:
        running.rasa.answer = lambda body: ends_a_check(assessed(TOLD))
        yield running


def links_of(talk: Exchange) -> list[str]:
    return [found for text in talk.person.texts() for found in LINK.findall(text)]


def checked(talk: Exchange) -> str:
    """Finish a check; the link under its result."""
    talk.person.say("no to all the rest")
    return str(wait_until(lambda: links_of(talk))[0])


def follow(talk: Exchange, link: str) -> httpx.Response:
    """Open a link in a browser that knows nothing, and press what is there."""
    url = talk.served.url
    with httpx.Client(base_url=url, headers={"Origin": url}, follow_redirects=True) as browser:
        page = browser.get(link)
        assert suggests_provider_first(re.sub(r"<[^>]*>", " ", page.text)) and "911" in page.text
        carried = re.search(r'name="link" value="([^"]+)"', page.text)
        return browser.post("/chat/summary", data={"link": carried[1]}) if carried else page


def test_the_result_ends_with_a_link_that_shows_the_page(talk: Exchange) -> None:
    page = follow(talk, checked(talk))

    assert 200 == page.status_code
    assert shipped().rules.facts["anticoagulant"].means in page.text
    assert ("no-store", "noindex") == (page.headers["cache-control"], page.headers["x-robots-tag"])


def test_the_link_alone_tells_a_platform_nothing_of_the_result(sms: Exchange) -> None:
    seen = httpx.get(checked(sms))

    words = seen.text.casefold()
    assert 200 == seen.status_code and "set-cookie" not in seen.headers
    assert not [fact for fact in shipped().rules.facts.values() if fact.means.casefold() in words]
    assert not [out for out in shipped().rules.outcomes.values() if out.headline.casefold() in words]
    assert ("no-store", "noindex") == (seen.headers["cache-control"], seen.headers["x-robots-tag"])


def test_who_asks_for_the_summary_gets_a_link_and_whoever_has_no_result_is_answered_by_the_dialogue(
    sms: Exchange,
) -> None:
    sms.person.say("Summary")
    wait_until(lambda: ["Summary"] == [body["text"] for body in sms.rasa.asked])
    first = str(wait_until(lambda: links_of(sms))[0])

    sms.person.say("send me my results please")
    wait_until(lambda: len(links_of(sms)) == 2)

    assert 1 == len(sms.rasa.asked)
    assert {200} == {follow(sms, link).status_code for link in (first, links_of(sms)[1])}


def test_after_stop_no_link_is_sent_until_start(sms: Exchange) -> None:
    checked(sms)
    sms.person.say("STOP")
    sms.person.say("summary")
    sms.person.say("HELP")

    wait_until(lambda: any("(messenger_help)" in text for text in sms.person.texts()))
    assert 1 == len(links_of(sms))
    sms.person.say("START")
    sms.person.say("summary")
    wait_until(lambda: len(links_of(sms)) == 2)


def test_a_link_that_is_forged_or_whose_chat_was_erased_shows_nothing(sms: Exchange) -> None:
    link = checked(sms)
    head, carried = link.split("=", 1)
    signature, conversation, until = carried.split(".")
    forged = [
        f"{head}={signature}.{conversation}.{int(until) + 1}",
        f"{head}={signature}.{conversation[:-1]}.{until}",
        f"{head}={signature[:-2]}xx.{conversation}.{until}",
        f"{head}=",
        f"{head}=%C3%A9",
        f"{head}={'x' * 5000}",
    ]

    assert {404} == {follow(sms, wrong).status_code for wrong in forged}
    with httpx.Client(base_url=sms.served.url, headers={"Origin": sms.served.url}) as browser:
        browser.post("/chat/summary", data={"link": forged[0].split("=", 1)[1]})
        assert 404 == browser.get("/chat/summary").status_code
        foreign = browser.post("/chat/summary", data={"link": carried}, headers={"Origin": "https://evil.example"})
        assert 403 == foreign.status_code
    sms.person.say("delete my data")
    wait_until(lambda: follow(sms, link).status_code == 404)


def test_a_link_is_good_for_a_day_and_is_no_ticket(sms: Exchange) -> None:
    tickets = SummaryTickets(("k" * 40,), sms.served.services.settings)
    at = datetime.now(UTC)

    def carried(made: datetime) -> str:
        return tickets.link("a-conversation", made).split("=", 1)[1]

    assert "a-conversation" == tickets.followed(carried(at - timedelta(hours=23)))
    assert tickets.followed(carried(at - timedelta(hours=25))) is None
    assert tickets.redeemed(carried(at)) is None and tickets.followed(tickets.ticket("a-conversation")) is None
    assert carried(at) == carried(at)


def test_a_result_that_may_have_arrived_is_recognised_by_its_words_and_not_sent_again(sms: Exchange) -> None:
    sms.person.say("START")
    sms.person.wait_for(1)
    sms.platform.failures.append(Failure(504, is_taken=True))
    checked(sms)
    sms.person.say("summary")

    wait_until(lambda: len(links_of(sms)) == 2)
    assert len(sms.person.texts()) == len(set(sms.person.texts()))
