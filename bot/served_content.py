"""The content that this process answers from: loaded once, and anew when something is published."""

from __future__ import annotations

import asyncio

from bot.conversation.content import Content, load_content
from bot.project import PROJECT


class _Served:
    content: Content | None = None


def shared_content() -> Content:
    """The content of `data/`.

    Raises:
        ContentFaults, ArticleError: when it is not whole.
    """
    if _Served.content is None:
        _Served.content = load_content(PROJECT / "data")
    return _Served.content


async def take_published_content() -> str:
    """Load what is published now, beside the event loop, and answer from it from then on.

    Raises:
        ContentFaults, ArticleError: when it is not whole; what was there stays in use.
    """
    _Served.content = await asyncio.to_thread(load_content, PROJECT / "data")
    return ""
