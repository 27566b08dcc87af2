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

add_compile_options(-ffunction-sections -fdata-sections)
# Assertions of libraries hold the path of their source: what is built is the same in whichever folder it is.
add_compile_options(-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(EMSCRIPTEN)
  # clang splits coroutines whose landing pads join different values of one variable into invalid functions (a unique_ptr
  # that is set in two branches before a co_await). The verifier makes that an error: give such a value a function of its own.
  add_compile_options(-fwasm-exceptions -fverify-intermediate-code $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
  add_compile_definitions(EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)  # embind's messages would name C++ types by run-time types
  add_link_options(-fwasm-exceptions -fno-rtti -Os)  # wasm-opt -Oz takes 40 KB more away, and a key derivation then takes 1.4 times as long
else()
  add_link_options(-Wl,--gc-sections)
endif()

# Files of one library share what they instantiate: a build from nothing takes a third of the time. clang-tidy wants each
# file for itself.
option(PEAQOS_UNITY "Compile own code several files at a time" ON)

# Warnings of own code; third-party headers are system headers to it.
add_library(peaqos_options INTERFACE)
target_compile_options(peaqos_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
                                                -Woverloaded-virtual -Wimplicit-fallthrough -Werror)

option(PEAQOS_SANITIZED "Built under sanitizers, with the fuzz targets" OFF)

# libFuzzer looks for new ways through the core; third-party code and tests stay as they are.
option(PEAQOS_FUZZ "Instrument the core for libFuzzer" OFF)
add_library(peaqos_fuzzed INTERFACE)
if(PEAQOS_FUZZ)
  target_compile_options(peaqos_fuzzed INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Under sanitizers little is optimized, since that costs more than it saves, but for what every test spends its time in.
add_library(peaqos_busy INTERFACE)
if(PEAQOS_SANITIZED)
  target_compile_options(peaqos_busy INTERFACE -O1)
endif()

# Speed counts more than size in crypto, -Oz costs keccak a factor of five; and without optimization it is most of what
# the tests of whole commands take.
add_library(peaqos_fast INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "MinSizeRel" OR PEAQOS_SANITIZED)
  target_compile_options(peaqos_fast INTERFACE -O2)
endif()
