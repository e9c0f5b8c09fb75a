"""What the safety net reports: one health fact, with who has it, since when, and how sure the patient is."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = ("present", "uncertain", "hypothetical", "past", "absent", "harmless")
SUBJECTS = ("patient", "family", "other")


@dataclass(frozen=True)
class Finding:
    """A health fact found in a message.

    Attributes:
        fact: An id of `data/suitability/facts.yml`.
        status: "present", "absent", "uncertain", "past", "hypothetical", or "harmless" for words that only look like
            the fact ("this back is killing me").
        subject: "patient" (whoever needs care, also when one asks for one's mother), "family" (their illness as
            history) or "other".
        onset: "new", "old" or "unknown".
        phrase: The words that made it fire; shown to staff, never logged.
        start, end: Their place in the message, in characters.
        language: Of the phrases that found it: "en", or the code of another language.
    """

    fact: str
    status: str
    subject: str
    onset: str
    phrase: str
    start: int
    end: int
    language: str = "en"


@dataclass(frozen=True)
class Heard:
    """All that the net makes of one message.

    Attributes:
        text: The message.
        findings: The facts, in the order in which they were written.
        denied: Places in the message, in characters, whose words a "no" takes back, whether they are a fact or not:
            all of "no numbness, tingling or trouble with my bladder".
        voided: Places, in characters, of words that a fact is told in and that mean something else here: "sweating
            after mowing". Unlike a harmless finding they say nothing of what stands beside them.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    denied: tuple[tuple[int, int], ...] = ()
    voided: tuple[tuple[int, int], ...] = ()
