#!/bin/sh
# called.sh SYMBOLS TEST...: every function is called by at least one of the C test programs.
set -eu
symbols=$1
shift
status=0
while read -r name; do
  if ! grep -q "\b$name(" "$@"; then
    echo "no test calls $name" >&2
    status=1
  fi
done < "$symbols"
exit $status
