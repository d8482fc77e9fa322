#!/bin/sh
# called.sh SYMBOLS TEST...: every function is used by at least one of the C test programs, by a call or in a table of
# functions to call.
set -eu
symbols=$1
shift
status=0
while read -r name; do
  if ! grep -qw "$name" "$@"; then
    echo "no test uses $name" >&2
    status=1
  fi
done < "$symbols"
exit $status
