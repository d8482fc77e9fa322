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

# nock_libraries(<shared> <static> <folder> <archive>): make both libraries from a static library of cargo's; what lies between
# is made in the folder.
function(nock_libraries shared static folder archive)
  set(object "${folder}/nock.o")
  # Sections with LLVM bitcode, which the standard library's objects carry, make GNU ar and nm abort where an LLVM
  # linker plugin is installed.
  add_custom_command(
    OUTPUT "${object}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${folder}"
    COMMAND ${CMAKE_LINKER} -r --whole-archive "${archive}" -o "${object}.all"
    COMMAND ${CMAKE_OBJCOPY} --wildcard "--keep-global-symbol=nock_*" --remove-section .llvmbc --remove-section .llvmcmd
            "${object}.all" "${object}"
    COMMAND ${CMAKE_COMMAND} -E rm -f "${object}.all"
    DEPENDS "${archive}"
    COMMENT "Hiding everything but nock_*"
    VERBATIM)
  set_source_files_properties("${object}" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  add_custom_target(${shared}_object DEPENDS "${object}")

  add_library(${shared} SHARED "${object}")
  add_library(${static} STATIC "${object}")
  add_dependencies(${shared} ${shared}_object)
  add_dependencies(${static} ${shared}_object)

  set(map "${PROJECT_SOURCE_DIR}/cmake/nock.map")
  target_link_options(
    ${shared}
    PRIVATE
    "LINKER:--version-script=${map}"
    LINKER:-z,nodelete
    LINKER:-z,relro
    LINKER:-z,now
    LINKER:--gc-sections
    LINKER:--as-needed)
  # The runtime of a sanitizer comes with the program.
  if(NOT NOCK_SANITIZE)
    target_link_options(${shared} PRIVATE LINKER:-z,defs)
  endif()
  set_target_properties(${shared} PROPERTIES LINK_DEPENDS "${map}")
endfunction()

# nock_properties(<shared> <static>): what both have besides code.
function(nock_properties shared static)
  target_link_libraries(${shared} PRIVATE ${NOCK_SYSTEM_LIBRARIES})
  target_link_libraries(${static} INTERFACE ${NOCK_SYSTEM_LIBRARIES})
  target_compile_definitions(${static} INTERFACE NOCK_STATIC)
  set_target_properties(${shared} ${static} PROPERTIES LINKER_LANGUAGE C OUTPUT_NAME nock)
  set_target_properties(${shared} PROPERTIES VERSION "${PROJECT_VERSION}" SOVERSION "${nock_soversion}")
  foreach(target ${shared} ${static})
    target_include_directories(${target} INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                                                   "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  endforeach()
endfunction()

if(nock_one_object)
  nock_libraries(nock nock_static "${PROJECT_BINARY_DIR}" "${nock_cargo_archive}")
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
endif()

nock_properties(nock nock_static)
set_target_properties(nock_static PROPERTIES EXPORT_NAME static)
add_library(nock::nock ALIAS nock)
add_library(nock::static ALIAS nock_static)
