# Test programs once more with a faulty pool as their default pool: each request for memory is refused, one after the other.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT "shared" IN_LIST NOCK_LINK)
  return()
endif()
set(NOCK_FAULTY_RUNS 60 CACHE STRING "Most runs of each kind for one test program; 100000 for all of them")

add_library(oom_sweep OBJECT oom/sweep.c oom/child.c oom/faulty_pool.c oom/library_blocks.c)
target_link_libraries(oom_sweep PRIVATE nock_headers)
# The names of glibc's own functions.
target_compile_options(oom_sweep PRIVATE -Wno-pedantic)

foreach(file IN LISTS test_files)
  get_filename_component(name "${file}" NAME_WE)
  # The one counts the C library's allocations itself; the other starts itself anew for each default pool that it tries.
  if(name MATCHES "^test_(costs|pool_environment)$")
    continue()
  endif()
  # A reader that lacks memory for an object has moved on in its stream, so that the call cannot be made again.
  set(kinds once forever)
  if(name MATCHES "^test_(pool|buffer|bitmap|builder|array|batch|memory|reentry|limits)")
    list(APPEND kinds object)
  endif()
  add_executable(${name}.faulty $<TARGET_OBJECTS:${name}_object> $<TARGET_OBJECTS:oom_sweep>)
  target_link_libraries(${name}.faulty PRIVATE nock_link_shared nock_headers)
  target_link_options(${name}.faulty PRIVATE "LINKER:--wrap=main,--wrap=nock_pool_set_default")
  set_target_properties(${name}.faulty PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/c_tests/faulty")
  add_test(NAME ${name}.faulty COMMAND ${name}.faulty ${NOCK_FAULTY_RUNS} ${kinds})
  # Objects come from the C library here, where they are counted.
  set_tests_properties(${name}.faulty PROPERTIES LABELS faulty TIMEOUT 3000 ENVIRONMENT "NOCK_DEFAULT_MEMORY_POOL=system")
endforeach()
