#!/bin/sh
# laid_out.sh HEADER TEST: the layout test states the size of every struct that the header shows.
set -eu
status=0
for name in $(sed -n 's/^typedef struct \(nock_[a-z0-9_]*\) {$/\1/p' "$1"); do
  if ! grep -q "SIZE($name," "$2"; then
    echo "$2 does not state the layout of $name" >&2
    status=1
  fi
done
exit $status
