# Third-party libraries, built from the pinned sources that tools/setup.sh fetched.
# SPDX-License-Identifier: Apache-2.0

set(PEAQOS_SOURCES ${CMAKE_SOURCE_DIR}/.deps/sources CACHE PATH "Folder with the sources of the third-party libraries")
if(NOT EXISTS ${PEAQOS_SOURCES}/bip39)
  message(FATAL_ERROR "${PEAQOS_SOURCES} holds no third-party sources: run tools/setup.sh first")
endif()

add_library(nlohmann_json INTERFACE)
target_include_directories(nlohmann_json SYSTEM INTERFACE ${PEAQOS_SOURCES}/nlohmann-json)
target_compile_definitions(nlohmann_json INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0)

# libsecp256k1: three files make the library. The WASM module takes smaller tables (1.1 MB less for about 10 % less speed)
# and is built for size (135 KB less, and a signature takes 0.10 ms instead of 0.08).
set(secp256k1 ${PEAQOS_SOURCES}/secp256k1)
add_library(secp256k1 STATIC ${secp256k1}/src/secp256k1.c ${secp256k1}/src/precomputed_ecmult.c
                             ${secp256k1}/src/precomputed_ecmult_gen.c)
target_include_directories(secp256k1 SYSTEM PUBLIC ${secp256k1}/include)
target_compile_definitions(secp256k1 PRIVATE ENABLE_MODULE_RECOVERY=1 PUBLIC SECP256K1_STATIC)
if(EMSCRIPTEN)
  target_compile_definitions(secp256k1 PRIVATE ECMULT_WINDOW_SIZE=8 COMB_BLOCKS=11 COMB_TEETH=6)
else()
  target_compile_definitions(secp256k1 PRIVATE ECMULT_WINDOW_SIZE=15 COMB_BLOCKS=43 COMB_TEETH=6)
endif()
target_compile_options(secp256k1 PRIVATE -w)

add_library(qrcodegen STATIC ${PEAQOS_SOURCES}/qrcodegen/qrcodegen.c)
target_include_directories(qrcodegen SYSTEM PUBLIC ${PEAQOS_SOURCES}/qrcodegen)
target_compile_options(qrcodegen PRIVATE -w)

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
            --minimized-build --enable-modules=scrypt,aes,gcm,pbkdf2,hmac,sha2_32,sha2_64,ed25519,rmd160,blake2
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
  # The table of Ed25519 is copied number by number at the start of a program (54 KB of code) unless it is a constant.
  string(REPLACE "~FE_25519() { secure_scrub" "constexpr ~FE_25519() { if(!std::is_constant_evaluated()) secure_scrub"
                 botan_text "${botan_text}")
  string(REPLACE "FE_25519(std::initializer_list<int32_t> x) {" "constexpr FE_25519(std::initializer_list<int32_t> x) : m_fe() {"
                 botan_text "${botan_text}")
  string(REPLACE "copy_mem(m_fe, x.begin(), 10);" "std::copy(x.begin(), x.end(), m_fe);" botan_text "${botan_text}")
  string(REPLACE "static const ge_precomp" "static constexpr ge_precomp" botan_text "${botan_text}")
  # The innermost function of scrypt. With -fexceptions each call of what may throw goes through JavaScript in WASM.
  string(REGEX REPLACE "(salsa_core\\(uint8_t output\\[64\\], const uint32_t input\\[16\\], size_t rounds\\))" "\\1 noexcept"
                       botan_text "${botan_text}")
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
