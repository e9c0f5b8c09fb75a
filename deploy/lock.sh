#!/bin/sh
# Resolve pyproject.toml into the lock files: names, versions and hashes, no download addresses.
set -eu
for extra in "" dev tracing; do
  name=requirements${extra:+-$extra}.lock
  .venv/uv/bin/uv pip compile pyproject.toml ${extra:+--extra $extra} --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o "$name"
  echo "$name: $(grep -c == "$name") packages"
done
.venv/uv/bin/uv pip compile deploy/supply-chain.in --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements-supply-chain.lock
