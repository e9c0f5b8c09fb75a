import pytest

from bot.bench.folds import OUT_OF_SCOPE, deal, thin_out

EXAMPLES = [(f"cost {n}", "cost") for n in range(20)] + [(f"pain {n}", "pain") for n in range(7)]
OUTSIDE = [(f"moon {n}", OUT_OF_SCOPE) for n in range(5)]


def test_every_example_is_asked_once_and_never_learnt_where_it_is_asked():
    folds = deal(EXAMPLES + OUTSIDE, 3)
    asked = [question for fold in folds for question in fold.test]
    assert sorted(asked) == sorted(EXAMPLES)
    for fold in folds:
        assert not set(fold.test) & set(fold.train)
        assert sorted(fold.test + fold.train) == sorted(EXAMPLES)


def test_out_of_scope_examples_are_asked_once_and_never_learnt():
    folds = deal(EXAMPLES + OUTSIDE, 2)
    assert sorted(text for fold in folds for text in fold.outside) == [text for text, _ in OUTSIDE]
    assert all(label != OUT_OF_SCOPE for fold in folds for _, label in fold.train + fold.test)


def test_each_label_is_spread_evenly():
    for fold in deal(EXAMPLES + OUTSIDE, 2):
        assert sum(label == "cost" for _, label in fold.test) == 10
        assert sum(label == "pain" for _, label in fold.test) in (3, 4)


def test_the_folds_do_not_depend_on_the_order_of_the_files():
    assert deal(EXAMPLES + OUTSIDE, 2) == deal(list(reversed(OUTSIDE + EXAMPLES)), 2)


def test_the_same_text_twice_is_dealt_once():
    folds = deal([("a", "x"), ("a", "x"), ("b", "x")], 2)
    assert sorted(text for fold in folds for text, _ in fold.test) == ["a", "b"]


def test_one_fold_is_no_cross_validation():
    with pytest.raises(ValueError, match="at least 2"):
        deal(EXAMPLES, 1)


def test_thinning_takes_the_same_share_of_each_label_but_spares_small_ones_and_what_is_out_of_scope():
    kept = thin_out(EXAMPLES + OUTSIDE, most=13, fewest=4)
    counts = {name: sum(label == name for _, label in kept) for name in ("cost", "pain", OUT_OF_SCOPE)}
    assert counts == {"cost": 10, "pain": 4, OUT_OF_SCOPE: 5}
    assert set(kept) <= set(EXAMPLES + OUTSIDE)


def test_thinning_to_nought_or_to_more_than_there_are_keeps_all():
    for most in (0, 1000):
        assert sorted(thin_out(EXAMPLES, most)) == sorted(EXAMPLES)
