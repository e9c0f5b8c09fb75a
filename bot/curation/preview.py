"""What a patient would be told from the working copy: the meaning is given, the reply is the real one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.conversation.answering.apology import apology
from bot.conversation.answering.opening import opening
from bot.conversation.content import Content, load_content
from bot.conversation.reply import Reply
from bot.conversation.state import State
from bot.conversation.turn import Message, take_turn
from bot.conversation.understanding import Candidate, Segment, Understanding
from bot.curation.working_copy import WorkingCopy

OPENING, APOLOGY = "opening", "apology"


def working_content(copy: WorkingCopy) -> Content:
    """The content of the working copy.

    Raises:
        ContentFaults, ArticleError: when it is not whole.
    """
    with TemporaryDirectory(prefix="preview-") as folder:
        return load_content(copy.materialise(Path(folder)) / "data")


def previewed(content: Content, label: str, asked: str) -> tuple[Reply, ...]:
    """What is said to a message that is understood as `label`.

    Args:
        content: What is answered from.
        label: An intent or `intent/subject`; `OPENING` and `APOLOGY` stand for themselves.
        asked: What the patient wrote.
    """
    if label == OPENING:
        return (opening(content),)
    if label == APOLOGY:
        return (apology(content),)
    segment = Segment(asked, 0, len(asked), (Candidate(label, 0.99),), 0.99, "accept")
    understanding = Understanding(asked, "en", (segment,), ())
    return take_turn(content, State(), Message("preview", understanding, "")).replies
