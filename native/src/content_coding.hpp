// Content codings of answers (RFC 9110, section 8.4.1), the same as wasm/node/content_coding.mjs has them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/transport.hpp"

namespace peaqos::native {

// Why a body could not be decoded: TransportFailure::Coding with its detail, or TooLarge.
struct CodingError {
  host::TransportFailure failure;
  std::string detail = {};
};

// Replaces a body in gzip, deflate or br, or several of them, by what it stands for, and removes the header fields that
// described the coded body: content-encoding and content-length. Throws CodingError.
void decodeContent(host::Response& response);

}  // namespace peaqos::native
