"""What patients asked in vain, put together by meaning, so that the clinic knows what to write next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

# Two questions of one cluster are on average at least so alike in meaning (cosine).
ALIKE = 0.5
MOST = 1500
EXAMPLES = 4
Vectors = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Asked:
    """One message that was not answered.

    Attributes:
        text: Without personal details.
        subject: Of `data/gaps.yml`; "" when it was not understood at all.
    """

    text: str
    subject: str
    at: datetime
    conversation: str


@dataclass(frozen=True)
class Cluster:
    """Questions that mean the same.

    Attributes:
        title: The question in the middle of them.
        subjects: Their subjects, the most frequent first.
        count: How many there are; `recent` and `before` in the newer and in the older half of the period.
        examples: The most different of them, the title first.
        conversations: Where they were asked, the newest first.
    """

    title: str
    subjects: tuple[str, ...]
    count: int
    recent: int
    before: int
    examples: tuple[str, ...]
    conversations: tuple[str, ...]
    newest: datetime

    @property
    def trend(self) -> int:
        """By how many they grew from the older half of the period to the newer."""
        return self.recent - self.before


def clusters(
    asked: Sequence[Asked], encode: Callable[[Sequence[str]], Vectors], since: datetime, until: datetime
) -> list[Cluster]:
    """The clusters, the largest first; the same messages always give the same clusters.

    Args:
        asked: The messages; of very many, the newest different texts are looked at.
        encode: Gives each text a row of length one.
        since: The period's begin.
        until: Its end.
    """
    newest = sorted(asked, key=lambda a: (a.at, a.text), reverse=True)
    texts = list(dict.fromkeys(_plain(entry.text) for entry in newest if _plain(entry.text)))[:MOST]
    if not texts:
        return []
    texts.sort()
    rows = encode(texts)
    numbers = np.ones(1, int)
    if len(texts) > 1:
        numbers = fcluster(linkage(rows, method="average", metric="cosine"), 1 - ALIKE, criterion="distance")
    of_text = dict(zip(texts, numbers.tolist(), strict=True))
    middle = since + (until - since) / 2
    found = []
    for number in sorted(set(of_text.values())):
        members = [text for text in texts if of_text[text] == number]
        entries = [entry for entry in newest if of_text.get(_plain(entry.text)) == number]
        found.append(_cluster(members, entries, rows[[texts.index(m) for m in members]], middle))
    return sorted(found, key=lambda cluster: (-cluster.count, cluster.title))


def _cluster(members: Sequence[str], entries: Sequence[Asked], rows: Vectors, middle: datetime) -> Cluster:
    centre = rows.mean(axis=0)
    closeness = rows @ centre
    first = int(closeness.argmax())
    order = [first, *(int(n) for n in np.argsort(closeness, kind="stable") if n != first)]
    written = {_plain(entry.text): entry.text for entry in entries}
    subjects = Counter(entry.subject for entry in entries if entry.subject)
    recent = sum(1 for entry in entries if entry.at >= middle)
    return Cluster(
        title=written[members[first]],
        subjects=tuple(name for name, _ in sorted(subjects.items(), key=lambda pair: (-pair[1], pair[0]))),
        count=len(entries),
        recent=recent,
        before=len(entries) - recent,
        examples=tuple(written[members[n]] for n in order[:EXAMPLES]),
        conversations=tuple(dict.fromkeys(entry.conversation for entry in entries))[:20],
        newest=max(entry.at for entry in entries),
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" ?!.")


def period(now: datetime, days: int) -> tuple[datetime, datetime]:
    """The last `days` days."""
    return now - timedelta(days=days), now
