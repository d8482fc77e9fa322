# Every allocation of the library refused, one after the other, under every test program. None may end the process.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT "shared" IN_LIST NOCK_LINK)
  return()
endif()
set(NOCK_OOM_RUNS 150 CACHE STRING "Most runs of each kind for one test program; 100000 for all of them")

add_library(oom_shim MODULE oom/shim.c)
# The names of glibc's own functions, and pointers that POSIX says are functions.
target_compile_options(oom_shim PRIVATE -Wno-pedantic)
add_executable(oom_run oom/run.c oom/child.c)

set(oom_pools system mimalloc)
# jemalloc's own start does not survive a refusal (docs/memory.md), so it is not among them.
if(NOCK_JEMALLOC OR NOCK_TEST_JEMALLOC)
  add_test(NAME oom-jemalloc
           COMMAND sh -c "echo 'SKIPPED: refused memory with jemalloc: it dies when it is refused while it or a thread starts'; exit 77")
  set_tests_properties(oom-jemalloc PROPERTIES LABELS oom SKIP_RETURN_CODE 77)
endif()

# nock_oom_tests(<name> <program>)
function(nock_oom_tests name program)
  foreach(pool IN LISTS oom_pools)
    add_test(NAME ${name}.oom-${pool} COMMAND oom_run $<TARGET_FILE:oom_shim> ${NOCK_OOM_RUNS} "${program}")
    set_tests_properties(${name}.oom-${pool} PROPERTIES LABELS oom TIMEOUT 1200 ENVIRONMENT
                                                        "NOCK_DEFAULT_MEMORY_POOL=${pool}")
  endforeach()
endfunction()

foreach(file IN LISTS test_files)
  get_filename_component(name "${file}" NAME_WE)
  nock_oom_tests(${name} $<TARGET_FILE:${name}.shared>)
endforeach()
foreach(name IN LISTS hpp_names)
  nock_oom_tests(${name} "${hpp_folder}/${name}.${hpp_first}")
endforeach()
