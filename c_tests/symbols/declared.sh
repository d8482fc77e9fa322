#!/bin/sh
# declared.sh SYMBOLS HEADER: the functions that the header declares, as a compiler sees it, are the names in SYMBOLS.
set -eu
expected=$1
header=$2
actual=$(mktemp)
trap 'rm -f "$actual"' EXIT
${CC:-cc} -E -P -I "$(dirname "$header")/.." "$header" | tr '\n' ' ' | tr ';' '\n' |
  sed -n 's|^.*[ *]\(nock_[a-z0-9_]*\) *([^*].*$|\1|p' | LC_ALL=C sort > "$actual"
diff -u "$expected" "$actual"
