"""A large training calibrates on some of its examples, chosen the same way every time."""

import numpy as np
import pytest

from bot.nlu.topics.calibration_sample import calibration_sample

CLASSES = np.repeat(np.arange(12), [40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 900])
NO_NAMES = np.zeros(len(CLASSES), bool)


def test_a_small_training_calibrates_on_everything_in_its_own_order():
    sample = calibration_sample(CLASSES, NO_NAMES, all_until=len(CLASSES))

    assert sample.first == 0
    assert sample.order.tolist() == list(range(len(CLASSES)))
    assert sample.single.all()
    assert sample.whole.all()


def test_a_large_one_takes_single_examples_evenly_and_some_classes_whole():
    sample = calibration_sample(CLASSES, NO_NAMES, enough=100, all_until=500)
    judged = CLASSES[sample.order][sample.first :]

    assert sorted(sample.order.tolist()) == list(range(len(CLASSES)))
    assert 100 == sample.single.sum()
    assert set(judged[sample.single]) == set(range(12))
    for number in set(judged[sample.whole]):
        assert (judged == number).sum() == (CLASSES == number).sum()
    assert 11 not in judged[sample.whole]
    assert np.all(sample.single | sample.whole)


@pytest.mark.parametrize("all_until", [500, len(CLASSES)])
def test_a_label_s_name_is_no_question_and_leaves_with_its_class(all_until):
    is_name = np.arange(len(CLASSES)) % 40 == 39
    sample = calibration_sample(CLASSES, is_name, enough=100, all_until=all_until)
    judged = sample.order[sample.first :]

    assert not is_name[judged[sample.single | sample.whole]].any()
    for number in set(CLASSES[judged[sample.whole]]):
        assert (CLASSES[judged] == number).sum() == (CLASSES == number).sum()
