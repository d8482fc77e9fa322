#!/bin/sh
# pkg_config.sh PREFIX FOLDER CC CXX: compile and run the program with what pkg-config says about an installed nock.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
prefix=$1
folder=$2
cc=$3
cxx=$4
if ! command -v pkg-config > /dev/null 2>&1; then
  echo "SKIPPED: pkg-config consumers: pkg-config is not installed"
  exit 77
fi
PKG_CONFIG_PATH=$(find "$prefix" -type d -name pkgconfig | head -n 1)
export PKG_CONFIG_PATH
mkdir -p "$folder"
libdir=$(pkg-config --variable=libdir nock)

check() { # shared|static NAME COMMAND...
  kind=$1
  program=$folder/$2
  shift 2
  "$@" -o "$program"
  LD_LIBRARY_PATH=$libdir "$program"
  "expect_$kind" "$program"
}

# shellcheck disable=SC2046
for standard in c99 c11; do
  check shared $standard-shared "$cc" -std=$standard -Wall -Werror "$here/program.c" $(pkg-config --cflags --libs nock)
  check static $standard-static "$cc" -std=$standard -Wall -Werror "$here/program.c" \
    $(pkg-config --cflags --libs --static nock-static)
done
# shellcheck disable=SC2046
if [ -n "$cxx" ]; then
  check shared cxx17-shared "$cxx" -std=c++17 -Wall -Werror -x c++ "$here/program.c" -x none \
    $(pkg-config --cflags --libs nock)
  check static cxx17-static "$cxx" -std=c++17 -Wall -Werror -x c++ "$here/program.c" -x none \
    $(pkg-config --cflags --libs --static nock-static)
  check shared hpp-shared "$cxx" -std=c++17 -Wall -Werror "$here/program.cpp" $(pkg-config --cflags --libs nock)
  check static hpp-static "$cxx" -std=c++17 -Wall -Werror "$here/program.cpp" \
    $(pkg-config --cflags --libs --static nock-static)
fi
# A program without any shared library, and the plain package where the linker is told to take archives.
# shellcheck disable=SC2046
check static all-static "$cc" -static "$here/program.c" $(pkg-config --cflags --libs --static nock)
test "$(pkg-config --modversion nock)" = "$(pkg-config --modversion nock-static)"
