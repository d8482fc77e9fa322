# The public headers compile alone in every standard that a user may have chosen.
find_program(NOCK_CXX NAMES $ENV{CXX} c++ g++ clang++)
foreach(standard c99 c11 c17 c2x c++11 c++17 c++20 c++23)
  if(standard MATCHES "\\+\\+")
    set(compiler "${NOCK_CXX}")
  else()
    set(compiler "${CMAKE_C_COMPILER}")
  endif()
  if(compiler)
    add_test(NAME headers.${standard} COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/headers/check.sh" "${compiler}" "${standard}"
                                              "${PROJECT_SOURCE_DIR}/include")
  else()
    add_test(NAME headers.${standard} COMMAND sh -c "echo 'SKIPPED: headers: no C++ compiler'; exit 77")
  endif()
  set_tests_properties(headers.${standard} PROPERTIES LABELS headers SKIP_RETURN_CODE 77)
endforeach()
if(NOCK_EXAMPLES)
  add_test(NAME headers.example
           COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/headers/example.sh" "${CMAKE_C_COMPILER}" "${PROJECT_SOURCE_DIR}"
                   $<TARGET_FILE_DIR:nock> $<TARGET_FILE:every_type> "${CMAKE_CURRENT_BINARY_DIR}/header_example")
  set_tests_properties(headers.example PROPERTIES LABELS headers)
endif()
