#!/bin/sh
# check.sh COMPILER STANDARD INCLUDE_DIR: every public header compiles alone, twice, and in any order, without a warning.
set -eu
compiler=$1
standard=$2
include=$3
case $standard in
  c++* | gnu++*) language=c++ ;;
  *) language=c ;;
esac
flags="-x $language -std=$standard -Wall -Wextra -pedantic -Werror -fsyntax-only -I $include"
if [ $language = c ]; then
  flags="$flags -Wstrict-prototypes -Wc++-compat"
else
  flags="$flags -Wold-style-cast"
fi

# shellcheck disable=SC2086
compile() { "$compiler" $flags -; }

if ! printf 'int main(void);\n' | "$compiler" -x $language -std="$standard" -fsyntax-only - 2> /dev/null; then
  echo "SKIPPED: headers: $compiler does not know $standard"
  exit 77
fi
for header in nock/nock.h nock/arrow_abi.h; do
  printf '#include <%s>\n' $header | compile
  printf '#include <%s>\n#include <%s>\n' $header $header | compile
done
printf '#include <nock/arrow_abi.h>\n#include <nock/nock.h>\n' | compile

# Another copy of the Arrow structs, whose guards say that it was there first.
printf '%s\n' '#define ARROW_C_DATA_INTERFACE' '#define ARROW_C_DEVICE_DATA_INTERFACE' \
  '#define ARROW_C_STREAM_INTERFACE' '#define ARROW_C_DEVICE_STREAM_INTERFACE' \
  'struct ArrowSchema { int x; };' 'struct ArrowArray { int x; };' 'struct ArrowArrayStream { int x; };' \
  'struct ArrowDeviceArray { int x; };' 'struct ArrowDeviceArrayStream { int x; };' \
  '#include <nock/nock.h>' | compile

# Every initialiser can start a variable.
{
  echo '#include <nock/nock.h>'
  sed -n 's/^#define \(NOCK_[A-Z0-9_]*\)_INIT .*sizeof(\([a-z0-9_]*\)).*/extern const \2 \1; const \2 \1 = \1_INIT;/p' \
    "$include/nock/nock.h"
} | compile
