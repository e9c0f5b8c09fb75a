"""Who has the fact: the patient (whoever one asks for), family as history, or someone else.

After ConText's experiencer (Harkema et al. 2009, J Biomed Inform 42:839), turned to the clinic's rule G04 of the
safety pack: a relative's present symptom makes the relative the patient; a relative's illness is family history.
"""

from __future__ import annotations

from functools import cached_property

from bot.safety.acquaintances import Acquaintances, cries_for_help
from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, FactRule
from bot.safety.told_beside import PAST_TALE, TOLD_BEFORE, ToldBeside

_FIRST = frozenset({"i", "me", "my", "mine", "myself", "im", "ive"})
_THIRD = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PERSONAL = frozenset({"he", "she", "they", "we", "you"})
# "My ex husband", "my old roommate".
_FORMER = frozenset({"ex", "former"})
_OFTEN_FORMER = frozenset({"roommate", "flatmate", "boyfriend", "girlfriend", "bf", "gf"})
_SIGNS = frozenset({"symptom", "event"})
_HARMED = frozenset({"i", "we", "me", "us", "him", "her", "them"})
# "My dog got hit by a car and I carry him": what befell the animal itself was nobody's beside it, unless it says so.
_SUFFERED, _OF_US = frozenset({"got", "gets", "was", "were", "been", "being"}), frozenset({"we", "me", "us", "both"})
# "Help me decide" is no cry for help.
_DECIDES = frozenset("choose decide understand pick find figure book get relax calm see work make with".split())
# "The kitchen floor" is a place, and does nothing.
_OF_A_ROOM = frozenset("floor door table chair seat sink counter top wall side step steps stairs ladder".split())
_WHERE = frozenset({"before", "beside", "behind", "near", "opposite"})


