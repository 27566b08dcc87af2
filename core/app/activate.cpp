// SPDX-License-Identifier: Apache-2.0
#include "app/activate.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "app/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

// What a DID attribute can hold: printable ASCII, at most peaq::kLongestValue bytes (chain.md 4.2).
void checkAttribute(const std::string& value, const std::string& field) {
  if (value.empty()) {
    throw inputError("MISSING_FIELD", field + " is empty", "Give a URL such as https://example.com/docs");
  }
  const bool ascii = std::ranges::all_of(value, [](char c) { return c > 0x20 && c < 0x7F; });
  if (!ascii) {
    throw inputError("BAD_FIELD", field + " holds a blank or a character outside ASCII: '" + printable(value) + "'",
                     "Percent-encode it");
  }
  if (value.size() > peaq::kLongestValue) {
    throw inputError("BAD_FIELD",
                     field + " has " + std::to_string(value.size()) + " bytes; a DID attribute holds " +
                         std::to_string(peaq::kLongestValue),
                     "Give a shorter URL");
  }
}

void check(const ActivateRequest& request, const Caller& caller) {
  constexpr std::array<std::string_view, 3> kVisibilities = {"public", "private", "onchain"};
  checkAttribute(request.docUrl, caller.fieldName("doc-url"));
  checkAttribute(request.dataApi, caller.fieldName("data-api"));
  if (request.visibility && std::ranges::find(kVisibilities, *request.visibility) == kVisibilities.end()) {
    throw inputError("BAD_FIELD", caller.fieldName("visibility") + " is '" + printable(*request.visibility) + "'",
                     "Use public, private or onchain");
  }
}

}  // namespace

Task<peaq::ActivationResult> activate(ActivateRequest request, Caller caller) {
  check(request, caller);
  const auto session = co_await Session::open(caller);
  const Configuration& configuration = session->configuration;
  const std::unique_ptr<evm::Signer> signer = configuration.signer();
  evm::RpcClient rpc = session->rpc();
  evm::Journal journal(caller.host.files, caller.host.clock);
  co_return co_await peaq::activate({.docUrl = std::move(request.docUrl),
                                     .dataApi = std::move(request.dataApi),
                                     .visibility = std::move(request.visibility),
                                     .skipFunding = request.skipFunding},
                                    {.rpc = rpc,
                                     .journal = journal,
                                     .clock = caller.host.clock,
                                     .conversation = caller.conversation,
                                     .signer = *signer,
                                     .contracts = configuration.contracts(),
                                     .network = configuration.network(),
                                     .receiptTimeout = configuration.receiptTimeout()});
}

Json toJson(const peaq::ActivationResult& result) {
  return {{"machineId", evm::toJson(result.machineId)},
          {"tokenId", evm::toJson(result.tokenId)},
          {"machineDid", result.machineDid}};
}

}  // namespace peaqos::app
