"""A long sentence that looks like a danger sign is read clause by clause too: what no clause is like may be chance."""

import pytest

from bot.conversation.danger_signs.second_line import ALARM, ASK, sees
from bot.conversation.understanding import Candidate, Danger, Understanding
from bot.nlu.sentences.danger_sentences import likeliest_danger
from bot.nlu.topics.predictions import Prediction

STORY = "it is reports season, my eye twitches all day, my jaw is tight and my back is one piece of wood by friday"
EMERGENCY = "red_flag/emergency"


class Reader:
    def __init__(self, likeness, of=""):
        self._likeness, self._of = likeness, of

    def predict(self, texts):
        return [self._of_text(text) for text in texts]

    def _of_text(self, text):
        like = 0.9 if text.strip(".") == STORY else self._likeness if self._of in text else 0.01
        return Prediction((Candidate(EMERGENCY, like),), 0.9, like, 0.0)


def test_its_likest_clause_counts(pipeline):
    assert likeliest_danger(pipeline(STORY), Reader(0.05)).in_clauses == pytest.approx(0.05)
    assert likeliest_danger(pipeline(STORY), Reader(0.7, of="jaw")).in_clauses == pytest.approx(0.7)


def test_a_short_sentence_is_read_as_it_is(pipeline):
    assert likeliest_danger(pipeline("my eye twitches, my jaw is tight"), Reader(0.5)).in_clauses == 1.0


def verdict(confidence, lead, in_clauses, label=EMERGENCY):
    danger = Danger(label, confidence, 0, len(STORY), lead=lead, in_clauses=in_clauses)
    return sees(Understanding(STORY, "en", (), danger=danger), {}, frozenset()).verdict


def test_what_no_clause_is_like_is_no_reason_to_ask():
    assert verdict(0.6, -0.01, 0.05) == ""
    assert verdict(0.6, -0.01, 0.5) == ASK


def test_it_asks_where_it_would_alarm_and_a_harmless_example_is_nearer():
    assert verdict(0.92, -0.01, 0.05) == ASK
    assert verdict(0.92, -0.01, 0.5) == ALARM


def test_it_alarms_where_it_is_nearest_to_a_danger_sign():
    assert verdict(0.92, 0.02, 0.05) == ALARM


def test_it_takes_nothing_from_a_possible_wish_to_die():
    assert verdict(0.6, 0.0, 0.0, "red_flag/crisis") == ASK
