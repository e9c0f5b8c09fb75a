"""`python -m bot.gateway.danger_reader`: reads messages for danger signs and nothing else, while Rasa cannot.

A line of JSON comes in for each message, `{"text": …}`, and one goes out: the alarm as a reply, or `null`. It needs
spaCy and the safety net's patterns; no trained model, no Rasa and no database, any of which may be what is missing.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from bot.conversation.danger_signs.only_danger import only_danger
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.nlu.vectors.spacy_pipeline import load_pipeline
from bot.nlu.words.language import Languages
from bot.nlu.words.normalise import normalise
from bot.nlu.words.typing_slips import TypingSlips
from bot.observing import logs
from bot.observing.logs import failure
from bot.project import PROJECT
from bot.safety.net import SafetyNet
from bot.served_content import shared_content

# It is run as `__main__`.
log = logging.getLogger("bot.gateway.danger_reader")


def danger_reader() -> Callable[[str], dict[str, Any] | None]:
    """Makes a function from what a patient wrote to the alarm it calls for, as `Reply.to_dict` gives it, or None.

    Raises:
        ContentFaults, ArticleError: when the content is not whole.
    """
    content, pipeline, without_slips = shared_content(), load_pipeline(), TypingSlips.read()
    net = SafetyNet(PROJECT / "data" / "safety")
    languages = Languages.read(PROJECT / "data" / "languages.yml")

    def read(text: str) -> dict[str, Any] | None:
        heard = net.hear(pipeline(without_slips(normalise(text))))
        language = languages.identify(heard.text)
        understanding = Understanding(heard.text, language, (), findings=heard.findings, denied=heard.denied)
        found = only_danger(content, understanding, State())
        return found[0].to_dict() if found else None

    return read


def serve(lines: Iterable[str], out: TextIO) -> None:
    """Read each line and answer it with a line, until there are no more."""
    read = danger_reader()
    logs.hide_text()
    for line in lines:
        found = None
        try:
            found = read(json.loads(line)["text"])
        except Exception as error:
            # One that cannot be read must not cost the next one a new start.
            failure(log, "danger_not_read", error)
        out.write(json.dumps(found) + "\n")
        out.flush()


if __name__ == "__main__":
    logs.configure()
    serve(sys.stdin, sys.stdout)
