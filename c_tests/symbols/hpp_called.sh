#!/bin/sh
# hpp_called.sh INCLUDE_DIR OBJECT...: every public function of nock.hpp and its parts is called by a C++ test. The tests are
# compiled without optimisation, so that a function of a header is a symbol of an object exactly when something calls it.
# Friends, and what is defaulted, do not count; functions of one name in one class count as one.
set -eu
include=$1
shift
declared=$(mktemp)
called=$(mktemp)
trap 'rm -f "$declared" "$called"' EXIT

cat "$include"/*.hpp | awk '
  /^namespace nock \{/ { inside = 1 }
  /^\}  \/\/ namespace nock$/ { inside = 0 }
  /^namespace detail \{/ { hidden = 1 }
  /^\}  \/\/ namespace detail/ { hidden = 0 }
  /^namespace bitmap \{/ { scope = "bitmap::" }
  /^\}  \/\/ namespace bitmap/ { scope = "" }
  hidden || !inside || /^ *(\/?\*|\/\/|#|friend |template |using |static_assert|namespace )/ { next }
  /^(class|struct) / {
    owner = $0
    sub(/ *(final *)?[:{;].*/, "", owner)
    sub(/.* /, "", owner)
    public = 0
    next
  }
  /^\};/ { owner = "" }
  /^ public:/ { public = 1 }
  /^ (private|protected):/ { public = 0 }
  / = (default|delete);/ { next }
  function name(text) {
    sub(/^ *explicit\(.*\) /, "", text)
    if (match(text, /operator *(\(\)|[^(]*)/)) {
      return substr(text, RSTART, RLENGTH)
    }
    sub(/\(.*/, "", text)
    sub(/.*[ *&]/, "", text)
    return text
  }
  owner != "" && public && /^  [a-z\[].*\(/ { print "nock::" owner "::" name($0) }
  owner == "" && /^(\[\[nodiscard\]\] )?[a-z].*\(/ { print "nock::" scope name($0) }
' | LC_ALL=C sort -u > "$declared"

nm -C "$@" | awk '$2 ~ /^[WTtV]$/' | sed -e ':again' -e 's/<[^<>]*>//g' -e 't again' > "$called"

status=0
while read -r function; do
  if ! grep -qF -e " $function(" "$called"; then
    echo "no test calls $function" >&2
    status=1
  fi
done < "$declared"
if [ "$(wc -l < "$declared")" -lt 100 ]; then
  echo "only $(wc -l < "$declared") functions were found in $include: this script no longer understands the headers" >&2
  status=1
fi
exit $status
