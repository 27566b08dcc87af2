# Third-party libraries, built from the pinned sources that tools/setup.sh fetched.
# SPDX-License-Identifier: Apache-2.0

set(PEAQOS_SOURCES ${CMAKE_SOURCE_DIR}/.deps/sources CACHE PATH "Folder with the sources of the third-party libraries")
if(NOT EXISTS ${PEAQOS_SOURCES}/bip39)
  message(FATAL_ERROR "${PEAQOS_SOURCES} holds no third-party sources: run tools/setup.sh first")
endif()

add_library(nlohmann_json INTERFACE)
target_include_directories(nlohmann_json SYSTEM INTERFACE ${PEAQOS_SOURCES}/nlohmann-json)
target_compile_definitions(nlohmann_json INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0)

# It reads JSON texts, of which the core makes values of nlohmann-json; with that one's own reader, listing 1,000 wallets
# takes a quarter more time in WASM.
add_library(yyjson STATIC ${PEAQOS_SOURCES}/yyjson/yyjson.c)
target_include_directories(yyjson SYSTEM PUBLIC ${PEAQOS_SOURCES}/yyjson)
target_compile_definitions(yyjson PRIVATE YYJSON_DISABLE_WRITER=1 YYJSON_DISABLE_UTILS=1 YYJSON_DISABLE_NON_STANDARD=1
                                          YYJSON_DISABLE_FAST_FP_CONV=1)
target_compile_options(yyjson PRIVATE -w)

# libsecp256k1: three files make the library. The WASM module takes the smallest tables of the base point (1.1 MB less)
# and products of 32 by 32 bits, as WebAssembly has none of 64 by 64: a signature takes 0.05 ms instead of 0.08.
set(secp256k1 ${PEAQOS_SOURCES}/secp256k1)
add_library(secp256k1 STATIC ${secp256k1}/src/secp256k1.c ${secp256k1}/src/precomputed_ecmult.c
                             ${secp256k1}/src/precomputed_ecmult_gen.c)
target_include_directories(secp256k1 SYSTEM PUBLIC ${secp256k1}/include)
target_compile_definitions(secp256k1 PRIVATE ENABLE_MODULE_RECOVERY=1 PUBLIC SECP256K1_STATIC)
if(EMSCRIPTEN)
  target_compile_definitions(secp256k1 PRIVATE ECMULT_WINDOW_SIZE=5 COMB_BLOCKS=2 COMB_TEETH=5 USE_FORCE_WIDEMUL_INT64=1)
else()
  target_compile_definitions(secp256k1 PRIVATE ECMULT_WINDOW_SIZE=15 COMB_BLOCKS=43 COMB_TEETH=6)
endif()
target_compile_options(secp256k1 PRIVATE -w)

add_library(qrcodegen STATIC ${PEAQOS_SOURCES}/qrcodegen/qrcodegen.c)
target_include_directories(qrcodegen SYSTEM PUBLIC ${PEAQOS_SOURCES}/qrcodegen)
target_compile_options(qrcodegen PRIVATE -w)

# Ed25519 without tables of the base point (30 KB of random numbers in Botan's), in constant time all the same.
set(ed25519 ${PEAQOS_SOURCES}/ed25519)
add_library(ed25519 STATIC ${ed25519}/ge25519.c ${ed25519}/fe25519.c ${ed25519}/fe.c ${ed25519}/cleanup.c
                           ${ed25519}/crypto_verify_32.c ${ed25519}/cryptoint/int16_optblocker.c
                           ${ed25519}/cryptoint/uint32_optblocker.c
                           ${ed25519}/cryptoint/uint64_optblocker.c)
target_include_directories(ed25519 SYSTEM PUBLIC ${ed25519} ${ed25519}/cryptoint)
target_compile_options(ed25519 PRIVATE -w)

# Botan, only the modules that the vault needs, as the one source file that its own script puts together (python3).
# AES-NI and the like are left out: the same code runs natively and in WASM.
set(botan ${CMAKE_BINARY_DIR}/botan)
if(EMSCRIPTEN)
  set(botan_target --cc=emcc --cc-bin=em++ --os=emscripten --cpu=wasm)
else()
  set(botan_target --cc=clang --cc-bin=${CMAKE_CXX_COMPILER})
endif()
file(READ ${PEAQOS_SOURCES}/botan/.archive botan_archive)
file(SHA256 ${CMAKE_CURRENT_LIST_FILE} botan_recipe)
string(APPEND botan_archive ${botan_recipe})
if(EXISTS ${botan}/made-from)
  file(READ ${botan}/made-from botan_made_from)
endif()
if(NOT "${botan_made_from}" STREQUAL "${botan_archive}")
  file(MAKE_DIRECTORY ${botan})
  execute_process(
    COMMAND python3 ${PEAQOS_SOURCES}/botan/configure.py ${botan_target} --with-build-dir=. --amalgamation
            --minimized-build --enable-modules=scrypt,aes,gcm,pbkdf2,hmac,sha2_32,sha2_64,rmd160,blake2
            --disable-shared-library --build-targets=static --no-store-vc-rev --quiet
    WORKING_DIRECTORY ${botan} ERROR_VARIABLE botan_problem RESULT_VARIABLE botan_failed)
  if(botan_failed)
    message(FATAL_ERROR "Botan's configure.py failed:\n${botan_problem}")
  endif()
  # Its messages are put together by iostreams, which bring 150 KB of locales into the module: a text will do.
  file(READ ${botan}/botan_all.cpp botan_text)
  file(READ ${CMAKE_SOURCE_DIR}/cmake/botan_text.hpp botan_formatter)
  string(REPLACE "namespace fmt_detail {\n" "namespace fmt_detail {\n${botan_formatter}" botan_text "${botan_text}")
  string(REPLACE "std::ostringstream& oss" "Text& oss" botan_text "${botan_text}")
  string(REPLACE "   std::ostringstream oss;\n   oss.imbue(std::locale::classic());\n   fmt_detail::"
                 "   fmt_detail::Text oss;\n   fmt_detail::" botan_text "${botan_text}")
  foreach(name mode_name format)
    string(REPLACE "std::ostringstream ${name};" "fmt_detail::Text ${name};" botan_text "${botan_text}")
  endforeach()
  file(WRITE ${botan}/botan_all.cpp "${botan_text}")
  file(WRITE ${botan}/made-from ${botan_archive})
endif()
add_library(botan STATIC ${botan}/botan_all.cpp)
target_include_directories(botan SYSTEM PUBLIC ${botan})
# Fast and without sanitizers also under the asan preset: a key derivation would take seconds there.
target_compile_options(botan PRIVATE -w -O2 $<$<NOT:$<BOOL:${EMSCRIPTEN}>>:-fno-sanitize=all>)

# GoogleTest from the distribution's sources, so that it has the same sanitizers and exceptions as what it tests.
set(PEAQOS_GOOGLETEST /usr/src/googletest/googletest CACHE PATH "Source folder of GoogleTest")
add_library(googletest STATIC EXCLUDE_FROM_ALL ${PEAQOS_GOOGLETEST}/src/gtest-all.cc)
target_include_directories(googletest SYSTEM PUBLIC ${PEAQOS_GOOGLETEST}/include PRIVATE ${PEAQOS_GOOGLETEST})
if(EMSCRIPTEN)
  target_compile_definitions(googletest PUBLIC GTEST_HAS_PTHREAD=0)
endif()
target_compile_options(googletest PRIVATE -w)
