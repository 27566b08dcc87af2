// DID documents of the second generation, as the MachineRegistry keeps them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evm/abi.hpp"

namespace peaqos::peaq::v2 {

struct VerificationMethod {
  std::string id = {}, methodType = {};
  evm::Address controller = {};
  std::string publicKeyMultibase = {};
  friend bool operator==(const VerificationMethod&, const VerificationMethod&) = default;
};

struct ServiceEndpoint {
  std::string id = {}, serviceType = {}, serviceEndpoint = {};
  friend bool operator==(const ServiceEndpoint&, const ServiceEndpoint&) = default;
};

struct DidDocument {
  std::string id = {};  // empty in calls: the contract answers the DID
  evm::Address controller = {};
  std::vector<VerificationMethod> verificationMethods = {};
  std::vector<evm::U256> authentication = {};  // indices into verificationMethods
  std::vector<ServiceEndpoint> serviceEndpoints = {};
  friend bool operator==(const DidDocument&, const DidDocument&) = default;
};

// As arguments of a call: the whole document, and its arrays.
evm::AbiValue toAbi(const DidDocument& document);
evm::AbiValue toAbi(const std::vector<VerificationMethod>& methods);
evm::AbiValue toAbi(const std::vector<evm::U256>& authentication);
evm::AbiValue toAbi(const std::vector<ServiceEndpoint>& endpoints);

// The answer of didDocument(uint256). Nothing for bytes that are no document, and for those whose parts overlap, which
// no contract encodes and which could spell out far more than they hold.
std::optional<DidDocument> documentFrom(BytesView encoded);

}  // namespace peaqos::peaq::v2
