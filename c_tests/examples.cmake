# The program that the README shows does what it says.
if(TARGET first)
  add_test(NAME examples.first COMMAND first WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
  set_tests_properties(examples.first PROPERTIES LABELS examples PASS_REGULAR_EXPRESSION "number: \\[1,2,3,null\\]")
endif()
