"""Messages that are read together are understood as each would be alone, to the last digit."""

import json

from bot.nlu.sentences.segmentation_settings import SegmentationSettings
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_model import FEW
from bot.nlu.understand import Parsed, understand, understand_together

SETTINGS = SegmentationSettings(side_labels=("greet",))
STORY = " ".join(f"On day {day} my back was sore and the stairs were hard." for day in range(FEW + 4))
MESSAGES = [
    "does it hurt and how much does it cost?",
    "",
    "hw mcuh does a sesion cots",
    "does it hurt",
    "cuánto cuesta una sesión",
    "Does it hurt? Is it painful?",
    f"{STORY} does it help sciatica",
    "does it hurt",
    "I have had sciatica or gout for years - is it painful? and would it help",
]


def without_times(understood):
    return json.dumps({**understood.to_dict(), "timings": ()}, sort_keys=True)


def test_company_changes_nothing(pipeline, model, languages):
    alone = [understand(Parsed(pipeline(text)), model, languages, Thresholds(), SETTINGS) for text in MESSAGES]
    docs = list(pipeline.pipe(MESSAGES))
    together = understand_together([Parsed(doc) for doc in docs], model, languages, Thresholds(), SETTINGS)

    assert list(map(without_times, alone)) == list(map(without_times, together))


def test_each_keeps_a_share_of_the_time(pipeline, model, languages):
    together = understand_together(
        [Parsed(pipeline(text), 1.5) for text in MESSAGES], model, languages, Thresholds(), SETTINGS
    )

    timed = [dict(understood.timings) for understood, text in zip(together, MESSAGES, strict=True) if text]
    assert all(times["parse"] == 1.5 and times["topics"] > 0 for times in timed)


def test_the_examples_are_gone_through_once_for_all_that_several_messages_are_read_for(
    pipeline, model, languages, monkeypatch
):
    looks = []
    meaning = model.space.meaning
    monkeypatch.setattr(model.space, "meaning", lambda encoded: looks.append(len(encoded)) or meaning(encoded))
    some = ["does it hurt and how much does it cost?", "does it hurt", "hw mcuh does it cots and is it safe"]

    understand_together([Parsed(pipeline(text)) for text in some], model, languages, Thresholds(), SETTINGS)

    assert len(looks) == 1
