#!/bin/sh
# find_package.sh PREFIX FOLDER shared|static: build and run the project of find_package/ against an installed nock.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
prefix=$1
folder=$2
case $3 in
  shared) link=nock::nock ;;
  static) link=nock::static ;;
esac
cmake -G Ninja -S "$here/find_package" -B "$folder" "-DCMAKE_PREFIX_PATH=$prefix" "-DLINK=$link"
cmake --build "$folder"
ctest --test-dir "$folder" --output-on-failure
for program in c99 c11 cxx17 hpp; do
  "expect_$3" "$folder/$program"
done
# Nothing of the build folder is left in what was installed.
if grep -r "$(cd "$prefix/.." && pwd)/nock.o" "$prefix/lib"*/cmake; then
  echo "the CMake package names the build folder" >&2
  exit 1
fi
