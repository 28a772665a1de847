# SPDX-License-Identifier: EUPL-1.2
# Two helpers, so that a folder's CMakeLists.txt is a list of sources and arrows.

# samenspel_library(common_base SOURCES a.cc LINK other_target ...)
function(samenspel_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC samenspel_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# samenspel_test(common_base_test SOURCES a_test.cc LINK common_base [LABEL name] [TIMEOUT seconds] [ALONE])
# One ctest entry per test case; LABEL groups them for tests/run.sh, ALONE runs none beside them.
function(samenspel_test name)
  cmake_parse_arguments(ARG "ALONE" "LABEL;TIMEOUT" "SOURCES;LINK" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE samenspel_flags ${ARG_LINK} GTest::gmock GTest::gtest_main)
  if(ARG_LABEL STREQUAL unit)
    # Each is run more seldom than it is compiled; the code under test keeps its own flags.
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  endif()
  set(alone)
  if(ARG_ALONE)
    set(alone RUN_SERIAL TRUE)
  endif()
  gtest_discover_tests(${name} TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
                       PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT} ${alone})
endfunction()
