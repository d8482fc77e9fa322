# Every system call on a file made to fail, one after the other.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT "shared" IN_LIST NOCK_LINK)
  return()
endif()

add_library(syscall_scenario_object OBJECT syscalls/scenario.c)
target_link_libraries(syscall_scenario_object PRIVATE nock_headers)
nock_add_program(syscall_scenario shared)
add_test(NAME syscalls.fail COMMAND syscalls/run.sh $<TARGET_FILE:syscall_scenario.shared>
         WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
set_tests_properties(syscalls.fail PROPERTIES LABELS unit TIMEOUT 1200 SKIP_RETURN_CODE 77)
