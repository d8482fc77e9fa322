#!/bin/sh
# run.sh PROGRAM: make each system call of the scenario on its file fail once, in each way, and look what becomes of it.
#
# Nothing may die, hang, or take a failure for a success. An interruption must not be noticed at all. Needs strace, and
# leave to trace; says so when it has them not.
set -eu
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
file=$folder/file
log=$folder/log

if ! command -v strace > /dev/null 2>&1 || ! strace -f -o "$log" true 2> /dev/null; then
  echo "SKIPPED: failing system calls: strace is not here or may not trace"
  exit 77
fi
"$program" "$file" || { echo "the scenario fails with no call failing"; exit 1; }

calls='openat newfstatat fstat lseek read pread64 write writev pwrite64 pwritev ftruncate fallocate fsync mmap close fstatfs'
uninterrupted=' openat read pread64 write writev pwrite64 pwritev ftruncate fallocate fsync close '
runs=0
reported=0
failures=0
for call in $calls; do
  for error in EIO:5 ENOSPC:28 ENOMEM:12 EAGAIN:11 EINTR:4; do
    name=${error%:*}
    n=1
    while :; do
      rm -f "$file"
      status=0
      FAULT_ERRNO=${error#*:} timeout 20 strace -f -o "$log" -P "$file" -e "inject=$call:error=$name:when=$n" \
        "$program" "$file" > "$folder/out" 2>&1 || status=$?
      grep -q INJECTED "$log" || break
      runs=$((runs + 1))
      case $status in
        0) ;;
        3)
          reported=$((reported + 1))
          if [ "$name" = EINTR ] && [ "${uninterrupted#* "$call" }" != "$uninterrupted" ]; then
            status=interrupted
          fi
          ;;
      esac
      case $status in
        0 | 3) ;;
        *)
          failures=$((failures + 1))
          echo "$call failing with $name, time $n: status $status"
          sed 's/^/  /' "$folder/out" | head -n 4
          ;;
      esac
      n=$((n + 1))
    done
  done
done
echo "$runs runs, $reported reported the failure, $((runs - reported - failures)) were not affected, $failures wrong"
[ "$failures" -eq 0 ] && [ "$runs" -gt 100 ]
