#!/bin/sh
# subdirectory.sh SOURCE FOLDER: build and run the project of subdirectory/, which builds nock as a part of itself.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
cmake -G Ninja -S "$here/subdirectory" -B "$2" -DCMAKE_BUILD_TYPE=Debug "-DNOCK_SOURCE=$1"
cmake --build "$2"
ctest --test-dir "$2" --output-on-failure
expect_shared "$2/with_nock"
expect_static "$2/with_static"
