#!/bin/sh
# check_hpp.sh COMPILER STANDARD INCLUDE_DIR LIBRARY_DIR FOLDER: nock.hpp compiles alone and twice without a warning, without
# exceptions and without run-time type information too. In C++17 each of its parts does, two files of a program can both use
# it, the program of its opening chapter works, and so does one without exceptions.
set -eu
compiler=$1
standard=$2
include=$3
library=$4
folder=$5
here=$(cd "$(dirname "$0")" && pwd)

knows() { printf 'int main();\n' | "$compiler" -x c++ -std="$1" -fsyntax-only - 2> /dev/null; }
if ! knows "$standard" && [ "$standard" = c++23 ]; then
  standard=c++2b
fi
if ! knows "$standard"; then
  echo "SKIPPED: nock.hpp: $compiler does not know $standard"
  exit 77
fi
flags="-std=$standard -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor"
flags="$flags -Woverloaded-virtual -Werror -I $include"

# shellcheck disable=SC2086
compile() { "$compiler" -x c++ $flags "$@" -fsyntax-only -; }
# shellcheck disable=SC2086
build() { # PROGRAM ARGUMENT...
  program=$folder/$1
  shift
  "$compiler" $flags "$@" -L "$library" -lnock "-Wl,-rpath,$library" -pthread -o "$program"
}

mkdir -p "$folder"
printf '#include <nock/nock.hpp>\n#include <nock/nock.hpp>\n' | compile
printf '#include <nock/nock.hpp>\n' | compile -fno-exceptions -fno-rtti
if [ "$standard" != c++17 ]; then
  exit 0
fi

for header in "$include"/nock/*.hpp; do
  part=nock/$(basename "$header")
  printf '#include <%s>\n#include <%s>\n' "$part" "$part" | compile
done
for without in -fno-exceptions -fno-rtti; do
  printf '#include <nock/nock.hpp>\n' | compile $without
done

build two_files "$here/hpp/one.cpp" "$here/hpp/two.cpp"
"$folder/two_files"

build no_exceptions -fno-exceptions -fno-rtti "$here/hpp/no_exceptions.cpp"
"$folder/no_exceptions"
for how in pool allocator; do
  code=0
  "$folder/no_exceptions" $how > "$folder/message" || code=$?
  test $code = 42
  grep -q '100000' "$folder/message"
done

sed -n '/^ \* A complete program$/,/^ \* Ownership$/p' "$include/nock/nock.hpp" | sed -n 's/^ \*   //p; s/^ \*$//p' \
  > "$folder/example.cpp"
build example "$folder/example.cpp"
test "$("$folder/example")" = "12 bytes of 1048576"
