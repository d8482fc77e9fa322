# The jemalloc backend: the tests of memory with jemalloc as the default pool's backend. When the libraries under test were
# built without it, one more pair is built, in folders of its own.
if(NOT nock_one_object)
  add_test(NAME jemalloc COMMAND sh -c "echo 'SKIPPED: jemalloc: objcopy and ld are needed to build it beside the others'; exit 77")
  set_tests_properties(jemalloc PROPERTIES LABELS jemalloc SKIP_RETURN_CODE 77)
  return()
endif()

if(NOCK_JEMALLOC)
  set(nock_jemalloc_shared nock)
  set(nock_jemalloc_static nock_static)
else()
  nock_cargo(cargo-jemalloc ARGS rustc --crate-type staticlib --features jemalloc OUTPUTS libnock.a)
  nock_libraries(nock_jemalloc nock_jemalloc_static "${PROJECT_BINARY_DIR}/jemalloc"
                 "${PROJECT_BINARY_DIR}/cargo-jemalloc/${nock_cargo_folder}/libnock.a")
  nock_properties(nock_jemalloc nock_jemalloc_static)
  set_target_properties(nock_jemalloc nock_jemalloc_static PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/jemalloc"
                                                                      ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/jemalloc")
  set(nock_jemalloc_shared nock_jemalloc)
  set(nock_jemalloc_static nock_jemalloc_static)
endif()
add_library(nock_link_jemalloc INTERFACE)
target_link_libraries(nock_link_jemalloc INTERFACE ${nock_jemalloc_shared})
add_library(nock_link_jemalloc-static INTERFACE)
target_link_libraries(nock_link_jemalloc-static INTERFACE ${nock_jemalloc_static})

foreach(file IN LISTS test_files)
  get_filename_component(name "${file}" NAME_WE)
  if(NOT name MATCHES "^test_(pool|buffer|bitmap|builder|array_builder|version|costs|memory)")
    continue()
  endif()
  foreach(link jemalloc jemalloc-static)
    nock_add_program(${name} ${link})
    add_test(NAME ${name}.${link} COMMAND ${name}.${link})
    set_tests_properties(${name}.${link} PROPERTIES LABELS "jemalloc;${link}" TIMEOUT 300
                                                    ENVIRONMENT "NOCK_DEFAULT_MEMORY_POOL=jemalloc")
  endforeach()
endforeach()

# The backend is there, and is what the environment named: without it all of these would pass with another one.
add_test(NAME jemalloc.present COMMAND test_pool_environment.jemalloc is-default jemalloc)
set_tests_properties(jemalloc.present PROPERTIES LABELS jemalloc ENVIRONMENT "NOCK_DEFAULT_MEMORY_POOL=jemalloc")
