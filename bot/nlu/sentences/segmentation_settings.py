"""When a message is read as several things: what may be set, and what is fixed because the rules were made with it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.understanding import intent_of

MOST_SEGMENTS = 4
MOST_PARTS = 10
FRAGMENT = 10
# In a message of more words only what is asked counts.
STORY = 40
CLEARLY = 0.75
# A question that leans on what is told before it, and means this surely something by itself, does not need it.
SURE_ALONE = 0.9
# What a part must be sure of beside a message that as a whole means another part.
SURE_BESIDE = 0.5
# And a question that the patient has put in a sentence of its own.
PUT_APART = 0.4
# One of several questions is answered from here on, and so is what gets no sentence of the article
# (`SAYS_NO_ARTICLE`); a question alone waits for more (`Thresholds`).
ACCEPT_A_PART = 0.5
# The gaps are so many that half of a question often reads like one of them ("do the needles go straight in").
GAP, VERY_CLEARLY = "ask_not_in_article", 0.85
CONDITION, OUT_OF_SCOPE = "ask_condition", "out_of_scope"

# What they ask is the same whoever asks: a case told beside it is told for its own sake.
WHATEVER_THE_CASE = frozenset(
    f"ask_{topic}"
    for topic in """needle_pain sensation session_length session_what_happens sessions_needed results_how_soon
    needles_sterile practitioner_licensed what_is_acupuncture qi how_it_works causes_of_back_pain""".split()
)
# Of what the article leaves open, what is asked for a case.
FOR_A_CASE = frozenset(
    f"{GAP}/{subject}" for subject in ("other_conditions", "spine_conditions", "medication_advice", "children")
)

# And what is asked of the place and the people, whatever illness is told beside it.
OF_THE_CLINIC = frozenset(
    f"{GAP}/{subject}"
    for subject in """cost insurance booking cancellation hours location contact first_visit_forms clothing companion
    accessibility practitioner_choice jobs_gift_cards""".split()
)


@dataclass(frozen=True)
class SegmentationSettings:
    """What may be set in `config.yml`.

    Attributes:
        split_confidence: A part that asks must be this sure of its topic to be answered apart.
        gap_confidence: The same for a part that reads like something the article does not answer.
        split_known: And this surely belong to a topic at all.
        telling_confidence: The same for a part that does not ask in so many words ("bruises, and how many visits").
        overruled_by: A whole message this sure of a topic that none of its parts has is not split.
        whole_until: Up to so many words the message is also read as a whole, the question with its story.
        story_labels: Labels a mere statement about oneself reads like; it is a topic of its own only when it asks.
        side_labels: Labels that are dropped beside another: greetings, thanks, yes and no, what steers the chat.
    """

    split_confidence: float = 0.25
    gap_confidence: float = 0.65
    split_known: float = 0.2
    telling_confidence: float = 0.75
    overruled_by: float = 0.8
    whole_until: int = 60
    story_labels: tuple[str, ...] = ("check_suitability",)
    side_labels: tuple[str, ...] = (
        "chitchat", "remark", "affirm", "deny", "not_sure", "acknowledge", "out_of_scope", "more", "help", "why_ask",
        "where_from", "wrong_answer", "correct_answer", "go_back", "cancel", "start_over", "steer_check", "asks_on",
    )  # fmt: skip

    def is_side(self, label: str) -> bool:
        """Whether a label is dropped beside another."""
        return label in self.side_labels or intent_of(label) in self.side_labels
