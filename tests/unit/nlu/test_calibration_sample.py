"""A large training calibrates on some of its examples, chosen the same way every time."""

import numpy as np

from bot.nlu.calibration_sample import calibration_sample

CLASSES = np.repeat(np.arange(12), [40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 900])


def test_a_small_training_calibrates_on_everything_in_its_own_order():
    sample = calibration_sample(CLASSES, all_until=len(CLASSES))

    assert sample.first == 0
    assert sample.order.tolist() == list(range(len(CLASSES)))
    assert sample.single.all()
    assert sample.whole.all()


def test_a_large_one_takes_single_examples_evenly_and_some_classes_whole():
    sample = calibration_sample(CLASSES, enough=100, all_until=500)
    judged = CLASSES[sample.order][sample.first :]

    assert sorted(sample.order.tolist()) == list(range(len(CLASSES)))
    assert 100 == sample.single.sum()
    assert set(judged[sample.single]) == set(range(12))
    for number in set(judged[sample.whole]):
        assert (judged == number).sum() == (CLASSES == number).sum()
    assert 11 not in judged[sample.whole]
    assert np.all(sample.single | sample.whole)
