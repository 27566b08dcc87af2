# The versions that --version prints are those of the two npm packages.
# SPDX-License-Identifier: Apache-2.0

function(read_version package variable)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${package}/package.json)
  file(READ ${CMAKE_SOURCE_DIR}/${package}/package.json json)
  string(JSON version GET "${json}" version)
  set(${variable} ${version} PARENT_SCOPE)
endfunction()

read_version(node-cli PEAQOS_VERSION)
read_version(wasm PEAQOS_CORE_VERSION)
