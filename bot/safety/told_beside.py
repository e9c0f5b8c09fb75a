"""What is told of somebody else only beside one's own trouble: "he's incontinent and I lift him, my back is sore"."""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context

PAST_TALE = frozenset(
    "had got was were fell ended went woke broke lost hurt threw took felt came did died gave became hit tore".split()
)
NO_TALE = frozenset({"need", "needed", "swollen", "tired", "confused", "scared", "worried", "speed"})
_MINDS = frozenset("worry worried wonder wondering think thinking want wanna hope scared afraid nervous guess".split())
# "Once he stood up", "at once".
_ORDER = frozenset("again more i he she they we you it the my his her this that every".split())
_NO_TIME, _SPELLS = frozenset({"at", "not", "all", "this", "next"}), frozenset("day week month year night hour".split())
_OF_NOW = frozenset({"is", "are", "be", "has", "keeps"})
# Words before a match among which a verb tells when it was.
TOLD_BEFORE = 4
# Words between a symptom and a word of the present ("since yesterday") that is meant for it.
_NEAR = 8
# "He's fine, but I hurt my back" goes on about oneself, "he's ok but I think it's broken" does not.
_BUT, _OF_MYSELF = frozenset({"but", "though", "except", "although"}), frozenset({"i", "my", "me", "mine", "we", "now"})
# "He passed out, I just hurt my pride".
_I_JUST = [["i", "just", verb] for verb in ("hurt", "pulled", "strained", "tweaked", "twisted", "have", "got")]
_DOUBTS = frozenset("think reckon worry wonder suspect fear feel am".split())
# What nobody has and goes on with the day, whoever tells it; muddled it is with a fever alone.
_GRAVE = frozenset(
    "chest_or_breath other_emergency severe_needling_reaction pregnancy_danger aortic_signs both_legs".split()
)
_HOT = frozenset("fever feverish hot burning temperature temp".split())
# Those whom one looks after for years may have fits or lame legs.
_OF_FITS = frozenset({"other_emergency", "both_legs"})
_OF_THE_PRESENT = frozenset("is are be can will do does has keeps".split())
# What is told of a stranger beside these goes on.
_ON_HAND = frozenset({"now", "still", "please", "help", "here", "currently"})


