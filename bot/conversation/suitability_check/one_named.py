"""What a list of the check is answered with beside yes and no: one of its items named, and the rest denied with it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.suitability_check.item_by_item import denies_the_list
from bot.conversation.suitability_check.pointed_at import closes_the_list, said_before
from bot.safety.reading import SAID_OF_ANY_PAIN
from bot.suitability import interview
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.interview_state import State as Interview
from bot.suitability.prompt import Prompt
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

_OF_THE_PERSON = frozenset({SOMEONE_ELSE, "minor"})


def denies_the_rest(
    rules: RuleSet, prompt: Prompt | None, began: Interview, told: Mapping[str, Answer], text: str
) -> bool:
    """Whether what else a question lists is denied: by saying that something is all, or by a no to item after item.

    Of the danger signs that alarm at once each has to be denied.
    """
    if prompt is None:
        return False
    of_health = {fact: answer for fact, answer in told.items() if fact not in _OF_THE_PERSON}
    alarms = rules.question(prompt.question).follow_up is None
    one_by_one = not alarms and denies_the_list(prompt, text, of_health)
    return one_by_one or _tells_all(rules, prompt, began, of_health, text)


def _tells_all(rules: RuleSet, prompt: Prompt, began: Interview, told: Mapping[str, Answer], text: str) -> bool:
    """Whether what a question lists was named, and that it is all of it: "just the hip", "the hip, like I said"."""
    if not names_one(told) or not told.keys() <= rules.question(prompt.question).facts:
        return False
    known = interview.facts_so_far(rules, began)
    again = said_before(text) and all(known.get(fact) is answer for fact, answer in told.items())
    return again or closes_the_list(text)


def names_one(told: Mapping[str, Answer]) -> bool:
    """Whether something is named that a question may list.

    "Yes, aspirin" names which one: what else the question lists is asked about, and not which one it was.
    "Yes, cancer" to a question that lists none is no yes to what it lists, maybe an emergency: it is put once more.
    """
    return any(answer is Answer.YES and fact not in SAID_OF_ANY_PAIN for fact, answer in told.items())
