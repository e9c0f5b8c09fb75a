"""Words the comparison of the pipelines: the table for the terminal and the section of docs/understanding.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot.bench.folds import OUT_OF_SCOPE, Labelled
from bot.bench.held_out import Held
from bot.bench.scores import Scores

PLOT = "plots/confusions.svg"
LISTED = 15
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Comparison:
    """Everything that is reported.

    Attributes:
        command: What was typed.
        machine: Where and when it was measured, one line.
        folds: How many.
        longest: Most words of an example that took part; 0 for any.
        examples: All that took part, the out-of-scope ones among them.
        available: How many examples there are in all.
        product, stock: The two sides.
        held: The product on all examples, out-of-scope ones included in the training.
    """

    command: str
    machine: str
    folds: int
    longest: int
    examples: Sequence[Labelled]
    available: int
    product: Scores
    stock: Scores
    held: Held


def table(product: Scores, stock: Scores) -> list[Row]:
    """Measure, product, stock, and the two compared; the header is the first row."""
    rows: list[Row] = [("", "this product", "Rasa's stock pipeline", "compared")]
    for name, ours, theirs in (
        ("right topic (intent or intent/subject)", product.accuracy, stock.accuracy),
        ("right intent", product.accuracy_of_intents, stock.accuracy_of_intents),
    ):
        rows.append((name, f"{ours:.1%}", f"{theirs:.1%}", f"{_times(1 - ours, 1 - theirs)} errors"))
    ours, theirs = product.calibration_error, stock.calibration_error
    rows.append(("expected calibration error (0 is best)", f"{ours:.3f}", f"{theirs:.3f}", _times(ours, theirs)))
    ours, theirs = product.auroc, stock.auroc
    rows.append(
        ("out-of-scope AUROC (1 is best)", f"{ours:.3f}", f"{theirs:.3f}", f"{(ours - theirs) * 100:+.1f} points")
    )
    for name, ours, theirs in (
        ("in-scope questions kept at the own threshold", product.kept, stock.kept),
        ("out-of-scope questions refused there", product.refused_outside, stock.refused_outside),
    ):
        rows.append((name, f"{ours:.1%}", f"{theirs:.1%}", f"{(ours - theirs) * 100:+.1f} points"))
    for name, ours, theirs, unit in (
        ("processor time per question", product.ms, stock.ms, "ms"),
        ("training, processor time", product.train_cpu_s, stock.train_cpu_s, "s"),
        ("training, elapsed", product.train_s, stock.train_s, "s"),
        ("peak memory, training", product.train_mb, stock.train_mb, "MB"),
        ("peak memory, answering", product.answer_mb, stock.answer_mb, "MB"),
        ("model archive", product.archive_mb, stock.archive_mb, "MB"),
    ):
        digits = 1 if unit == "ms" else 0
        rows.append((name, f"{ours:,.{digits}f} {unit}", f"{theirs:,.{digits}f} {unit}", _times(ours, theirs)))
    return rows


def as_text(found: Comparison) -> str:
    """The table for the terminal."""
    rows = table(found.product, found.stock)
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, _stages(found), f"{_extent(found)} {found.machine}"])


def section(found: Comparison) -> str:
    """What stands between the markers."""
    header, *rows = ["| " + " | ".join(row) + " |" for row in table(found.product, found.stock)]
    return "\n".join(
        [
            "## Against Rasa's stock pipeline",
            "",
            f"Made by `{found.command}`. {found.machine}",
            _extent(found),
            "",
            header,
            "|---|---:|---:|---:|",
            *rows,
            "",
            *_reading(found),
            "",
            "### Where the product is wrong",
            "",
            f"The product alone, trained as shipped, in {found.held.folds} folds of all {found.available:,} examples: "
            f"{found.held.accuracy:.1%} right. Each message is read as a whole, without the safety net.",
            "",
            f"![The pairs of topics most often confused]({PLOT})",
            "",
            *_confused(found.held),
            "",
            *_thin(found.held),
        ]
    )


def _extent(found: Comparison) -> str:
    outside = sum(label == OUT_OF_SCOPE for _, label in found.examples)
    labels = len({label for _, label in found.examples} - {OUT_OF_SCOPE})
    inside = len(found.examples) - outside
    part = "all" if len(found.examples) == found.available else f"{len(found.examples):,} of {found.available:,}"
    short = f" (of at most {found.longest} words)" if found.longest else ""
    return (
        f"{found.folds} folds of {part} examples in data/nlu{short}, the same for both: {inside:,} in {labels} topics, "
        f"and {outside:,} out-of-scope ones that neither was trained on."
    )


def _reading(found: Comparison) -> list[str]:
    inside = Counter(label for _, label in found.examples if label != OUT_OF_SCOPE)
    learnt = median(inside.values()) * (found.folds - 1) / found.folds
    lines = [
        f"- Each training saw {(found.folds - 1) / found.folds:.0%} of these in-scope examples, {learnt:.0f} for the "
        "middle topic; both would do better with all.",
        "- The best label counts as the answer, refused or not. The product's score of being known, and the stock "
        "pipeline's confidence, tell in scope from out of scope.",
        "- The thresholds are the product's own and the stock 0.3 (ambiguity 0.1). The shipped product is trained on "
        f"out-of-scope examples too; of those it was not shown it reads {found.held.right.get(OUT_OF_SCOPE, 0):.0%} "
        "rightly (last section).",
        f"- Both run through Rasa's own graph, one question at a time. {_stages(found)}",
        "- The stock pipeline runs with its own published versions (TensorFlow 2.12, "
        f"Python {found.stock.python}) in `.venv-stock`, with a fixed seed and without ResponseSelector.",
    ]
    if len(found.examples) < found.available / 2:
        lines.insert(
            1,
            "- So few examples flatter the product: its sentence encoder knows English beforehand, the stock pipeline "
            "learns it from the examples. `--examples 0 --longest 0` measures all, in hours.",
        )
    return lines


def _stages(found: Comparison) -> str:
    stages = "; ".join(f"{name.replace('_', ' ')} {ms:.1f} ms" for name, ms in found.product.stages.items())
    return f"The product's elapsed time by stage, beside whatever else ran: {stages}."


def _confused(held: Held) -> list[str]:
    worst = sorted(held.right, key=lambda label: held.right[label])[:LISTED]
    lines = ["The topics least often understood, and what they are taken for:", ""]
    lines += ["| topic | examples | right | taken for |", "|---|---:|---:|---|"]
    for label in worst:
        taken = Counter({said: count for (right, said), count in held.confused.items() if right == label})
        others = ", ".join(f"{said} ({count})" for said, count in taken.most_common(3))
        lines.append(f"| {label} | {held.examples[label]} | {held.right[label]:.0%} | {others} |")
    return lines


def _thin(held: Held) -> list[str]:
    thinnest = sorted(held.examples, key=lambda label: (held.examples[label], label))[:LISTED]
    lines = ["The topics with the fewest examples:", "", "| topic | examples | right |", "|---|---:|---:|"]
    return lines + [f"| {label} | {held.examples[label]} | {held.right[label]:.0%} |" for label in thinnest]


def _times(ours: float, theirs: float) -> str:
    """How many times less or more the first is."""
    if min(ours, theirs) <= 0:
        return "–"
    times, word = (theirs / ours, "less") if ours <= theirs else (ours / theirs, "more")
    return "about the same" if times < 1.05 else f"{times:.1f} × {word}"
