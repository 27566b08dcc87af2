// The DID document of a machine for which none is given, by the conventions that are known.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "peaq/v2/document.hpp"

namespace peaqos::peaq::v2 {

// What the documented flags of activation say; empty where they do not.
struct PublishedUrls {
  std::string documentation = {}, dataApi = {}, visibility = {};
};

// The account's key as the only verification method, which authenticates, and a service endpoint for each thing that is
// published. The controller is set by whoever activates.
DidDocument usualDocument(const evm::Address& account, const PublishedUrls& published);

}  // namespace peaqos::peaq::v2
