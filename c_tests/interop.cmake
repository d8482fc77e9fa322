# Tests in Python, with other implementations of Arrow: each file of tests/interop is one test.
file(GLOB interop_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/interop/test_*.py")
foreach(file IN LISTS interop_files)
  get_filename_component(name "${file}" NAME_WE)
  string(REGEX REPLACE "^test_" "" name "${name}")
  add_test(NAME interop.${name} COMMAND "${PROJECT_SOURCE_DIR}/tools/interop" "${PROJECT_BINARY_DIR}" "${file}")
  set_tests_properties(interop.${name} PROPERTIES LABELS interop SKIP_RETURN_CODE 77 TIMEOUT 1800)
endforeach()
