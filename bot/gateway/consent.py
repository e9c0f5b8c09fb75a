"""The text a visitor is shown before writing: which version it was is kept with each conversation."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from typing import Any

from bot.bootstrap import Services

_VERSION_LENGTH = 16


@dataclass(frozen=True)
class Consent:
    """What visitors are told and agree to by writing: the opening message and the privacy page.

    Attributes:
        version: Changes with every change of the text, and with nothing else.
        text: The words, without markup.
    """

    version: str
    text: str


def consent_shown(services: Services, privacy_page: str) -> Consent:
    """The text as this installation shows it.

    Args:
        services: Who knows the opening message.
        privacy_page: The page `/privacy` as rendered.
    """
    page = re.sub(r"(?s)<(script|style|nav|footer|header)\b.*?</\1>|<[^>]*>", " ", privacy_page)
    parts = (services.opening().as_text(), html.unescape(page))
    text = "\n\n".join(" ".join(part.split()) for part in parts)
    return Consent(hashlib.sha256(text.encode()).hexdigest()[:_VERSION_LENGTH], text)


def page_values(services: Services) -> dict[str, Any]:
    """What every page's template may name."""
    settings = services.settings
    return {
        "clinic": services.clinic,
        "article": services.article,
        "public_url": settings.public_url,
        "retention_days": settings.retention_days,
        "session_hours": settings.session_hours,
        "assessment_days": settings.assessment_days,
    }
