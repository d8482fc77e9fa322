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

# nock.hpp and its parts, with every C++ compiler that is there (hpp.cmake).
foreach(compiler g++ clang++)
  string(TOUPPER "NOCK_${compiler}" path)
  string(REPLACE "+" "X" path "${path}")
  foreach(standard c++17 c++20 c++23)
    set(name "headers.hpp.${compiler}-${standard}")
    if(${path})
      add_test(NAME "${name}" COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/headers/check_hpp.sh" "${${path}}" "${standard}"
                                      "${PROJECT_SOURCE_DIR}/include" $<TARGET_FILE_DIR:nock>
                                      "${CMAKE_CURRENT_BINARY_DIR}/${name}")
    else()
      add_test(NAME "${name}" COMMAND sh -c "echo 'SKIPPED: nock.hpp with ${compiler}: it is not installed'; exit 77")
    endif()
    set_tests_properties("${name}" PROPERTIES LABELS "headers;hpp" SKIP_RETURN_CODE 77)
  endforeach()
endforeach()
