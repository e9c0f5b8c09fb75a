"""Rasa 3.6.21 without TensorFlow and scikit-learn: stand-ins for the Rasa modules that import them.

Rasa imports these modules whether or not config.yml names their classes. The product names none of them, so nothing is
lost; a config that does name one gets an error that says why. Without TensorFlow the installation is smaller.
scikit-learn is installed; leaving it alone saves 1.4 s of CPU and 100 MB at every start. 3.6.21 is the last release of
this line, so the lists do not move (docs/decisions/0001-python-and-dependencies.md).
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
import types
from typing import Any, NoReturn

NEEDS_TENSORFLOW: dict[str, tuple[str, ...]] = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator", "RasaDataGenerator"),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier", "DIET", "EntityTagSpec"),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.core.policies.ted_policy": ("TEDPolicy", "TED"),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
}
NEEDS_SKLEARN: dict[str, tuple[str, ...]] = {
    "rasa.nlu.classifiers.logistic_regression_classifier": ("LogisticRegressionClassifier",),
    "rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer": ("CountVectorsFeaturizer",),
}


class TensorFlowMissing(RuntimeError):
    """Something asked for a part of Rasa that needs TensorFlow, which this product leaves out."""


def _stand_in(module: str, name: str) -> type:
    def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise TensorFlowMissing(
            f"{name} needs TensorFlow or scikit-learn, which this product does without. "
            "Use the components that config.yml names, or see docs/decisions/0001-python-and-dependencies.md."
        )

    # Rasa asks the class, not an object, for these when a config names it.
    members = dict.fromkeys(("create", "load", "get_default_config", "required_components"), staticmethod(refuse))
    return type(name, (), {"__module__": module, "__init__": refuse, **members})


def install() -> None:
    """Put the stand-ins in place. Call it before anything of `rasa` is imported; a second call does nothing.

    Where TensorFlow is installed (the benchmark's environment for Rasa's stock pipeline), Rasa is left alone.
    """
    if importlib.util.find_spec("tensorflow") is not None:
        return
    for name, classes in {**NEEDS_TENSORFLOW, **NEEDS_SKLEARN}.items():
        if name in sys.modules:
            continue
        module = types.ModuleType(name, "Stand-in: see bot.without_tensorflow.")
        module.__spec__ = importlib.machinery.ModuleSpec(name, loader=None)
        for class_name in classes:
            setattr(module, class_name, _stand_in(name, class_name))
        sys.modules[name] = module
    _import_without_sklearn("rasa.utils.tensorflow.model_data")


def _import_without_sklearn(name: str) -> None:
    """Import a module of Rasa's that has one function of scikit-learn at hand for training what needs TensorFlow."""
    if "sklearn" in sys.modules or name in sys.modules:
        return
    selection = types.ModuleType("sklearn.model_selection")
    selection.train_test_split = _stand_in("sklearn.model_selection", "train_test_split")  # type: ignore[attr-defined]
    sys.modules |= {"sklearn": types.ModuleType("sklearn"), selection.__name__: selection}
    try:
        importlib.import_module(name)
    finally:
        # Whoever needs the real one later gets it.
        del sys.modules["sklearn"], sys.modules[selection.__name__]