class People:
    """The persons of one message.

    Args:
        reader: The message.
        context: Kin words, and marks of asking for someone or for oneself.
    """

    def __init__(self, reader: Reader, context: Context) -> None:
        self._reader = reader
        self._context = context
        self._words = reader.message.words
        self._beside = ToldBeside(reader, context)
        self._acquaintances = Acquaintances(reader.message, context.people["trades"])
        self._kin: dict[int, str] = {}
        for index, word in enumerate(self._words):
            for kind in ("household", "relatives", "others"):
                if word.forms & context.people[kind]:
                    before = self._words[index - 1].text if index else ""
                    former = before in _FORMER or (before == "old" and bool(word.forms & _OFTEN_FORMER))
                    self._kin[index] = "others" if former else kind
        self._of_trade = frozenset(self._acquaintances.of_trade())
        self._kin |= dict.fromkeys(self._of_trade, "others")
        for span in reader.spans(context.marks["not_a_person"]):
            for index in range(span.start, span.end):
                self._kin.pop(index, None)
        for index in [i for i, kind in self._kin.items() if kind == "others" and self._acquaintances.is_called(i)]:
            del self._kin[index]
        for index in [i for i in self._kin if self._is_owned_by_other(i)]:
            self._kin[index] = "others"
        self._clinician = any(word.forms & context.people["clinicians"] for word in self._words)

    def _is_owned_by_other(self, index: int) -> bool:
        """Whether it is the kin of somebody who is none of the household: "my neighbour's husband"."""
        owner = index - 1
        if owner > 0 and self._words[owner].text == "'s":
            owner -= 1
        elif owner < 0 or not self._words[owner].text.rstrip("'").endswith("s"):
            return False  # "my friend, husband of my boss"
        return self._kin.get(owner) == "others"

    def subject(self, span: Span, rule: FactRule) -> str:
        """Whose it is: "patient", "family" or "other" for a fact found at `span`."""
        if rule.nature in _SIGNS and self._is_of_both(span):
            return "patient"  # "my gran couldn't walk and now neither can I"
        if rule.nature in _SIGNS and self._of_a_thing(span, rule.nature == "event"):
            return "other"
        anchor = self._anchor(span)
        if rule.nature == "symptom" and anchor is not None and self._means_an_animal(anchor):
            return "other"
        if rule.nature == "symptom" and self._begins_with_another(span, anchor):
            return "other"
        third = anchor is not None and (anchor in self._kin or self._words[anchor].text in _THIRD)
        if rule.nature not in _SIGNS and self._of_trade and self._of_trade.issuperset(self._kin):
            third = False  # "my patient has a pacemaker, is he a candidate": known by a trade alone, it may be for him
        proxy = self._said("for_other")
        if not third:
            first_person = anchor is not None and self._words[anchor].text in _FIRST
            if proxy and first_person and rule.nature in ("condition", "medicine") and not self._said("for_self"):
                return "other"
            return "patient"
        kind = self._kin.get(anchor, "") if anchor is not None else ""
        kind = kind or next(iter(self._kin.values()), "household")
        if proxy and not self._said("for_self"):
            return "patient"
        if rule.nature in ("symptom", "event", "crisis"):
            return self._of_symptom(span, rule, kind, anchor)
        if (rule.nature == "trait" or self._beside.asks_for_third) and not self._said("for_self"):
            return "patient"
        return "family" if rule.nature == "condition" and kind != "others" else "other"

    def _begins_with_another(self, span: Span, anchor: int | None) -> bool:
        """Whether one half of it is told of a stranger: "my neighbor passed out, I dragged him, my back hurts"."""
        if anchor is None or self._words[anchor].text not in _FIRST or anchor < span.start:
            return False
        first = next(span.numbers)
        owner = self._anchor(Span(first, first + 1, 0))
        return (
            owner is not None
            and self._kin.get(owner) == "others"
            and self._beside.is_past_tale(Span(first, first + 1, 0))
        )

    def _of_a_thing(self, span: Span, event: bool) -> bool:
        """Whether an animal, a machine or a team has it: "the tap leaks", "my dog lost control of his bladder".

        Who sits in a machine or on an animal shares its accidents: an event is only that of an animal it befell.
        """
        used = [i for i in span.numbers if self._words[i].agent >= 0]
        kinds = ("animals",) if event else ("animals", "things")
        known = frozenset[str]().union(*(self._context.people[kind] for kind in kinds))
        things = [i for i in used if self._words[self._words[i].agent].forms & known and not self._is_where(i)]
        if not things or any(index in self._kin for index in range(span.start, span.end)):
            return False
        if event:
            sentence = self._words[span.start].sentence
            after = {word.text for word in self._words[span.start :] if word.sentence == sentence}
            befell_it = any(word.text in _SUFFERED for word in self._words[max(0, span.start - 1) : span.end])
            harmed = after & (_OF_US if befell_it else _HARMED)
            return not harmed and not any(self._words[i].acts for i in things)
        persons = [i for i in used if self._words[self._words[i].agent].text in _FIRST | _PERSONAL]
        return not any(self._one_clause(things[0], person) for person in persons)

    def _is_where(self, index: int) -> bool:
        """Whether what does it only tells where: "woke up on the kitchen floor and bit my tongue"."""
        agent = self._words[index].agent
        return any(word.text in _OF_A_ROOM for word in self._words[agent + 1 : agent + 2])

    def _means_an_animal(self, anchor: int) -> bool:
        """Whether "he" or "she" can only be an animal: "may my dog wait with me? He's wobbly on his legs"."""
        if self._words[anchor].text not in _THIRD or self._kin or self._clinician:
            return False
        nouns = [i for i in range(anchor) if self._words[i].pos in ("NOUN", "PROPN")]
        if not nouns or any(self._words[i].pos == "PROPN" for i in nouns):
            return False
        return bool(self._words[nouns[-1]].forms & self._context.people["animals"])

    def _is_of_both(self, span: Span) -> bool:
        """Whether the sentence goes on to say that the writer has it too: "the boiler leaks and so do I"."""
        return self._words[span.start].sentence in self.shared

    @cached_property
    def shared(self) -> frozenset[int]:
        """The sentences that say of the writer too what they tell of a thing or someone else."""
        return frozenset(self._words[at.start].sentence for at in self._reader.spans(self._context.marks["me_too"]))

    def _one_clause(self, one: int, other: int) -> bool:
        """Whether neither a comma nor "and" stands between two words."""
        first, last = min(one, other), max(one, other)
        return not any(
            self._words[i].comma or self._words[i].text in ("and", "but") for i in range(first + 1, last + 1)
        )

    def _of_symptom(self, span: Span, rule: FactRule, kind: str, anchor: int | None) -> str:
        nature = rule.nature
        if self._said("dead"):
            return "other" if kind == "others" else "family"
        if rule.brief and kind == "household" and self._said("i_am_well") and self._said("own_trouble"):
            return "family"  # "my husband has shingles, I'm well, only a bad back"
        if nature != "crisis" and self._beside.holds(nature, span, rule.fact):
            return "other" if kind == "others" else "family"
        told_of_oneself = self._said("own_trouble") or self._said("for_self")
        if nature != "crisis" and (kind != "household" or told_of_oneself) and self._beside.was_once(span):
            return "other" if kind == "others" else "family"
        first = max(0, min(span.start - TOLD_BEFORE, *self._kin, span.start if anchor is None else anchor))
        told = {self._words[i].text for i in range(first, span.end)}
        after = {word.text for word in self._words[span.end : span.end + 2]}
        # "my friend has taken all her pills", unlike "took", is of now.
        now = self._beside.is_near("right_now", span, but=self._beside.of_own_trouble)
        now = now or (nature == "crisis" and (bool(told & {"has", "have"}) or self._said("asks_what_to_do")))
        now = now or cries_for_help([word.text for word in self._words])
        befell_me = nature == "event" and (told | after) & {"me", "us"}
        of_me = any(self._words[i].text in ("me", "us") and not self._is_beside_me(i) for i in range(first, span.end))
        if kind != "household" and nature != "crisis" and self._beside.is_asked_of_others(span):
            return "other" if kind == "others" else "family"
        if kind == "others" and (self._beside.by_a_helper(span) or self._beside.is_only_asked_about(span)):
            return "other"
        if kind == "others" and not befell_me and not of_me and not now:
            if self._beside.tells_past(first, span.end):
                return "other"  # "my neighbour passed out at the dentist"
        if kind == "household" or now or self._beside.asks_for_third:
            return "patient"
        if told & PAST_TALE and (kind == "others" or self._said("for_self")):
            return "family" if kind == "relatives" else "other"
        return "patient"

    def _is_beside_me(self, index: int) -> bool:
        """Whether this "me" only tells where somebody else is, or for whom help is asked.

        "The lady before me fainted", "help me choose, my friend fainted once".
        """
        if self._words[index].text != "me" or not index:
            return False
        return self._words[index - 1].text in _WHERE or self._is_helped_to_do(index)

    def _is_helped_to_do(self, index: int) -> bool:
        after = self._words[index + 1 : index + 2]
        return self._words[index - 1].text == "help" and any(word.text in _DECIDES and not word.comma for word in after)

    def same_person(self, one: Span, other: Span) -> bool:
        """Whether two facts are told of the same relative: "my husband has myeloma and new back pain"."""
        first, second = self._anchor(one), self._anchor(other)
        if first is None or second is None:
            return False
        if first == second and first in self._kin:
            return True
        # "My wife, she is pregnant, since this morning water comes out": "she" is the wife, where nobody else is named.
        theirs = all(at in self._kin or self._words[at].text in _THIRD for at in (first, second))
        return theirs and len(set(self._kin.values())) == 1 and not (first in self._kin and second in self._kin)

    def _anchor(self, span: Span) -> int | None:
        """The word that says whose it is: inside the span if there is one, else the nearest before it."""
        # "my husband's legs are numb and I ...": the fact's own words come first, from their end.
        for index in range(span.end - 1, span.start - 1, -1):
            if self._is_person(index):
                return index
        for index in range(span.start - 1, -1, -1):
            if self._is_person(index) and not self._is_only_with_me(index, span):
                return index
        return None

    def _is_only_with_me(self, index: int, span: Span) -> bool:
        """Whether an acquaintance is where or with whom the writer was: "had a drink with a friend, couldn't stand"."""
        if self._kin.get(index) != "others":
            return False
        return self._acquaintances.is_company(index, span.start) or self._acquaintances.is_speaker(index)

    def _is_person(self, index: int) -> bool:
        if index in self._kin:
            return True
        text = self._words[index].text
        if text == "mine" and index > 0 and self._words[index - 1].text == "of":
            return False  # "a buddy of mine"
        if text in _FIRST and not self._is_beside_me(index):
            # "my" of "my husband" points at the husband.
            return not (text == "my" and any(next_ in self._kin for next_ in (index + 1, index + 2)))
        return text in _THIRD and (bool(self._kin) or not self._clinician)

    def _said(self, mark: str) -> bool:
        return bool(self._reader.spans(self._context.marks[mark]))
