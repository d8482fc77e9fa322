#!/bin/sh
# run.sh PROGRAM LIBRARY STRIP: run a program with the library as an installation has it, without its debug information, which
# is most of the file. The copy goes with the test.
set -eu
program=$1
library=$2
strip=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -n "$strip" ]; then
  "$strip" --strip-unneeded -o "$folder/libnock.so" "$library"
else
  cp -L "$library" "$folder/libnock.so"
fi
TMPDIR=$folder "$program" "$folder/libnock.so"
