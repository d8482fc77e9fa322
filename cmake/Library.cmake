# Makes the two libraries that are installed: libnock.so and libnock.a.
#
# Both come from one relocatable object in which only nock_* is visible: cargo's static library is linked into one
# object, then every other global symbol is made local. So neither library gives a symbol of a dependency to its user,
# and a program may bring its own copy of any of them. docs/architecture.md has the reasons.

nock_cargo(cargo ARGS rustc --crate-type staticlib OUTPUTS libnock.a)
set(nock_cargo_archive "${PROJECT_BINARY_DIR}/cargo/${nock_cargo_folder}/libnock.a")

# `ld` of cross compilers carries the compiler's prefix; CMake knows both tools by these names.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_LINKER AND CMAKE_OBJCOPY)
  set(nock_one_object TRUE)
else()
  set(nock_one_object FALSE)
endif()

set(NOCK_SYSTEM_LIBRARIES pthread dl m)

# SONAME: libnock.so.0.<minor> while the major version is 0, then libnock.so.<major>.
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(nock_soversion "0.${PROJECT_VERSION_MINOR}")
else()
  set(nock_soversion "${PROJECT_VERSION_MAJOR}")
endif()

if(nock_one_object)
  set(nock_object "${PROJECT_BINARY_DIR}/nock.o")
  # Sections with LLVM bitcode, which the standard library's objects carry, make GNU ar and nm abort where an LLVM
  # linker plugin is installed.
  add_custom_command(
    OUTPUT "${nock_object}"
    COMMAND ${CMAKE_LINKER} -r --whole-archive "${nock_cargo_archive}" -o "${nock_object}.all"
    COMMAND ${CMAKE_OBJCOPY} --wildcard "--keep-global-symbol=nock_*" --remove-section .llvmbc --remove-section .llvmcmd
            "${nock_object}.all" "${nock_object}"
    COMMAND ${CMAKE_COMMAND} -E rm -f "${nock_object}.all"
    DEPENDS "${nock_cargo_archive}"
    COMMENT "Hiding everything but nock_*"
    VERBATIM)
  set_source_files_properties("${nock_object}" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  add_custom_target(nock_object DEPENDS "${nock_object}")

  add_library(nock SHARED "${nock_object}")
  add_library(nock_static STATIC "${nock_object}")
  add_dependencies(nock nock_object)
  add_dependencies(nock_static nock_object)

  set(nock_map "${PROJECT_SOURCE_DIR}/cmake/nock.map")
  target_link_options(
    nock
    PRIVATE
    "LINKER:--version-script=${nock_map}"
    LINKER:-z,nodelete
    LINKER:-z,relro
    LINKER:-z,now
    LINKER:--gc-sections
    LINKER:--as-needed)
  # The runtime of a sanitizer comes with the program.
  if(NOT NOCK_SANITIZE)
    target_link_options(nock PRIVATE LINKER:-z,defs)
  endif()
  set_target_properties(nock PROPERTIES LINK_DEPENDS "${nock_map}" VERSION "${PROJECT_VERSION}" SOVERSION "${nock_soversion}")
else()
  # Without the GNU tools the static library is cargo's own: it works, but shows its dependencies' symbols.
  add_custom_target(nock_archive DEPENDS "${nock_cargo_archive}")
  file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/empty.c" CONTENT "typedef int nock_empty;\n")
  # Makes both libraries again whenever cargo made a new archive.
  set_source_files_properties("${PROJECT_BINARY_DIR}/empty.c" PROPERTIES OBJECT_DEPENDS "${nock_cargo_archive}")
  add_library(nock SHARED "${PROJECT_BINARY_DIR}/empty.c")
  add_library(nock_static STATIC "${PROJECT_BINARY_DIR}/empty.c")
  add_dependencies(nock nock_archive)
  add_dependencies(nock_static nock_archive)
  if(APPLE)
    target_link_options(nock PRIVATE "LINKER:-force_load,${nock_cargo_archive}" "LINKER:-exported_symbol,_nock_*")
  else()
    target_link_options(
      nock PRIVATE LINKER:--whole-archive "${nock_cargo_archive}" LINKER:--no-whole-archive
      "LINKER:--version-script=${PROJECT_SOURCE_DIR}/cmake/nock.map" LINKER:-z,nodelete LINKER:--gc-sections)
  endif()
  add_custom_command(
    TARGET nock_static POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy "${nock_cargo_archive}" "$<TARGET_FILE:nock_static>"
    VERBATIM)
  set_target_properties(nock PROPERTIES VERSION "${PROJECT_VERSION}" SOVERSION "${nock_soversion}")
endif()

target_link_libraries(nock PRIVATE ${NOCK_SYSTEM_LIBRARIES})
target_link_libraries(nock_static INTERFACE ${NOCK_SYSTEM_LIBRARIES})
target_compile_definitions(nock_static INTERFACE NOCK_STATIC)
set_target_properties(nock nock_static PROPERTIES LINKER_LANGUAGE C OUTPUT_NAME nock)
set_target_properties(nock_static PROPERTIES EXPORT_NAME static)
foreach(target nock nock_static)
  target_include_directories(${target} INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                                                 "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
endforeach()
add_library(nock::nock ALIAS nock)
add_library(nock::static ALIAS nock_static)
