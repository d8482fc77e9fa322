# NOCK_SANITIZE for the programs: C tests and examples.
#
# Rust's compiler is newer than the system's C compiler, and its instrumentation calls functions that an older runtime
# lacks. So every program takes the runtime that comes with Rust; the C code's calls are a subset of its functions.
if(NOT NOCK_SANITIZE)
  return()
endif()
execute_process(COMMAND "${RUSTC_EXECUTABLE}" --print target-libdir OUTPUT_VARIABLE rustc_libs
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(SUBSTRING "${NOCK_SANITIZE}" 0 1 nock_sanitizer_initial)
file(GLOB runtime "${rustc_libs}/librustc*_rt.${nock_sanitizer_initial}san.a")
if(NOT runtime)
  message(FATAL_ERROR "NOCK_SANITIZE=${NOCK_SANITIZE}: ${rustc_libs} has no runtime for it")
endif()

if(NOCK_SANITIZE STREQUAL "address")
  set(nock_sanitize_flags -fsanitize=address,undefined -fno-sanitize-recover=all)
else()
  set(nock_sanitize_flags -fsanitize=${NOCK_SANITIZE})
endif()
list(APPEND nock_sanitize_flags -fno-omit-frame-pointer)
add_compile_options(${nock_sanitize_flags})
add_link_options("$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:LINKER:--export-dynamic,--whole-archive,${runtime},--no-whole-archive>")
link_libraries($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:rt> pthread m dl)
# The same for programs that CMake does not link itself.
set(nock_sanitize_libraries "-Wl,--export-dynamic,--whole-archive,${runtime},--no-whole-archive" -lrt -lpthread -lm -ldl)
