# The ways to link a test program: one interface target nock_link_<way> for each that NOCK_LINK names.

set(nock_links_known shared static cargo-cdylib cargo-staticlib)
foreach(link IN LISTS NOCK_LINK)
  if(NOT link IN_LIST nock_links_known)
    message(FATAL_ERROR "NOCK_LINK: ${link} is none of ${nock_links_known}")
  endif()
endforeach()

find_package(Threads REQUIRED)

add_library(nock_headers INTERFACE)
target_include_directories(nock_headers INTERFACE "${PROJECT_SOURCE_DIR}/include" "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(nock_headers INTERFACE Threads::Threads)

add_library(nock_link_shared INTERFACE)
target_link_libraries(nock_link_shared INTERFACE nock::nock)
add_library(nock_link_static INTERFACE)
target_link_libraries(nock_link_static INTERFACE nock::static)

# nock_imported(<target> <folder>): the shared library that cargo makes in a folder. A bare path would not do: CMake links a
# library that it finds on the disk in another way than one that it does not find yet, so that a second run would link again.
function(nock_imported target folder)
  add_library(${target} SHARED IMPORTED)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION "${folder}/libnock.so"
                                             IMPORTED_SONAME "libnock.so.${nock_soversion}")
endfunction()

# What `cargo build` makes, as it comes.
if("cargo-cdylib" IN_LIST NOCK_LINK OR "cargo-staticlib" IN_LIST NOCK_LINK)
  nock_cargo(cargo-plain ARGS build OUTPUTS libnock.a libnock.rlib libnock.so)
  set(plain "${PROJECT_BINARY_DIR}/cargo-plain/${nock_cargo_folder}")
  # A program that was linked with the SONAME looks for a file of that name.
  add_custom_command(
    OUTPUT "${plain}/libnock.so.${nock_soversion}"
    COMMAND ${CMAKE_COMMAND} -E create_symlink libnock.so "${plain}/libnock.so.${nock_soversion}"
    DEPENDS "${plain}/libnock.so"
    VERBATIM)
  add_custom_target(nock_cargo_plain ALL DEPENDS "${plain}/libnock.so.${nock_soversion}" "${plain}/libnock.a")
  add_library(nock_link_cargo-cdylib INTERFACE)
  nock_imported(nock_cargo_cdylib "${plain}")
  target_link_libraries(nock_link_cargo-cdylib INTERFACE nock_cargo_cdylib)
  target_link_options(nock_link_cargo-cdylib INTERFACE "LINKER:-rpath,${plain}")
  add_dependencies(nock_link_cargo-cdylib nock_cargo_plain)
  add_library(nock_link_cargo-staticlib INTERFACE)
  target_link_libraries(nock_link_cargo-staticlib INTERFACE "${plain}/libnock.a" ${NOCK_SYSTEM_LIBRARIES})
  set_target_properties(nock_link_cargo-staticlib PROPERTIES INTERFACE_LINK_DEPENDS "${plain}/libnock.a")
  add_dependencies(nock_link_cargo-staticlib nock_cargo_plain)
endif()

# nock_add_program(<name> <link>): the executable <name>.<link> from the objects of <name>_object.
function(nock_add_program name link)
  add_executable(${name}.${link} $<TARGET_OBJECTS:${name}_object>)
  target_link_libraries(${name}.${link} PRIVATE nock_link_${link} nock_headers)
  set_target_properties(${name}.${link} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/c_tests/${link}")
endfunction()
