"""A conversation without the turns that do not matter: what is left ends with the same reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

Turn = TypeVar("Turn")
# Answers the turns in a fresh conversation and gives the replies to the last of them.
LastReplies = Callable[[Sequence[Turn]], Awaitable[Sequence[Mapping[str, Any]]]]
MOST_RUNS = 200


def signature(replies: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    """What makes replies the same: what is said, not in which of several wordings (the turn's number chooses those)."""
    return tuple(
        (
            str(reply["kind"]),
            tuple(reply["topics"]),
            reply["tier"],
            tuple(sorted(reply["rules"])),
            tuple(source["id"] for source in reply["sources"]),
            tuple(button["title"] for button in reply["buttons"]),
        )
        for reply in replies
    )


async def minimise(turns: Sequence[Turn], answer: LastReplies[Turn]) -> list[Turn]:
    """The shortest conversation found that ends with the same reply; the last turn always stays.

    Delta debugging: ever smaller parts are left out, as long as the last reply stays the same. At most `MOST_RUNS`
    conversations are held, which is reached only by conversations of many dozen turns.
    """
    kept, last = list(turns[:-1]), turns[-1]
    wanted = signature(await answer(turns))
    runs, size = 1, max(1, len(kept) // 2)
    while kept and runs < MOST_RUNS:
        start, dropped = 0, False
        while start < len(kept) and runs < MOST_RUNS:
            shorter = kept[:start] + kept[start + size :]
            runs += 1
            if signature(await answer([*shorter, last])) == wanted:
                kept, dropped = shorter, True
            else:
                start += size
        if size == 1 and not dropped:
            break
        size = max(1, size // 2)
    return [*kept, last]
