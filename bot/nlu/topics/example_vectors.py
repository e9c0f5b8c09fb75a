"""The examples' vectors in whole numbers of 8 bits: likeness to all of them in a fifteenth of the time.

What a message costs is going through the memory of all examples, a quarter of which is left, not the arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnxruntime

# Seven of the eight bits: processors without VNNI add two products in 16 bits, which eight would overflow. The sums are
# whole numbers, so every processor finds the same.
LARGEST, LARGEST_OF_TEXT, MIDDLE = 63, 127, 128


class ExampleVectors:
    """Vectors of length one, each rounded in steps of its own.

    Attributes:
        rounded: (examples, width) int8.
        steps: (examples,) float32; a vector is its row of `rounded` times its step.
    """

    def __init__(self, rounded: np.ndarray, steps: np.ndarray) -> None:
        """Take up what `of` made."""
        self.rounded, self.steps = rounded.astype(np.int8), steps.astype(np.float32)
        self._session: onnxruntime.InferenceSession | None = None

    @classmethod
    def of(cls, vectors: np.ndarray) -> ExampleVectors:
        """Round vectors; float32 of shape (examples, width)."""
        return cls(*_rounded(vectors, LARGEST))

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.rounded)

    def __getitem__(self, rows: slice | np.ndarray) -> np.ndarray:
        """Some of the vectors as they count, float32 of shape (rows, width)."""
        return self.rounded[rows] * self.steps[rows, None]

    def products(self, vectors: np.ndarray) -> np.ndarray:
        """Of every vector of a message with every example's: float32 of shape (vectors, examples)."""
        if self._session is None:
            self._session = _session(self.rounded)
        rounded, steps = _rounded(vectors, LARGEST_OF_TEXT)
        found = self._session.run(None, {"texts": (rounded + MIDDLE).astype(np.uint8)})[0].astype(np.float32)
        found *= self.steps
        found *= steps[:, None]
        return found


def _rounded(vectors: np.ndarray, largest: int) -> tuple[np.ndarray, np.ndarray]:
    steps = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / largest
    return np.rint(vectors / steps[:, None]).astype(np.int16), steps.astype(np.float32)


def _session(examples: np.ndarray) -> onnxruntime.InferenceSession:
    """What multiplies whole numbers: numpy would turn them into floats first."""
    # Imported here: the console reads the vectors and multiplies none.
    from onnx import TensorProto, helper, numpy_helper

    from bot.nlu.vectors.one_thread import one_thread_session

    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["texts", "examples", "middle"], ["products"])],
        "products",
        [helper.make_tensor_value_info("texts", TensorProto.UINT8, ["texts", examples.shape[1]])],
        [helper.make_tensor_value_info("products", TensorProto.INT32, ["texts", len(examples)])],
        [
            numpy_helper.from_array(np.ascontiguousarray(examples.T), "examples"),
            numpy_helper.from_array(np.array(MIDDLE, np.uint8), "middle"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return one_thread_session(model.SerializeToString())
