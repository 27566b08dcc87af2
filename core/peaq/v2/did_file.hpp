// Files of DID documents: JSON with verificationMethods, authentication and serviceEndpoints.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "peaq/v2/document.hpp"

namespace peaqos::peaq::v2 {

// Larger files are no DID document.
constexpr std::size_t kLargestDidFile = 1U << 20;

// Reads the arrays of a document. `what` names the file in messages, e.g. "--did-document file 'did.json'". The three
// members must be there, and nothing else: id and controller are made, not given. Unknown, missing and repeated members
// are refused at any depth, with their JSON path. Throws Error (Input) "BAD_DID_DOCUMENT".
DidDocument readDidFile(std::string_view text, const std::string& what);

// As above, for files that hold one array alone.
std::vector<VerificationMethod> readMethodsFile(std::string_view text, const std::string& what);
std::vector<ServiceEndpoint> readEndpointsFile(std::string_view text, const std::string& what);

// The text of such a file for a document's arrays.
std::string didFileOf(const DidDocument& document);

}  // namespace peaqos::peaq::v2
