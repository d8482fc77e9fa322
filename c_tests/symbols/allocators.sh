#!/bin/sh
# allocators.sh LIBRARY...: no library shows a function of an allocator inside it, or one by the name of malloc and its
# kin, and none asks the program for one of an allocator that it brings along.
set -eu
own='(_?mi_|je_|_rjem_|rjem_|jemalloc|mimalloc)'
# What else a program may want to bring itself.
kin='(malloc|calloc|realloc|reallocarray|free|cfree|aligned_alloc|memalign|posix_memalign|valloc|pvalloc|malloc_[a-z_]*|strdup|_Zn[wa].*|_Zd[la].*|__libc_(malloc|calloc|realloc|free|memalign))'
status=0
for library in "$@"; do
  [ -s "$library" ] || { echo "$library is not there" >&2; exit 2; }
  case $library in
    *.a) dynamic= ;;
    *) dynamic=-D ;;
  esac
  # shellcheck disable=SC2086
  shown=$(nm $dynamic -g --defined-only "$library" 2> /dev/null | awk 'NF >= 3 { print $3 }' | sed 's/@.*//' | grep -cE "^($own.*|$kin)\$" || true)
  # shellcheck disable=SC2086
  wanted=$(nm $dynamic -g --undefined-only "$library" 2> /dev/null | awk 'NF >= 2 { print $2 }' | sed 's/@.*//' | grep -cE "^$own" || true)
  if [ "$shown" != 0 ] || [ "$wanted" != 0 ]; then
    echo "$library shows $shown functions of allocators and asks for $wanted" >&2
    status=1
  fi
done
exit $status
