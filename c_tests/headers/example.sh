#!/bin/sh
# example.sh CC SOURCE LIBRARY_DIR MAKER OUTPUT: the program in the header's opening chapter compiles without a warning and
# counts the 140 rows of the file that the program MAKER (examples_c/every_type.c) writes.
set -eu
cc=$1
source=$2
library=$3
maker=$4
output=$5
sed -n '/^ \* A complete program$/,/^ \* Ownership$/p' "$source/include/nock/nock.h" |
  sed -n 's/^ \*   //p; s/^ \*$//p' > "$output.c"
"$cc" -std=c99 -Wall -Wextra -pedantic -Werror -I "$source/include" "$output.c" -L "$library" -lnock \
  "-Wl,-rpath,$library" -o "$output"
"$maker" file "$output.arrow" > /dev/null
test "$("$output" "$output.arrow")" = "140 rows"
if "$output" "$output.missing" 2> "$output.message"; then
  echo "a missing file was counted" >&2
  exit 1
fi
grep -q 'No such file' "$output.message"
