// Whether a machine takes part in monetisation: what its owner or controller signs, and the API that takes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/json.hpp"
#include "evm/address.hpp"
#include "evm/signer.hpp"
#include "evm/u256.hpp"
#include "host/http.hpp"

namespace peaqos::peaq::v2 {

struct Choice {
  evm::Address registry;  // MachineRegistry
  std::uint64_t chainId = 0;
  evm::U256 machineId;
  bool optedIn = false;
  std::uint64_t timestamp = 0;  // Unix seconds
};

// The text that is signed as a personal message (EIP-191).
std::string messageOf(const Choice& choice);

// Which version of the API a deployment speaks.
struct MonetizationTerms {
  std::string version;
  std::uint64_t chainId = 0;
  evm::Address registry;
};

class MonetizationApi {
 public:
  MonetizationApi(host::HttpClient& http, std::string baseUrl) : http_(http), baseUrl_(std::move(baseUrl)) {}

  // GET /.well-known/peaq-monetization. Throws Error (Configuration) "MONETIZATION_API_INCOMPATIBLE" where the API is
  // of another version, chain or registry, or has no such page; Network as MonetizationApi::status() otherwise.
  Task<void> check(MonetizationTerms terms);

  // GET /machine/{id}/monetization: {machine_id, status: PENDING | OPTED_IN | OPTED_OUT, signer, updated_at}. Throws
  // Error (Network): the server's own code where it sends one, else as mcrRefusal() has it.
  Task<Json> status(evm::U256 machineId);

  // PUT: the status afterwards. Sent once.
  Task<Json> choose(Choice choice, evm::MessageSignature signature);

 private:
  Task<Json> statusFrom(host::Request request, evm::U256 machineId, std::string operation);

  host::HttpClient& http_;
  std::string baseUrl_;
};

}  // namespace peaqos::peaq::v2
