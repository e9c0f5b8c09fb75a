"""spaCy's token vectors, from spaCy's weights in a quarter of the time: one graph instead of fifty layers.

Tags and arcs are read from these vectors, and making them is most of what a parse costs. spaCy's layers pack every
matrix anew for every text; here that is done once, when the pipeline is loaded. The sums are taken in another order, so
the last bits differ from spaCy's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from spacy.tokens import Doc
from spacy.vectors import Vectors
from thinc.api import Model, NumpyOps

from bot.nlu.vectors.one_thread import one_thread_session

# As in thinc's layernorm.
EPSILON = 1e-8
_ops = NumpyOps()


class UnknownLayers(ValueError):
    """A pipeline's token vectors are made by other layers than these."""


class TokenVectors:
    """What a `spacy.Tok2Vec.v2` of `MultiHashEmbed` and `MaxoutWindowEncoder` makes of a text.

    Norm, prefix, suffix, shape and spaces of each token are looked up by hash in tables of their own, its spelling
    among the word vectors. A first layer joins these, the others look at the neighbours on both sides.
    """

    def __init__(self, model: Model, vectors: Vectors) -> None:
        """Take over a trained model's weights.

        Raises:
            UnknownLayers: when it has other layers.
        """
        layers: dict[str, list[Model]] = {}
        for layer in model.walk():
            layers.setdefault(layer.name, []).append(layer)
        try:
            (columns,), (words,) = layers["extract_features"], layers["static_vectors"]
            tables, maxouts, norms = layers["hashembed"], layers["maxout"], layers["layernorm"]
            windows = {layer.attrs["window_size"] for layer in layers["expand_window"]}
        except (KeyError, ValueError) as error:
            raise UnknownLayers(model.name) from error
        if windows != {1} or len(maxouts) != len(norms) or [t.attrs["column"] for t in tables] != [*range(len(tables))]:
            raise UnknownLayers(model.name)
        self._columns, self._vectors = columns.attrs["columns"], vectors
        self._seeds = [table.attrs["seed"] for table in tables]
        self._sizes = np.array([table.get_dim("nV") for table in tables])[:, None, None]
        self._starts = np.cumsum(self._sizes, axis=0) - self._sizes
        self._width = words.get_dim("nO")
        self._session = _session(
            np.concatenate([_weights(table, "E") for table in tables]),
            _weights(words, "W"),
            [(_weights(layer, "W"), _weights(layer, "b")) for layer in maxouts],
            [(_weights(layer, "G"), _weights(layer, "b")) for layer in norms],
        )

    def of(self, doc: Doc) -> np.ndarray:
        """A vector for each token; float32 of shape (tokens, 96)."""
        if not len(doc):
            return np.zeros((0, self._width), np.float32)
        features = np.ascontiguousarray(doc.to_array(self._columns).T, np.uint64)
        hashes = np.stack([_ops.hash(column, seed) for column, seed in zip(features, self._seeds, strict=True)])
        places = self._vectors.find(keys=doc.to_array("ORTH"))
        words = self._vectors.data[places]
        words[places < 0] = 0
        found: np.ndarray = self._session.run(None, {"rows": hashes % self._sizes + self._starts, "words": words})[0]
        return found

    def as_model(self) -> Model:
        """For a pipeline's component; it predicts and cannot be trained."""

        def forward(_: Model, docs: Sequence[Doc], is_train: bool) -> tuple[list[np.ndarray], Any]:
            if is_train:
                raise NotImplementedError("these token vectors are only read")
            return [self.of(doc) for doc in docs], None

        return Model("token_vectors", forward, dims={"nO": self._width})


def _weights(layer: Model, name: str) -> np.ndarray:
    return np.asarray(layer.get_param(name))


def _session(
    tables: np.ndarray,
    words: np.ndarray,
    maxouts: Sequence[tuple[np.ndarray, np.ndarray]],
    norms: Sequence[tuple[np.ndarray, np.ndarray]],
) -> InferenceSession:
    graph = _Graph()
    looked_up = graph.add("Gather", [graph.constant(tables), "rows"])
    parts = graph.add("ReduceSum", [looked_up, graph.constant([2])], keepdims=0)
    parts = graph.add("Transpose", [parts], perm=[1, 0, 2])
    parts = graph.add("Reshape", [parts, graph.constant([0, -1])])
    spelled = graph.add("MatMul", ["words", graph.constant(words.T)])
    state = graph.layer(graph.add("Concat", [parts, spelled], axis=1), maxouts[0], norms[0])
    axis, start, end = graph.constant([0]), graph.constant([0]), graph.constant([np.iinfo(np.int64).max])
    second, before_last, edge = graph.constant([2]), graph.constant([-2]), graph.constant([1, 0, 1, 0])
    # spaCy lays empty rows before and behind a text, as many as there are layers, and they pass through all of them.
    depth = len(maxouts) - 1
    state = graph.add("Pad", [state, graph.constant([depth, 0, depth, 0])])
    for maxout, norm in zip(maxouts[1:], norms[1:], strict=True):
        padded = graph.add("Pad", [state, edge])
        before = graph.add("Slice", [padded, start, before_last, axis])
        after = graph.add("Slice", [padded, second, end, axis])
        seen = graph.add("Concat", [before, state, after], axis=1)
        state = graph.add("Add", [state, graph.layer(seen, maxout, norm)])
    state = graph.add("Slice", [state, graph.constant([depth]), graph.constant([-depth]), axis])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "token vectors",
            [
                helper.make_tensor_value_info("rows", TensorProto.INT64, ["tables", "tokens", 4]),
                helper.make_tensor_value_info("words", TensorProto.FLOAT, ["tokens", words.shape[1]]),
            ],
            [helper.make_tensor_value_info(state, TensorProto.FLOAT, ["tokens", words.shape[0]])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    return one_thread_session(model.SerializeToString())


class _Graph:
    """Nodes and constants while the graph is put together."""

    def __init__(self) -> None:
        self.nodes: list = []
        self.constants: list = []

    def constant(self, values: np.ndarray | list[int]) -> str:
        """A constant's name."""
        name = f"constant.{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], **attributes: object) -> str:
        """The name of what a new node makes of its inputs."""
        name = f"{kind}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def layer(self, state: str, maxout: tuple[np.ndarray, np.ndarray], norm: tuple[np.ndarray, np.ndarray]) -> str:
        """The largest of several linear pieces for each output, normalised."""
        weights, shift = maxout
        outputs, pieces, width = weights.shape
        product = self.add("MatMul", [state, self.constant(weights.reshape(outputs * pieces, width).T)])
        total = self.add("Add", [product, self.constant(shift.reshape(-1))])
        largest = self.add("Reshape", [total, self.constant([0, outputs, pieces])])
        largest = self.add("ReduceMax", [largest], axes=[2], keepdims=0)
        gain, offset = (self.constant(values) for values in norm)
        return self.add("LayerNormalization", [largest, gain, offset], epsilon=EPSILON)
