# Deliberate panics, in a library built with the cargo feature test-hooks.
nock_cargo(cargo-hooks ARGS rustc --crate-type cdylib --features test-hooks OUTPUTS libnock.so)
set(hooks "${PROJECT_BINARY_DIR}/cargo-hooks/${nock_cargo_folder}")
add_custom_command(
  OUTPUT "${hooks}/libnock.so.${nock_soversion}"
  COMMAND ${CMAKE_COMMAND} -E create_symlink libnock.so "${hooks}/libnock.so.${nock_soversion}"
  DEPENDS "${hooks}/libnock.so"
  VERBATIM)
add_custom_target(nock_hooks DEPENDS "${hooks}/libnock.so.${nock_soversion}")
add_executable(panic hooks/panic.c)
add_dependencies(panic nock_hooks)
nock_imported(nock_cargo_hooks "${hooks}")
target_link_libraries(panic PRIVATE nock_headers nock_cargo_hooks)
target_link_options(panic PRIVATE "LINKER:-rpath,${hooks}")
add_test(NAME panic COMMAND panic)
set_tests_properties(panic PROPERTIES LABELS misuse)