class ToldBeside:
    """Tells of one message whether what somebody else has is news of that one.

    Args:
        reader: The message.
        context: The marks.
    """

    def __init__(self, reader: Reader, context: Context) -> None:
        self._reader = reader
        self._context = context
        self._words = reader.message.words

    def holds(self, nature: str, span: Span, fact: str) -> bool:
        """Whether it is why one cannot come, or has a sore back: "he's incontinent and I lift him, back's sore".

        What is new is told for its own sake: "mum can't feel her legs since yesterday and I lift her". So is what can
        only be an emergency and is told as of now, for whatever reason: "dad can't breathe, have to cancel".
        """
        recommended = self._said("recommends") and self.is_past_tale(span) and not self._goes_on(span, fact)
        if recommended and not self.is_near("just_now", span):
            return True  # "my friend couldn't feel her foot before she came to you, now she's dancing"
        dated = self.is_near("dated", span) or self.is_near("just_now", span)
        if self._said("fears_the_same") and not dated:
            return True  # "a guy at work now can't walk, I don't want to end like that"
        if nature == "event" and self._is_unhurt() and (self._said("own_trouble") or self._said("for_me")):
            return True  # "the kid fell off the swing, he's fine, I hurt my back picking him up"
        if nature == "symptom" and self._said("far_away") and self.is_past_tale(span) and not dated:
            return not any(
                word.text in _ON_HAND for word in self._words
            )  # "had a punctured lung from needles in China"
        new = dated or self.is_near("onset_new", span, but=self.of_own_trouble)
        if self._said("puts_off"):
            return nature == "event" or not (new or self._goes_on(span, fact))
        if new or (fact not in _OF_FITS and self._goes_on(span, fact)):
            return False
        if self._said("mine_is_slight") and self.is_past_tale(span):
            return True
        return self._said("own_trouble") and self._said("looks_after")

    def _goes_on(self, span: Span, fact: str) -> bool:
        """Whether it can only be an emergency and is told as of now: "dad can't breathe", "he won't wake"."""
        if fact not in _GRAVE and not (fact == "sepsis_signs" and any(word.text in _HOT for word in self._words)):
            return False
        told = self._words[max(0, span.start - 1) : span.end]
        return not self.is_past_tale(span) or any(word.text in _OF_THE_PRESENT for word in told)

    def _is_unhurt(self) -> bool:
        """Whether whoever fell is said to be well, and no "but" takes it back: "he's ok but I think it's broken"."""
        return any(not self._turns(at) for at in self._reader.spans(self._context.marks["unhurt"]))

    def _turns(self, at: Span) -> bool:
        after = [word.text for word in self._words[at.end :] if word.sentence == self._words[at.start].sentence]
        return any(
            (text in _BUT and (after[i + 1 : i + 2] or [""])[0] not in _OF_MYSELF)
            or (text in _BUT and (after[i + 2 : i + 3] or [""])[0] in _DOUBTS)
            for i, text in enumerate(after)
        )

    def is_only_asked_about(self, span: Span) -> bool:
        """Whether it is only named to ask: "a lady in my class can't feel her feet, is that something you treat"."""
        on_hand = any(word.text in _ON_HAND for word in self._words)
        dated = self.is_near("dated", span) or self.is_near("just_now", span)
        return self._said("asks_if_treated") and not on_hand and not dated

    @cached_property
    def asks_for_third(self) -> bool:
        """Whether it asks for somebody else, and not whether that one may come along: "can he bring me"."""
        along = {at.start for at in self._reader.spans(self._context.marks["accompanies"])}
        return any(at.start not in along for at in self._reader.spans(self._context.marks["for_third"]))

    def is_asked_of_others(self, span: Span) -> bool:
        """Whether it befell somebody, and is told to ask how usual it is: "my sister fainted, is that usual"."""
        fresh = any(self.is_near(mark, span) for mark in ("dated", "just_now"))
        on_hand = any(word.text in _ON_HAND or word.text == "just" for word in self._words)
        return self._said("asks_if_usual") and self.is_past_tale(span) and not fresh and not on_hand

    def was_once(self, span: Span) -> bool:
        """Whether it is told of a time that is over: "my aunt passed out from a needle once"."""
        once = [at for at in self._reader.spans(self._context.marks["once"]) if not self._is_of_an_order(at)]
        near = any(self._words[at.start].sentence == self._words[span.start].sentence for at in once)
        fresh = any(self.is_near(mark, span) for mark in ("dated", "just_now"))
        return near and self.is_past_tale(span) and not fresh and not any(w.text in _ON_HAND for w in self._words)

    def _is_of_an_order(self, at: Span) -> bool:
        """Whether "once" tells in what order or how often: "once he stood up", "at once", "once a day"."""
        texts = [word.text for word in self._words]
        before, after = texts[at.start - 1 : at.start], texts[at.end : at.end + 2]
        often = after[:1] in (["a"], ["per"]) and bool(_SPELLS.intersection(after))
        return often or bool(_ORDER.intersection(after[:1])) or bool(_NO_TIME.intersection(before))

    def by_a_helper(self, span: Span) -> bool:
        """Whether it befell a stranger whom the writer held: "someone fainted, I caught her, my back hurts"."""
        on_hand = any(word.text in _ON_HAND for word in self._words)
        helped = self._said("own_trouble") and self._said("looks_after")
        return helped and not on_hand and self.is_past_tale(span) and not self._said("asks_what_to_do")

    def is_past_tale(self, span: Span) -> bool:
        """Whether it is told in the past tense: "my grandfather couldn't walk in the end"."""
        first = max(0, span.start - TOLD_BEFORE)
        return self.tells_past(first, span.end) or any(word.text == "could" for word in self._words[first : span.end])

    def tells_past(self, first: int, end: int) -> bool:
        """Whether a verb among these words is in the past tense; "is passed out" and "has collapsed" are of now."""
        if {word.text for word in self._words[first:end]} & PAST_TALE:
            return True
        return any(
            word.text.endswith("ed")
            and word.text not in NO_TALE
            and not (number and self._words[number - 1].text in _OF_NOW)
            for number, word in enumerate(self._words[first:end], first)
        )

    @cached_property
    def of_own_trouble(self) -> frozenset[int]:
        """Where "now" or "just" is of one's own trouble or worry: "and now my back hurts", "I just hurt my pride"."""
        own = {at.start for at in self._reader.spans(self._context.marks["own_trouble"])}
        texts = [word.text for word in self._words]
        own |= {i for i, text in enumerate(texts) if text == "i" and _MINDS.intersection(texts[i + 1 : i + 3])}
        own_now = frozenset(start - 1 for start in own if start and texts[start - 1] == "now")
        return own_now | {i for i in range(1, len(texts)) if texts[i - 1 : i + 2] in _I_JUST}

    def is_near(self, mark: str, span: Span, but: Container[int] = ()) -> bool:
        """Whether the mark stands within a few words, or alone in the next sentence ("help"), and not at `but`."""
        message = self._reader.message
        for at in self._reader.spans(self._context.marks[mark]):
            if at.start in but:
                continue
            first, last = min((at, span), (span, at))
            between = message.distance(first.end, last.start) if first.end <= last.start else 0
            if between <= _NEAR and abs(self._words[at.start].sentence - self._words[span.start].sentence) <= 1:
                return True
        return False

    def _said(self, mark: str) -> bool:
        return bool(self._reader.spans(self._context.marks[mark]))
