#!/bin/sh
# Make .venv-stock: Rasa as published, with TensorFlow, to measure against. Called by `bot bench nlu` and
# `bot bench serve`, never by make setup; safe to call again. Its versions are written down here and not locked: nothing of it is served.
set -eu
cd "$(dirname "$0")/.."
project=$PWD
python=${PYTHON:-$project/.venv/bin/python}
venv=$project/.venv-stock

if [ -e "$venv/.ready" ] && [ "$venv/.ready" -nt deploy/bench-environment.sh ]; then
  exit 0
fi
uv=$project/.venv/uv/bin/uv
[ -x "$uv" ] || uv=$(command -v uv || true)
if [ -z "$uv" ]; then
  echo "uv is missing: run make setup first" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; then
  echo "The stock pipeline needs Python 3.11 (TensorFlow 2.12 runs on no later one): set PYTHON=/path/to/python3.11" >&2
  exit 1
fi
free_mb=$(df -Pm . | awk 'NR == 2 {print $4}')
if [ "$free_mb" -lt 4000 ]; then
  echo "Only $free_mb MB are free on this disk; the stock pipeline's environment needs 4000 MB." >&2
  exit 1
fi

echo "Setting up $venv with TensorFlow, for the comparison only (once; a few minutes) …" >&2
"$uv" venv --quiet --clear --python "$python" "$venv"
# Elsewhere, or uv would apply the overrides of our own pyproject.toml.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
# What Rasa pins for Python 3.10 and what runs on 3.11; TensorFlow 2.13 and numpy 1.24 break it.
cat >overrides.txt <<'LIST'
tensorflow ; python_version < '0'
tensorflow-cpu==2.12.1
tensorflow-text==2.12.1
tensorflow-hub==0.14.0
tensorflow-addons==0.20.0
tensorflow-io-gcs-filesystem ; python_version < '0'
keras==2.12.0
jax ; python_version < '0'
numpy>=1.23.5,<1.24
scipy>=1.10,<1.12
scikit-learn>=1.2,<1.5
dask==2022.10.2
protobuf>=4.25.8,<5
matplotlib>=3.7,<3.9
multidict>=6
aiohttp>=3.9
sanic>=22.3.2,<22.6
sanic-routing>=22.3,<22.6
websockets>=10.4,<11
setuptools>=78.1.1,<81
packaging>=21.3,<22
attrs>=23
regex>=2024
pydantic<2
ruamel-yaml>=0.17.32,<0.18
LIST
"$uv" pip install --quiet --python "$venv/bin/python" --override overrides.txt --compile-bytecode \
  "rasa==3.6.21" "tensorflow-cpu==2.12.1" "tensorflow-text==2.12.1" "tensorflow-hub==0.14.0" \
  "tensorflow-addons==0.20.0" "numpy<1.24" "scipy<1.12" "scikit-learn<1.5" "dask==2022.10.2" "setuptools<81"
TF_CPP_MIN_LOG_LEVEL=3 "$venv/bin/python" -W ignore -c 'import rasa.nlu.classifiers.diet_classifier'
touch "$venv/.ready"
