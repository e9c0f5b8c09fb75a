"""Two of everything on PostgreSQL, behind nginx with TLS: processes and the database are taken away under load."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.bench import growth, growth_trials
from bot.bench.cluster import Cluster, running
from bot.bench.local_servers import ServerMissing
from bot.bench.machine import wait_until
from bot.storage.database import Database
from bot.storage.shared_work import ANSWER, defer
from tests.sealing import a_vault

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def cluster(model: Path) -> Iterator[Cluster]:
    try:
        with running() as found:
            yield found
    except ServerMissing as missing:
        pytest.skip(str(missing))


def wait_for_all(cluster: Cluster) -> None:
    for machine in cluster.machines:
        machine.wait_ready()


def test_a_visitor_hears_the_answer_on_one_machine_to_what_was_sent_to_another(cluster: Cluster) -> None:
    headers = {"Origin": cluster.url, "Host": cluster.url.removeprefix("https://")}
    first, second = (httpx.Client(base_url=m.url, headers=headers, timeout=30) for m in cluster.machines)
    with first, second:
        cookie = first.post("/chat/session", json={}).headers["set-cookie"].split(";")[0]
        heard: list[str] = []

        def listen() -> None:
            with second.stream("GET", "/chat/events", headers={"Cookie": cookie}) as response:
                for line in response.iter_lines():
                    if line.startswith("data: ") and '"in_reply_to": ' in line:
                        content = json.loads(line.removeprefix("data: "))
                        if content["in_reply_to"] is not None:
                            heard.append(content["reply"]["kind"])
                            return

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        message = {"client_id": "from-the-first-machine", "text": "does it hurt?"}
        accepted = first.post("/chat/messages", json=message, headers={"Cookie": cookie})
        listener.join(30)

    assert (202, ["answer"]) == (accepted.status_code, heard)


def test_a_message_and_its_job_are_stored_together_or_not_at_all(cluster: Cluster) -> None:
    database = Database(cluster.postgres.url, a_vault(), shares_work=True)

    def jobs() -> int:
        with database.read() as session:
            query = "SELECT count(*) FROM procrastinate_jobs WHERE lock = 'nobodys-conversation'"
            return int(session.connection().exec_driver_sql(query).scalar() or 0)

    with pytest.raises(RuntimeError), database.write() as session:
        defer(session, ANSWER, "nobodys-conversation")
        raise RuntimeError

    assert 0 == jobs()
    database.close()


def test_what_a_visitor_wants_erased_is_forgotten_by_every_machine(cluster: Cluster) -> None:
    with httpx.Client(
        base_url=cluster.url, headers={"Origin": cluster.url}, verify=cluster.trust(), timeout=30
    ) as visitor:
        visitor.post("/chat/session", json={})
        visitor.post("/chat/messages", json={"client_id": "to-be-forgotten", "text": "does it hurt?"})

        answer = visitor.post("/chat/erase", json={})

    assert answer.status_code in (200, 202)
    database = Database(cluster.postgres.url, a_vault())

    def left() -> int:
        with database.read() as session:
            query = "SELECT count(*) FROM conversation WHERE erase_requested IS NOT NULL"
            return int(session.connection().exec_driver_sql(query).scalar() or 0)

    wait_until(lambda: left() == 0, 20)
    database.close()


def test_while_the_database_is_away_each_visitor_is_told_whom_to_call(cluster: Cluster) -> None:
    wait_for_all(cluster)
    with httpx.Client(
        base_url=cluster.url, headers={"Origin": cluster.url}, verify=cluster.trust(), timeout=30
    ) as visitor:
        visitor.post("/chat/session", json={})
        cluster.postgres.stop()
        try:
            refusals = [
                visitor.post("/chat/messages", json={"client_id": f"sent-while-away-{number}", "text": "does it hurt?"})
                for number in range(6)
            ]
        finally:
            cluster.postgres.start()
        wait_for_all(cluster)
        accepted = visitor.post("/chat/messages", json={"client_id": "sent-while-away-0", "text": "does it hurt?"})

    # Never nginx's own page, which names no number.
    assert {503} == {refusal.status_code for refusal in refusals}
    assert all("911" in refusal.text for refusal in refusals)
    assert 202 == accepted.status_code


TAKEN_AWAY = {
    "one process after the other, then the database for a moment": (8, 0.3, growth_trials.short),
    "the database for twenty seconds": (8, 0.3, growth_trials.long_outage),
    "every process in a rolling restart": (4, 0.5, growth_trials.rolling_restart),
}


@pytest.mark.endurance
@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_nothing_is_lost_doubled_or_mixed_up_while_it_goes_away_under_load(cluster: Cluster, what: str) -> None:
    visitors, pause, trial = TAKEN_AWAY[what]
    wait_for_all(cluster)

    verdict = growth.load(cluster, visitors, pause, lambda progress: trial(cluster, progress))

    assert verdict.is_whole, verdict
    # Each visitor has several answers, from before and after: the load has reached what was taken away.
    assert verdict.answered > 3 * visitors, verdict


@pytest.mark.endurance
def test_a_process_told_to_stop_finishes_what_is_in_flight(cluster: Cluster) -> None:
    machine = cluster.machines[0]
    wait_for_all(cluster)

    def restart(progress: growth.Progress) -> None:
        for name in ("worker", "gateway"):
            growth_trials.wait_for_more(progress, 4)
            machine.stop(name)
            machine.start(name)
            machine.wait_ready(name)

    verdict = growth.load(cluster, visitors=4, pause=0.2, meanwhile=restart)

    assert verdict.is_whole, verdict
    # A worker that had cut off what it was doing would have to be replaced first, which takes longer than that.
    assert 0 == verdict.apologised, verdict
