#!/bin/sh
# example.sh CC HEADER OUTPUT: take the complete program out of the header's opening chapter and compile it.
set -eu
sed -n '/^ \* A complete program$/,/^ \* Ownership$/p' "$2" | sed -n 's/^ \*   //p; s/^ \*$//p' > "$3.c"
grep -q 'int main' "$3.c"
"$1" -std=c99 -Wall -Wextra -pedantic -Werror -fsyntax-only -I "$(dirname "$2")/.." "$3.c"
