# Every test program once more under valgrind: no error, no lost byte.
#
# The default pool takes its memory from the system allocator here, so that valgrind sees each block.
find_program(VALGRIND_EXECUTABLE valgrind)

# nock_valgrind_test(<name> <program>)
function(nock_valgrind_test name program)
  if(VALGRIND_EXECUTABLE)
    add_test(NAME ${name}.valgrind
             COMMAND "${VALGRIND_EXECUTABLE}" --quiet --leak-check=full --show-leak-kinds=definite,indirect,possible
                     --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99 --num-callers=40 "${program}")
  else()
    add_test(NAME ${name}.valgrind COMMAND sh -c "echo 'SKIPPED: valgrind: it is not installed'; exit 77")
  endif()
  set_tests_properties(
    ${name}.valgrind PROPERTIES LABELS valgrind TIMEOUT 900 SKIP_RETURN_CODE 77
                                ENVIRONMENT "NOCK_DEFAULT_MEMORY_POOL=system;NOCK_UNDER_VALGRIND=1")
endfunction()

foreach(file IN LISTS test_files)
  get_filename_component(name "${file}" NAME_WE)
  if(TARGET ${name}.shared)
    nock_valgrind_test(${name} $<TARGET_FILE:${name}.shared>)
  endif()
endforeach()
foreach(name IN LISTS hpp_names)
  nock_valgrind_test(${name} "${hpp_folder}/${name}.${hpp_first}")
endforeach()
