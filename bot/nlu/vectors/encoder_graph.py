"""Builds the sentence encoder's graph once from the published weights, in int8, as one self-contained ONNX file.

The weights are rounded here and not by a quantisation tool, so that the file is the same bytes on every machine.
Seven bits are used of the eight: processors without VNNI add two products in 16 bits, which eight would overflow.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.vectors.encoder_weights import NAME, WEIGHTS_SHA256, EncoderWeights, read_weights

# Change it whenever this module would write another graph: it names the cached file.
GRAPH_VERSION = "3"
LAYERS, HEADS, WIDTH, LAYER_NORM_EPSILON = 6, 12, 384, 1e-12
POOLED_LAYERS = (3, 6)
LARGEST_WEIGHT = 63


def cached_graph(folder: Path) -> Path:
    """The encoder's file in a folder; built there first (a few seconds) when it is not yet.

    Raises:
        WrongEncoderWeights: when it has to be built and the weights are missing or wrong.
    """
    path = folder / f"{NAME}-{graph_name_hash()}.onnx"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, suffix=".draft")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(build_graph(read_weights()))
            # mkstemp's 0600 would hide the file from the service's own user.
            os.chmod(draft, 0o644)
            os.replace(draft, path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    return path


def graph_name_hash() -> str:
    """Twelve hexadecimal digits that change with the weights or with this module's graph."""
    return hashlib.sha256(f"{WEIGHTS_SHA256}/{GRAPH_VERSION}".encode()).hexdigest()[:12]


def build_graph(weights: EncoderWeights) -> bytes:
    """The ONNX file: input `ids` (1, tokens), output `vectors` (1, 2 * 384).

    The vectors are the means over the tokens of the third layer (nearer to the words) and of the last (nearer to the
    meaning); the third layer's beside the last's is worth two points of accuracy.

    Args:
        weights: As published.
    """
    # Imported here: only set-up and training need it, and it takes half a second.
    from onnx import TensorProto, checker, helper

    graph = _Graph()
    state = graph.embeddings(weights.tensors)
    means: list[str] = []
    for layer in range(LAYERS):
        state = graph.layer(state, f"encoder.layer.{layer}.", weights.tensors)
        if layer + 1 in POOLED_LAYERS:
            means.append(graph.node("ReduceMean", [state], f"mean.{layer}", domain="", axes=[1], keepdims=0))
    graph.node("Concat", means, "vectors", domain="", axis=1)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            NAME,
            [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, WIDTH * len(POOLED_LAYERS)])],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
        producer_name="bot.nlu",
        ir_version=8,
    )
    helper.set_model_props(model, {"vocabulary": "\n".join(weights.vocabulary), "weights_sha256": WEIGHTS_SHA256})
    checker.check_model(model)
    return model.SerializeToString(deterministic=True)


class _Graph:
    """Nodes and constants of the graph while it is put together."""

    def __init__(self) -> None:
        self.nodes: list = []
        self.initializers: list = []

    def constant(self, name: str, values: np.ndarray) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "com.microsoft", **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def embeddings(self, tensors: dict[str, np.ndarray]) -> str:
        """Word, position and type embeddings, added and normalised."""
        words = tensors["embeddings.word_embeddings.weight"]
        rounded, scales = _rounded(words, axis=1, largest=127)
        rows = self.node("Gather", [self.constant("words", rounded), "ids"], "words.row", domain="")
        rows = self.node("Cast", [rows], "words.float", domain="", to=1)
        scale = self.node("Gather", [self.constant("words.scale", scales), "ids"], "words.row_scale", domain="")
        found = self.node("Mul", [rows, scale], "words.value", domain="")
        places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        tokens = self.node("Shape", ["ids"], "tokens", domain="", start=1)
        start, axis = self.constant("first", np.array([0])), self.constant("axis", np.array([0]))
        place = self.node("Slice", [self.constant("places", places), start, tokens, axis], "places.value", domain="")
        total = self.node("Add", [found, place], "embeddings.sum", domain="")
        gain = self.constant("embeddings.gain", tensors["embeddings.LayerNorm.weight"])
        shift = self.constant("embeddings.shift", tensors["embeddings.LayerNorm.bias"])
        return self.node(
            "LayerNormalization", [total, gain, shift], "embeddings", domain="", epsilon=LAYER_NORM_EPSILON
        )

    def layer(self, state: str, name: str, tensors: dict[str, np.ndarray]) -> str:
        """One transformer layer: attention, then two dense layers, each with its residual and normalisation."""
        parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([tensors[f"{part}.weight"] for part in parts]).T
        bias = np.concatenate([tensors[f"{part}.bias"] for part in parts])
        joined = self.dense(state, f"{name}qkv", weight, bias)
        split = [f"{name}{part}" for part in ("query", "key", "value")]
        from onnx import helper

        sizes = self.constant(f"{name}sizes", np.array([WIDTH] * 3))
        self.nodes.append(helper.make_node("Split", [joined, sizes], split, name=f"{name}split", axis=2))
        attended = self.node("MultiHeadAttention", split, f"{name}attended", num_heads=HEADS)
        state = self.residual(attended, state, f"{name}attention.output", tensors)
        wide = f"{name}intermediate.dense"
        inner = self.dense(state, wide, tensors[f"{wide}.weight"].T, None)
        inner = self.node("BiasGelu", [inner, self.constant(f"{wide}.bias", tensors[f"{wide}.bias"])], f"{wide}.gelu")
        return self.residual(inner, state, f"{name}output", tensors)

    def residual(self, inner: str, state: str, name: str, tensors: dict[str, np.ndarray]) -> str:
        dense = self.dense(inner, f"{name}.dense", tensors[f"{name}.dense.weight"].T, None)
        bias = self.constant(f"{name}.bias", tensors[f"{name}.dense.bias"])
        gain = self.constant(f"{name}.gain", tensors[f"{name}.LayerNorm.weight"])
        shift = self.constant(f"{name}.shift", tensors[f"{name}.LayerNorm.bias"])
        inputs = [dense, state, gain, shift, bias]
        return self.node("SkipLayerNormalization", inputs, f"{name}.state", epsilon=LAYER_NORM_EPSILON)

    def dense(self, state: str, name: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        rounded, scales = _rounded(weight, axis=0, largest=LARGEST_WEIGHT)
        zero = self.constant(f"{name}.zero", np.zeros(weight.shape[1], np.int8))
        inputs = [state, self.constant(f"{name}.weight", rounded), self.constant(f"{name}.scale", scales[0]), zero]
        if bias is not None:
            inputs.append(self.constant(f"{name}.bias", bias))
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out")


def _rounded(values: np.ndarray, axis: int, largest: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers within ±`largest`, and the scale of each row or column that turns them back."""
    scales = (np.abs(values).max(axis=axis, keepdims=True) / largest).astype(np.float32)
    scales = np.where(scales > 0, scales, np.float32(1))
    return np.rint(values / scales).astype(np.int8), scales
