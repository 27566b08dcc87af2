// A DID document and its arrays as arguments of calls, read back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "peaq/v2/document.hpp"

namespace peaqos::peaq::v2 {

// The argument at a place of the head. Nothing for bytes that documentFrom() refuses.
std::optional<DidDocument> documentAt(BytesView arguments, std::size_t index);
std::optional<std::vector<VerificationMethod>> methodsAt(BytesView arguments, std::size_t index);
std::optional<std::vector<evm::U256>> authenticationAt(BytesView arguments, std::size_t index);
std::optional<std::vector<ServiceEndpoint>> endpointsAt(BytesView arguments, std::size_t index);

}  // namespace peaqos::peaq::v2
