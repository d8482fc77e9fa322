#!/bin/sh
# check.sh SYMBOLS LIBRARY...: each library exports exactly the names that the file SYMBOLS lists.
set -eu
expected=$1
shift
actual=$(mktemp)
trap 'rm -f "$actual"' EXIT
status=0
for library in "$@"; do
  case $library in
    *.a) nm -g --defined-only "$library" ;;
    *) nm -D --defined-only --without-symbol-versions "$library" ;;
  esac | awk 'NF == 3 && $2 != "A" { print $3 }' | LC_ALL=C sort > "$actual"
  if ! diff -u "$expected" "$actual"; then
    echo "$library does not export what $expected lists" >&2
    status=1
  fi
done
exit $status
