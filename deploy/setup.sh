#!/bin/sh
# Make .venv from a lock file, by hash, with the bytecode compiled. Called by make; safe to call again.
set -eu
lock=${1:?name a lock file}
python=${PYTHON:-python3}
uv_version=0.13.9

if ! command -v "$python" >/dev/null 2>&1; then
  echo "Python is missing: install Python 3.11 or 3.12 (on Debian: apt-get install python3 python3-venv), or run make PYTHON=/path/to/python3.11" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'; then
  echo "This needs Python 3.11 or 3.12, and $python is $("$python" -V 2>&1): run make PYTHON=/path/to/python3.11" >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Python's venv module is missing: on Debian, apt-get install python3-venv" >&2
  exit 1
fi
free_mb=$(df -Pm . | awk 'NR == 2 {print $4}')
if [ "$free_mb" -lt 3000 ]; then
  echo "Only $free_mb MB are free on this disk; set-up needs 3000 MB. Free some space and try again." >&2
  exit 1
fi

echo "Setting up .venv from $lock (once; about a minute) …"
# The bootstrap environment holds uv alone; it resolves nothing, it installs what the lock names.
if [ ! -x .venv/uv/bin/uv ]; then
  "$python" -m venv .venv
  "$python" -m venv .venv/uv
  .venv/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
fi
.venv/uv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode "$lock"
# The project itself, after Rasa, so that its `rasa` command stands in front of Rasa's.
.venv/uv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --build-constraints "$lock" --editable .
.venv/bin/python -m compileall -q bot actions || true
.venv/bin/python -m bot.nlu.vectors.encoder_graph 2>/dev/null || true
case $lock in
  *dev*) touch .venv/.ready .venv/.ready-dev ;;
  *) touch .venv/.ready ;;
esac
