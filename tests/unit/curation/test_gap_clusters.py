"""Questions that mean the same are counted together, the same way every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bot.curation.gap_clusters import Asked, clusters
from bot.curation.meanings import Meanings
from bot.nlu.vectors.encoder_graph import cached_graph

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def meanings(tmp_path_factory: pytest.TempPathFactory) -> Meanings:
    project = tmp_path_factory.mktemp("meanings")
    (project / "models").mkdir()
    (project / "models" / "encoder").symlink_to(cached_graph(PROJECT / "models" / "encoder").parent)
    return Meanings(project)


PARKING = ["where can I park", "is there parking?", "Do you have a parking lot"]
PETS = ["do you treat dogs", "my dog has a bad back, do you do animals"]
PRICE = ["what does a visit cost", "how much is one visit"]


def asked(now: datetime, texts: Sequence[str], subject: str = "") -> list[Asked]:
    return [Asked(text, subject, now - timedelta(days=n), f"{text[:5]}{n}") for n, text in enumerate(texts)]


def test_questions_are_put_together_by_meaning_with_their_counts(now: datetime, meanings: Meanings):
    found = clusters(
        [*asked(now, PARKING, "location"), *asked(now, PETS, "pets"), *asked(now, PRICE, "cost")],
        meanings.remembered,
        now - timedelta(days=30),
        now + timedelta(days=1),
    )

    together = [{*cluster.examples} for cluster in found]
    assert [set(PARKING), set(PETS), set(PRICE)] == sorted(together, key=lambda texts: (-len(texts), min(texts)))
    assert [3, 2, 2] == [cluster.count for cluster in found]
    assert {("location",), ("pets",), ("cost",)} == {cluster.subjects for cluster in found}


def test_the_order_in_which_they_were_asked_does_not_matter(now: datetime, meanings: Meanings):
    everything = [*asked(now, PARKING), *asked(now, PETS), *asked(now, PRICE), *asked(now, PARKING[:1])]
    mixed = everything.copy()
    Random(3).shuffle(mixed)
    since, until = now - timedelta(days=30), now + timedelta(days=1)

    assert clusters(everything, meanings.remembered, since, until) == clusters(mixed, meanings.remembered, since, until)


def test_the_trend_compares_the_halves_of_the_period(now: datetime):
    entries = [Asked("parking?", "", now - timedelta(days=age), f"c{age}") for age in (1, 2, 3, 80)]

    (cluster,) = clusters(entries, lambda texts: np.ones((len(texts), 1)), now - timedelta(days=90), now)

    assert (3, 1, 2) == (cluster.recent, cluster.before, cluster.trend)


def test_nothing_asked_gives_no_cluster(now: datetime):
    assert [] == clusters([], lambda texts: np.ones((len(texts), 1)), now, now)
