"""How this product runs its ONNX graphs: each on the thread that asks, so that messages side by side do not compete."""

from __future__ import annotations

import onnxruntime


def one_thread_session(graph: bytes | str) -> onnxruntime.InferenceSession:
    """Load a graph, from its bytes or from a file's path.

    Raises:
        onnxruntime.capi.onnxruntime_pybind11_state.Fail: or another of its errors, when it is no such graph.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    # The arena only grows, to the longest message there ever was; without it a text takes no longer.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
