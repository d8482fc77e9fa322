# Projects of users, built against an installation of this build in a folder of its own.
set(prefix "${PROJECT_BINARY_DIR}/prefix")
set(consumers "${CMAKE_CURRENT_SOURCE_DIR}/consumers")
add_test(NAME install.prefix COMMAND "${CMAKE_COMMAND}" --install "${PROJECT_BINARY_DIR}" --prefix "${prefix}" --strip)
set_tests_properties(install.prefix PROPERTIES FIXTURES_SETUP nock_prefix LABELS install)

# nock_consumer(<name> COMMAND...): one test that needs the installation.
function(nock_consumer name)
  add_test(NAME install.${name} COMMAND ${ARGN})
  set_tests_properties(
    install.${name} PROPERTIES FIXTURES_REQUIRED nock_prefix LABELS install TIMEOUT 1500 SKIP_RETURN_CODE 77
                               ENVIRONMENT "CC=${CMAKE_C_COMPILER}")
endfunction()

foreach(link shared static)
  nock_consumer(find_package.${link} "${consumers}/find_package.sh" "${prefix}"
                "${PROJECT_BINARY_DIR}/consumers/${link}" ${link})
endforeach()
nock_consumer(pkg_config "${consumers}/pkg_config.sh" "${prefix}" "${PROJECT_BINARY_DIR}/consumers/pkg_config"
              "${CMAKE_C_COMPILER}" "$<IF:$<BOOL:${NOCK_CXX}>,${NOCK_CXX},>")
nock_consumer(subdirectory "${consumers}/subdirectory.sh" "${PROJECT_SOURCE_DIR}"
              "${PROJECT_BINARY_DIR}/consumers/subdirectory")
if(nock_one_object)
  nock_consumer(symbols "${CMAKE_CURRENT_SOURCE_DIR}/symbols/check.sh" "${symbols_list}"
                "${prefix}/${CMAKE_INSTALL_LIBDIR}/libnock.so" "${prefix}/${CMAKE_INSTALL_LIBDIR}/libnock.a")
endif()
