"""What net, classifier and rules make of first messages, without Rasa: `python -m tests.blind.danger [FILE …]`.

Reads one message a line, from files or from standard input, and prints for each what would come of it: an alarm with its
criteria, a question with the fact it asks about, or nothing. Some 20 ms a message, the patterns as they stand now: for
trying out many sentences while patterns are written. `--only alarm ask` leaves out the rest, `--facts` adds what the
net found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.danger_signs.danger import Triage, triage
from bot.conversation.understanding import Understanding
from bot.model_files import newest_whole_model
from bot.nlu.sentences.segmentation_settings import SegmentationSettings
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_storage import load_archive
from bot.nlu.understand import Parsed, understand
from bot.nlu.vectors.spacy_pipeline import load_pipeline
from bot.nlu.words.language import Languages
from bot.nlu.words.normalise import normalise
from bot.nlu.words.plain_words import PlainWords
from bot.nlu.words.typing_slips import TypingSlips
from bot.safety.net import SafetyNet
from bot.suitability.loader import load as load_rules

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Judged:
    """One message, judged as the first of a conversation.

    Attributes:
        text: As it was given.
        understanding: With the net's findings.
        triaged: What is to be done about danger.
    """

    text: str
    understanding: Understanding
    triaged: Triage

    @property
    def verdict(self) -> str:
        """ "emergency", "urgent" (both alarms; a crisis is an emergency), "ask" or "" for an ordinary answer."""
        if not self.triaged.alarms:
            return "ask" if self.triaged.asks else ""
        tiers = [fired.tier.id for fired in self.triaged.alarming]
        tiers += [self.triaged.second_tier.id] if self.triaged.certain else []
        return "emergency" if {"emergency", "crisis"}.intersection(tiers) else "urgent"

    @property
    def why(self) -> str:
        """The criteria that fired, the fact to ask about, and what the classifier saw."""
        danger = self.understanding.danger
        seen = f"{danger.label.split('/')[-1]} {danger.confidence:.3f}" if danger else "-"
        return f"{' '.join(f.criterion.id for f in self.triaged.alarming)}{self.triaged.unclear or ''} [{seen}]"


class DangerJudge:
    """The parts of the product that judge danger, from the newest trained model and the patterns as they stand."""

    def __init__(self, project: Path = PROJECT) -> None:
        self._rules = load_rules(project / "data" / "suitability")
        self._nlp, self._without_slips = load_pipeline(), TypingSlips.read()
        self._languages = Languages.read(project / "data" / "languages.yml")
        self.net = SafetyNet(project / "data" / "safety")
        self._model = load_archive(newest_whole_model(project), PlainWords.read(project / "data" / "plain_words.yml"))

    def judge(self, texts: Iterable[str]) -> Iterator[Judged]:
        """Each message by itself, in order."""
        texts = list(texts)
        for text, doc in zip(
            texts, self._nlp.pipe(self._without_slips(normalise(text)) for text in texts), strict=True
        ):
            heard = self.net.hear(doc)
            understood = understand(Parsed(doc), self._model, self._languages, Thresholds(), SegmentationSettings())
            understanding = understood.with_heard(heard)
            yield Judged(text, understanding, triage(self._rules, understanding, {}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--only", nargs="*", choices=("alarm", "ask", "none"), default=("alarm", "ask", "none"))
    parser.add_argument("--facts", action="store_true", help="what the net found")
    options = parser.parse_args()
    lines = [line for path in options.files for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [line.strip() for line in lines or sys.stdin if line.strip()]
    counts = dict.fromkeys(("emergency", "urgent", "ask", ""), 0)
    for judged in DangerJudge().judge(texts):
        counts[judged.verdict] += 1
        kind = "alarm" if judged.triaged.alarms else judged.verdict or "none"
        if kind in options.only:
            print(f"{judged.verdict or '-':<10} {judged.text}\n           {judged.why}")
            for found in judged.understanding.findings if options.facts else ():
                print(f"             {found.fact} {found.status} {found.subject} {found.onset}: {found.phrase!r}")
    print(", ".join(f"{count} {verdict or 'ordinary'}" for verdict, count in counts.items()))


if __name__ == "__main__":
    main()
