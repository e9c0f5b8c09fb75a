"""Trains the topic classifier on labelled questions: closed form, the same result every time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.conversation.understanding import intent_of
from bot.nlu.topics.calibration import Logistic, Sharpness
from bot.nlu.topics.calibration_sample import CalibrationSample, calibration_sample
from bot.nlu.topics.features import ExampleSpace
from bot.nlu.topics.generic_out_of_scope import GENERIC_OUT_OF_SCOPE
from bot.nlu.topics.kernel_ridge import Solution, solve
from bot.nlu.topics.label_names import with_names
from bot.nlu.topics.lower_triangle import side_by_side
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_model import DANGER, OPEN_SET_NUMBERS, Encoder, TopicModel
from bot.nlu.words.normalise import normalise
from bot.nlu.words.spelling import SpellingCorrector

log = logging.getLogger(__name__)
# A larger kernel would not fit a small machine.
MOST_EXAMPLES = 28_000


class UnusableExamples(ValueError):
    """There is nothing to learn from."""


@dataclass(frozen=True)
class TrainingSettings:
    """What may be set in `config.yml`.

    Attributes:
        ridge: How much single examples are smoothed over; above 0.
        balance: How far examples of small labels weigh more: 0 all examples alike, 1 all labels alike.
        left_out_share: How much of the open-set score's unknown texts are those of left-out labels, the rest being
            generic out-of-scope sentences; 0 to 1.
        own_out_of_scope: The label of the data's own out-of-scope examples, if it has any. It then catches most of
            what is unknown: unknown texts count half, and left-out labels a seventh of that, or too much is refused.
        background: The label of sentences that only set the scene, if the data has one; it is never predicted.
        least_refused: Without such examples, this share of the known texts, the least clear ones, is refused: where
            labels lie far apart, far more that is unknown is caught for it; 0 to 1.
    """

    ridge: float = 0.05
    balance: float = 0.75
    left_out_share: float = 0.7
    own_out_of_scope: str = "out_of_scope"
    background: str = ""
    least_refused: float = 0.04


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    encoder: Encoder,
    is_english: Callable[[str], bool],
    settings: TrainingSettings | None = None,
    unknown: Sequence[str] = (),
    plain: Callable[[str], str] = str,
) -> TopicModel:
    """Train on labelled texts.

    Args:
        texts: As patients write them.
        labels: One a text.
        encoder: Gives the vectors.
        is_english: Whether a lower-case word is a common English word.
        settings: Defaults when None.
        unknown: Texts that belong to none of the labels, if there are any: they set the open-set score, nothing else.
        plain: Puts what is asked of the model into plain words; no example is.

    Raises:
        UnusableExamples: when fewer than two labels have an example.
    """
    settings = settings or TrainingSettings()
    texts, names, classes = _usable(texts, labels)
    speller = SpellingCorrector(SpellingCorrector.count(texts, is_english), is_english, plain)
    texts, classes, is_name = with_names(texts, names, classes, (settings.own_out_of_scope, settings.background))
    sample = calibration_sample(classes, is_name)
    texts, classes = [texts[place] for place in sample.order], classes[sample.order]
    encoded = encoder.encode(texts)
    space, grams = ExampleSpace.fit(texts, encoded)
    solution = solve(space.kernel(grams), classes, settings.ridge, settings.balance, sample.first)
    sharpness = Sharpness.fit(solution.left_out[sample.single], classes[sample.first :][sample.single])
    untrained = Logistic(np.zeros(4), 0.0)
    background = (settings.background, _rows_of(settings.background, names, classes))
    weights = solution.weights, grams.T @ solution.weights
    danger = np.flatnonzero(np.isin(classes, [n for n, name in enumerate(names) if intent_of(name) == DANGER]))
    model = TopicModel(encoder, names, space, *weights, sharpness, untrained, speller, background, danger)
    model.open_set = _open_set(model, solution, classes, sample, settings, unknown)
    return model


def _usable(texts: Sequence[str], labels: Sequence[str]) -> tuple[list[str], list[str], np.ndarray]:
    """Normalised, each text once a label, in an order that does not depend on files; class numbers from 0."""
    pairs = sorted({(label, normalise(text)) for text, label in zip(texts, labels, strict=True)})
    pairs = [(label, text) for label, text in pairs if text]
    names = sorted({label for label, _ in pairs})
    if len(names) < 2:
        raise UnusableExamples(f"{len(names)} label(s) with examples; at least two are needed")
    if len(pairs) > MOST_EXAMPLES:
        log.warning("taking %d of %d examples, evenly from all labels", MOST_EXAMPLES, len(pairs))
        kept = np.linspace(0, len(pairs) - 1, MOST_EXAMPLES).astype(int)
        pairs = [pairs[row] for row in kept]
        names = sorted({label for label, _ in pairs})
    number = {name: place for place, name in enumerate(names)}
    return [text for _, text in pairs], names, np.array([number[label] for label, _ in pairs])


def _rows_of(label: str, names: Sequence[str], classes: np.ndarray) -> np.ndarray:
    return np.flatnonzero(classes == names.index(label)) if label in names else np.zeros(0, int)


def _open_set(
    model: TopicModel,
    solution: Solution,
    classes: np.ndarray,
    sample: CalibrationSample,
    settings: TrainingSettings,
    given: Sequence[str],
) -> Logistic:
    """Known: examples left out by themselves. Unknown: labels left out, generic sentences, and those given."""
    is_topic = np.ones(len(classes), bool)
    is_topic[model.background[1]] = False

    def judged(rows: slice) -> tuple[np.ndarray, np.ndarray]:
        places = slice(rows.start - sample.first, rows.stop - sample.first)
        cosine = model.space.cosine(rows)
        others = cosine.copy()
        cosine[np.arange(len(cosine)), np.arange(rows.start, rows.stop)] = -1
        single = is_topic[rows] & sample.single[places]
        known = model.open_set_numbers(solution.left_out[places], cosine)[single]
        others[classes[rows, None] == classes[None]] = -1
        whole = is_topic[rows] & sample.whole[places]
        return known, model.open_set_numbers(solution.class_left_out[places], others)[whole]

    # First of all: with its first text the space makes what multiplies whole numbers, for all threads.
    generic = model.scores(GENERIC_OUT_OF_SCOPE)[1][:, :OPEN_SET_NUMBERS]
    known, unknown = map(np.concatenate, zip(*side_by_side(judged, model.space.blocks(sample.first)), strict=True))
    # A set of labels may cover some of them ("will it rain"): those score like what is known.
    generic = generic[generic[:, 0] < np.median(known[:, 0])]
    outside = sorted({normalise(text) for text in given} - {""})
    caught = settings.own_out_of_scope in model.labels
    unknown_weight = 0.25 if caught else 0.5
    share = settings.left_out_share / (7 if caught else 1)
    groups = [
        (known, 1.0, 1 - unknown_weight),
        (unknown, 0.0, unknown_weight * share),
        (generic, 0.0, unknown_weight * (1 - share)),
    ]
    if outside:
        # The best evidence there is counts as much as what stands in for it.
        groups = [(numbers, target, weight * (1 if target else 0.5)) for numbers, target, weight in groups]
        groups.append((model.scores(outside)[1][:, :OPEN_SET_NUMBERS], 0.0, unknown_weight / 2))
    found = Logistic.fit(
        np.concatenate([numbers for numbers, _, _ in groups]),
        np.concatenate([np.full(len(numbers), target) for numbers, target, _ in groups]),
        np.concatenate([np.full(len(numbers), weight / max(len(numbers), 1)) for numbers, _, weight in groups]),
    )
    return found if caught else _refusing(found, groups[0][0], settings.least_refused)


def _refusing(open_set: Logistic, known: np.ndarray, share: float) -> Logistic:
    """The same score, moved so that at least so large a share of the known texts is below the threshold."""
    at = float(np.quantile(known @ open_set.weights + open_set.bias, share))
    threshold = Thresholds().refuse_below
    return Logistic(
        open_set.weights, round(open_set.bias - max(0.0, at - float(np.log(threshold / (1 - threshold)))), 6)
    )
