#!/bin/sh
# hpp_covers.sh SYMBOLS INCLUDE_DIR: nock.hpp uses every C function of the objects that it has classes for.
set -eu
status=0
for name in $(grep -E '^nock_(error|pool|total_allocated|buffer|buffer_builder|bitmap|bitmap_builder)_' "$1"); do
  if ! grep -qw "$name" "$2"/*.hpp; then
    echo "nock.hpp has nothing for $name" >&2
    status=1
  fi
done
exit $status
