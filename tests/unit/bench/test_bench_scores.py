import pytest

from bot.bench.folds import Fold
from bot.bench.pipelines import Outcome
from bot.bench.scores import auroc, calibration_error, score


def test_calibration_error_is_nought_when_it_is_as_sure_as_right():
    assert calibration_error([0.5, 0.5], [True, False]) == pytest.approx(0)
    assert calibration_error([1.0, 0.0], [True, False]) == pytest.approx(0)


def test_calibration_error_weighs_each_bin_by_its_predictions():
    # One bin of three, sure 0.9 and right once: off by |2.7 - 1| / 4; one bin of one, sure 0.1 and wrong: 0.1 / 4.
    found = calibration_error([0.9, 0.9, 0.9, 0.1], [True, False, False, False], bins=2)
    assert found == pytest.approx((1.7 + 0.1) / 4)


def test_over_and_under_confidence_in_different_bins_do_not_cancel():
    assert calibration_error([0.9, 0.1], [False, True], bins=10) == pytest.approx(0.9)


def test_calibration_error_needs_predictions():
    with pytest.raises(ValueError, match="no predictions"):
        calibration_error([], [])


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1, 0.2], [0.9, 0.8], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5, 0.1], 0.75),
        ([0.9, 0.5], [0.5, 0.1], 0.875),
    ],
)
def test_the_area_under_the_curve_is_the_one_counted_by_hand(inside, outside, expected):
    assert auroc(inside, outside) == pytest.approx(expected)


def test_auroc_needs_both_sides():
    with pytest.raises(ValueError, match="both sides"):
        auroc([0.5], [])


def found(label, confidence=0.8, known=0.9, refused=False):
    return {"label": label, "confidence": confidence, "known": known, "refused": refused}


def an_outcome(test, outside, ms=2.0):
    trained = {"seconds": 3.0, "cpu_seconds": 4.0, "peak_mb": 100.0, "archive_mb": 5.0, "python": "3.11.7"}
    return Outcome(trained, {"ms": ms, "peak_mb": 50.0 * ms, "stages": {"parse": 1.0}}, test, outside)


FOLDS = [
    Fold(test=[("a", "cost"), ("b", "other/x")], outside=["moon"]),
    Fold(test=[("c", "cost"), ("d", "other/x")], outside=["sun"]),
]
OUTCOMES = [
    an_outcome([found("cost"), found("other/y")], [found("cost", known=0.1, refused=True)], ms=2.0),
    an_outcome([found("pain"), found("other/x", refused=True)], [found("cost", known=0.95)], ms=4.0),
]


def test_scores_over_the_folds():
    scores = score(FOLDS, OUTCOMES)
    assert scores.accuracy == 0.5
    assert scores.accuracy_of_intents == 0.75
    assert scores.calibration_error == pytest.approx(0.3)
    assert scores.auroc == 0.5
    assert (scores.kept, scores.refused_outside) == (0.75, 0.5)
    assert (scores.ms, scores.answer_mb, scores.train_cpu_s) == (3.0, 200.0, 4.0)
