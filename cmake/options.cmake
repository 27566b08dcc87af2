# How every target is compiled, and what own code must hold to.
# SPDX-License-Identifier: Apache-2.0

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  # What ccache must overlook to work with a precompiled header (its manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endif()

option(PEAQOS_FUZZ "Instrument everything for libFuzzer" OFF)
if(PEAQOS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

add_compile_options(-ffunction-sections -fdata-sections)
if(EMSCRIPTEN)
  # Not -fwasm-exceptions: clang splits coroutines with its funclets into invalid functions. Version 19 crashes on them now
  # and then; 21 does not, but `opt -passes=verify` still finds uses of values that need not have been computed.
  add_compile_options(-fexceptions)
  add_link_options(-fexceptions -Os)  # wasm-opt -Oz takes 40 KB more away, and a key derivation then takes 1.4 times as long
else()
  add_link_options(-Wl,--gc-sections)
endif()

# Warnings of own code; third-party headers are system headers to it.
add_library(peaqos_options INTERFACE)
target_compile_options(peaqos_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
                                                -Woverloaded-virtual -Wimplicit-fallthrough -Werror)

# Speed counts more than size in crypto: -Oz costs keccak a factor of five.
add_library(peaqos_fast INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "MinSizeRel")
  target_compile_options(peaqos_fast INTERFACE -O2)
endif()
