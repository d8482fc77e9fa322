# nock.hpp: each test_hpp_*.cpp, with every C++ compiler that is there, in C++17 and C++20.
#
# CMake knows one compiler for a language, so that these are commands of our own. Nothing is optimised: each function that a
# test calls is a symbol then, which symbols/hpp_called.sh looks for.
find_program(NOCK_GXX g++)
find_program(NOCK_CLANGXX clang++)
set(hpp_flags -O0 -gdwarf-4 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror ${nock_sanitize_flags}
              "-I${PROJECT_SOURCE_DIR}/include" "-I${CMAKE_CURRENT_SOURCE_DIR}")
if(NOCK_SANITIZE STREQUAL "address")
  # Rust's runtime knows nothing of the dynamic types of C++, which clang's check of called functions needs too.
  list(APPEND hpp_flags -fno-sanitize=vptr)
  set(hpp_clang_flags -fno-sanitize=function)
endif()
set(hpp_libraries $<TARGET_FILE:nock> "-Wl,-rpath,$<TARGET_FILE_DIR:nock>" ${nock_sanitize_libraries} -pthread)
set(hpp_folder "${PROJECT_BINARY_DIR}/c_tests/hpp")
file(MAKE_DIRECTORY "${hpp_folder}")
file(GLOB hpp_files CONFIGURE_DEPENDS test_hpp_*.cpp)

# nock_hpp_program(<program> <source> <compiler> <flags...>): hpp_folder/<program>, and the object beside it.
function(nock_hpp_program program source compiler)
  set(object "${hpp_folder}/${program}.o")
  set(depfile)
  if(CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    set(depfile DEPFILE "${object}.d")
  endif()
  add_custom_command(
    OUTPUT "${object}"
    COMMAND "${compiler}" ${hpp_flags} ${ARGN} -MD -MF "${object}.d" -c "${source}" -o "${object}"
    DEPENDS "${source}"
    ${depfile}
    COMMENT "Compiling ${program}"
    VERBATIM)
  add_custom_command(
    OUTPUT "${hpp_folder}/${program}"
    COMMAND "${compiler}" "${object}" ${hpp_libraries} -o "${hpp_folder}/${program}"
    DEPENDS "${object}" nock
    COMMENT "Linking ${program}"
    VERBATIM)
endfunction()

set(hpp_programs)
set(hpp_kinds)
foreach(compiler g++ clang++)
  string(TOUPPER "NOCK_${compiler}" path)
  string(REPLACE "+" "X" path "${path}")
  if(NOT ${path})
    add_test(NAME test_hpp.${compiler} COMMAND sh -c "echo 'SKIPPED: nock.hpp with ${compiler}: it is not installed'; exit 77")
    set_tests_properties(test_hpp.${compiler} PROPERTIES LABELS "unit;hpp" SKIP_RETURN_CODE 77)
    continue()
  endif()
  set(hpp_extra)
  if(compiler STREQUAL "clang++")
    set(hpp_extra ${hpp_clang_flags})
  endif()
  foreach(standard c++17 c++20)
    foreach(file IN LISTS hpp_files)
      get_filename_component(name "${file}" NAME_WE)
      set(program "${name}.${compiler}-${standard}")
      nock_hpp_program("${program}" "${file}" "${${path}}" -std=${standard} ${hpp_extra})
      list(APPEND hpp_programs "${hpp_folder}/${program}")
      add_test(NAME "${program}" COMMAND "${hpp_folder}/${program}")
      set_tests_properties("${program}" PROPERTIES LABELS "unit;hpp" TIMEOUT 300)
      if(NOCK_SANITIZE)
        set_tests_properties("${program}" PROPERTIES ENVIRONMENT "${sanitizer_environment}")
      endif()
    endforeach()
    list(APPEND hpp_kinds "${compiler}-${standard}")
  endforeach()
endforeach()
# Programs of one kind are run once more under valgrind and with refused memory.
set(hpp_names)
if(hpp_kinds)
  list(GET hpp_kinds 0 hpp_first)
  foreach(file IN LISTS hpp_files)
    get_filename_component(name "${file}" NAME_WE)
    list(APPEND hpp_names ${name})
  endforeach()
endif()
add_custom_target(hpp_tests ALL DEPENDS ${hpp_programs})
