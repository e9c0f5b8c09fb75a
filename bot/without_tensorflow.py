"""Rasa 3.6.21 without TensorFlow: stand-ins for the eight Rasa modules that import it.

Rasa imports these modules whether or not config.yml names their classes. The product names none of them, so nothing is
lost; a config that does name one gets an error that says why. 3.6.21 is the last release of this line, so the list
does not move (docs/decisions/0001-python-and-dependencies.md).
"""

from __future__ import annotations

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


class TensorFlowMissing(RuntimeError):
    """Something asked for a part of Rasa that needs TensorFlow, which this product leaves out."""


def _stand_in(module: str, name: str) -> type:
    def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise TensorFlowMissing(
            f"{name} needs TensorFlow, which this installation leaves out. "
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
    # skops.io scans everything in sys.modules when it is imported: cheap now, seconds after Rasa.
    import skops.io  # noqa: F401

    for name, classes in NEEDS_TENSORFLOW.items():
        if name in sys.modules:
            continue
        module = types.ModuleType(name, "Stand-in: see bot.without_tensorflow.")
        module.__spec__ = importlib.machinery.ModuleSpec(name, loader=None)
        for class_name in classes:
            setattr(module, class_name, _stand_in(name, class_name))
        sys.modules[name] = module
