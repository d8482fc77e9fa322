# Runs cargo from CMake.
#
# cargo keeps its files below the build folder. Its dependency file tells CMake when to run it again, so that a build
# with nothing changed does not even start it.

find_program(CARGO_EXECUTABLE cargo HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin" REQUIRED)

if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(nock_cargo_profile dev)
  set(nock_cargo_folder debug)
else()
  set(nock_cargo_profile release)
  set(nock_cargo_folder release)
endif()

# NOCK_SANITIZE: the library's own code is instrumented, which a stable compiler does only when it is told that it may.
# A target triple keeps the flags away from build scripts. The standard library that comes compiled is not instrumented; with
# Rust's source (rustup component add rust-src) it is built along. mimalloc is C code that nothing instruments: memory that
# it hands from thread to thread would look like a race.
set(nock_cargo_environment)
set(nock_cargo_target_args)
if(NOCK_SANITIZE)
  find_program(RUSTC_EXECUTABLE rustc HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin" REQUIRED)
  execute_process(COMMAND "${RUSTC_EXECUTABLE}" -vV OUTPUT_VARIABLE rustc_says COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCH "host: ([^\n]+)" rustc_host "${rustc_says}")
  set(nock_cargo_target_args --target "${CMAKE_MATCH_1}" --no-default-features)
  string(PREPEND nock_cargo_folder "${CMAKE_MATCH_1}/")
  set(nock_cargo_environment RUSTC_BOOTSTRAP=1
                             "RUSTFLAGS=-Zsanitizer=${NOCK_SANITIZE} -Cunsafe-allow-abi-mismatch=sanitizer")
  execute_process(COMMAND "${RUSTC_EXECUTABLE}" --print sysroot OUTPUT_VARIABLE rustc_sysroot
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  if(EXISTS "${rustc_sysroot}/lib/rustlib/src/rust/library/std/Cargo.toml")
    set(nock_instrumented_std TRUE)
    list(APPEND nock_cargo_target_args -Zbuild-std)
  endif()
endif()

set(nock_cargo_features)
if(NOCK_JEMALLOC)
  if(NOCK_SANITIZE)
    message(FATAL_ERROR "NOCK_JEMALLOC: nothing instruments jemalloc, so it cannot be built with NOCK_SANITIZE")
  endif()
  set(nock_cargo_features --features jemalloc)
endif()

# One cargo at a time: two would only wait for each other's lock.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS nock_cargo=1)

# nock_cargo(<target folder below the build folder> ARGS <cargo arguments...> OUTPUTS <file names...>)
#
# Each output lies in ${PROJECT_BINARY_DIR}/<folder>/${nock_cargo_folder}/. The first one is the one that cargo names first in
# its dependency file, which lists them in the order of their names.
function(nock_cargo folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "ARGS;OUTPUTS")
  set(target_dir "${PROJECT_BINARY_DIR}/${folder}")
  list(TRANSFORM arg_OUTPUTS PREPEND "${target_dir}/${nock_cargo_folder}/")
  set(depfile)
  if(CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    set(depfile DEPFILE "${target_dir}/${nock_cargo_folder}/libnock.d")
  endif()
  list(JOIN arg_ARGS " " words)
  set(job_pool)
  if(CMAKE_GENERATOR MATCHES "Ninja")
    set(job_pool JOB_POOL nock_cargo)
  endif()
  # A jobserver of make and a target folder of the user's must not reach this cargo. The outputs are touched because
  # cargo leaves them alone when, say, only a comment in Cargo.toml changed.
  add_custom_command(
    OUTPUT ${arg_OUTPUTS}
    COMMAND
      ${CMAKE_COMMAND} -E env --unset=MAKEFLAGS --unset=MFLAGS --unset=MAKELEVEL --unset=CARGO_TARGET_DIR
      --unset=CARGO_BUILD_TARGET_DIR --unset=CARGO_BUILD_TARGET ${nock_cargo_environment} ${CARGO_EXECUTABLE} ${arg_ARGS}
      --quiet --locked --lib --profile ${nock_cargo_profile} --target-dir ${target_dir}
      ${nock_cargo_target_args} ${nock_cargo_features} ${NOCK_CARGO_FLAGS}
    COMMAND ${CMAKE_COMMAND} -E touch ${arg_OUTPUTS}
    DEPENDS "${PROJECT_SOURCE_DIR}/Cargo.toml" "${PROJECT_SOURCE_DIR}/Cargo.lock" "${PROJECT_SOURCE_DIR}/build.rs"
    ${depfile}
    ${job_pool}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    COMMENT "cargo ${words}"
    VERBATIM)
endfunction()
