# What the libraries show: symbols.txt, no more and no less. A change of that file is a change of the binary interface.
set(symbols_list "${CMAKE_CURRENT_SOURCE_DIR}/symbols.txt")
if(nock_one_object)
  add_test(NAME symbols.libraries COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/check.sh" "${symbols_list}"
                                          $<TARGET_FILE:nock> $<TARGET_FILE:nock_static>)
  set_tests_properties(symbols.libraries PROPERTIES LABELS symbols)
endif()
if("cargo-cdylib" IN_LIST NOCK_LINK)
  add_test(NAME symbols.cargo-cdylib COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/check.sh" "${symbols_list}"
                                             "${plain}/libnock.so")
  set_tests_properties(symbols.cargo-cdylib PROPERTIES LABELS symbols)
endif()
add_test(NAME symbols.header COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/declared.sh" "${symbols_list}"
                                     "${PROJECT_SOURCE_DIR}/include/nock/nock.h")
set_tests_properties(symbols.header PROPERTIES LABELS symbols ENVIRONMENT "CC=${CMAKE_C_COMPILER}")
# The rows of large tables lie in headers of their own.
file(GLOB test_rows CONFIGURE_DEPENDS *_rows.h)
add_test(NAME symbols.called COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/called.sh" "${symbols_list}" ${test_files}
                                     ${test_rows})
add_test(NAME symbols.laid_out COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/laid_out.sh"
                                       "${PROJECT_SOURCE_DIR}/include/nock/nock.h" "${CMAKE_CURRENT_SOURCE_DIR}/test_layout.c")
# The libraries with every allocator inside them, and the check itself: cargo's static library shows them all.
set(allocators "${CMAKE_CURRENT_SOURCE_DIR}/symbols/allocators.sh")
if(nock_one_object)
  add_test(NAME symbols.allocators COMMAND "${allocators}" $<TARGET_FILE:nock> $<TARGET_FILE:nock_static>)
  set_tests_properties(symbols.allocators PROPERTIES LABELS symbols)
  if(TARGET nock_jemalloc)
    add_test(NAME symbols.libraries.jemalloc
             COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/check.sh" "${symbols_list}" $<TARGET_FILE:nock_jemalloc>
                     $<TARGET_FILE:nock_jemalloc_static>)
    add_test(NAME symbols.allocators.jemalloc COMMAND "${allocators}" $<TARGET_FILE:nock_jemalloc>
                                                      $<TARGET_FILE:nock_jemalloc_static>)
    set_tests_properties(symbols.libraries.jemalloc symbols.allocators.jemalloc PROPERTIES LABELS "symbols;jemalloc")
  endif()
endif()
if("cargo-cdylib" IN_LIST NOCK_LINK)
  add_test(NAME symbols.allocators.cargo-cdylib COMMAND "${allocators}" "${plain}/libnock.so")
  set_tests_properties(symbols.allocators.cargo-cdylib PROPERTIES LABELS symbols)
endif()
if("cargo-staticlib" IN_LIST NOCK_LINK)
  add_test(NAME symbols.allocators.seen COMMAND "${allocators}" "${plain}/libnock.a")
  set_tests_properties(symbols.allocators.seen PROPERTIES LABELS symbols PASS_REGULAR_EXPRESSION "shows [1-9][0-9]* functions")
endif()
set_tests_properties(symbols.called symbols.laid_out PROPERTIES LABELS symbols)
add_test(NAME symbols.hpp_covers COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/hpp_covers.sh" "${symbols_list}"
                                         "${PROJECT_SOURCE_DIR}/include/nock")
set_tests_properties(symbols.hpp_covers PROPERTIES LABELS "symbols;hpp")
if(hpp_names)
  list(TRANSFORM hpp_names REPLACE "(.+)" "${hpp_folder}/\\1.${hpp_first}.o" OUTPUT_VARIABLE hpp_objects)
  add_test(NAME symbols.hpp_called COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/symbols/hpp_called.sh"
                                           "${PROJECT_SOURCE_DIR}/include/nock" ${hpp_objects})
  set_tests_properties(symbols.hpp_called PROPERTIES LABELS "symbols;hpp")
endif()

add_library(own_symbols_object OBJECT symbols/own_symbols.c)
target_link_libraries(own_symbols_object PRIVATE nock_headers)
foreach(link shared static)
  if(link IN_LIST NOCK_LINK AND (nock_one_object OR link STREQUAL "shared"))
    nock_add_program(own_symbols ${link})
    add_test(NAME own_symbols.${link} COMMAND own_symbols.${link})
    set_tests_properties(own_symbols.${link} PROPERTIES LABELS "symbols;${link}")
  endif()
endforeach()
foreach(link jemalloc jemalloc-static)
  if(TARGET nock_link_${link})
    nock_add_program(own_symbols ${link})
    add_test(NAME own_symbols.${link} COMMAND own_symbols.${link})
    set_tests_properties(own_symbols.${link} PROPERTIES LABELS "symbols;jemalloc"
                                                        ENVIRONMENT "NOCK_DEFAULT_MEMORY_POOL=jemalloc")
  endif()
endforeach()
