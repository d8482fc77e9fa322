# Install rules: libraries, headers, the CMake package and the pkg-config files.
include(CMakePackageConfigHelpers)

install(TARGETS nock EXPORT nockTargets LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime
                                                NAMELINK_COMPONENT development
                                        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime)
install(TARGETS nock_static EXPORT nockTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
install(FILES include/nock/nock.h include/nock/nock.cdef include/nock/arrow_abi.h
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/nock" COMPONENT development)
install(DIRECTORY include/nock/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/nock" COMPONENT development
        FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)

set(nock_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/nock")
install(EXPORT nockTargets NAMESPACE nock:: DESTINATION "${nock_package_dir}" COMPONENT development)
configure_package_config_file(cmake/nockConfig.cmake.in "${PROJECT_BINARY_DIR}/nockConfig.cmake"
                              INSTALL_DESTINATION "${nock_package_dir}")
# While the major version is 0, each minor version may be a new interface.
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(compatibility SameMinorVersion)
else()
  set(compatibility SameMajorVersion)
endif()
write_basic_package_version_file("${PROJECT_BINARY_DIR}/nockConfigVersion.cmake" COMPATIBILITY ${compatibility})
install(FILES "${PROJECT_BINARY_DIR}/nockConfig.cmake" "${PROJECT_BINARY_DIR}/nockConfigVersion.cmake"
        DESTINATION "${nock_package_dir}" COMPONENT development)

# pkg-config: folders below the prefix are written relative to it, so that the prefix can move; others as they are.
foreach(kind LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_${kind}}")
    set(nock_pc_${kind} "${CMAKE_INSTALL_${kind}}")
  else()
    set(nock_pc_${kind} "\${prefix}/${CMAKE_INSTALL_${kind}}")
  endif()
endforeach()
list(TRANSFORM NOCK_SYSTEM_LIBRARIES PREPEND "-l" OUTPUT_VARIABLE nock_pc_private)
list(JOIN nock_pc_private " " nock_pc_private)
set(nock_prefix_mark "@PREFIX@")
foreach(name nock nock-static)
  configure_file("cmake/${name}.pc.in" "${PROJECT_BINARY_DIR}/${name}.pc.prefix" @ONLY)
endforeach()
# The prefix is known only when the files are installed: `cmake --install --prefix` may change it.
install(
  CODE "
  foreach(name nock nock-static)
    file(READ \"${PROJECT_BINARY_DIR}/\${name}.pc.prefix\" text)
    string(REPLACE \"@PREFIX@\" \"\${CMAKE_INSTALL_PREFIX}\" text \"\${text}\")
    file(WRITE \"${PROJECT_BINARY_DIR}/\${name}.pc\" \"\${text}\")
  endforeach()"
  COMPONENT development)
install(FILES "${PROJECT_BINARY_DIR}/nock.pc" "${PROJECT_BINARY_DIR}/nock-static.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)

# `--strip` knows shared libraries only; the debug information of the static one is ten times its code.
if(nock_one_object)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    set(nock_installed_archive "\$ENV{DESTDIR}${CMAKE_INSTALL_LIBDIR}/$<TARGET_FILE_NAME:nock_static>")
  else()
    set(nock_installed_archive
        "\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/$<TARGET_FILE_NAME:nock_static>")
  endif()
  install(
    CODE "
    if(CMAKE_INSTALL_DO_STRIP)
      execute_process(COMMAND \"${CMAKE_OBJCOPY}\" --strip-debug \"${nock_installed_archive}\" COMMAND_ERROR_IS_FATAL ANY)
    endif()"
    COMPONENT development)
endif()
