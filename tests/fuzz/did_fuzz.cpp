// DIDs, addresses, names of chains and a DID's list of machines, as texts from anywhere.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/did.hpp"

#include "base/error.hpp"
#include "fuzz.hpp"
#include "market/chains.hpp"
#include "peaq/operator_attributes.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::textOf(data, size));
  if (const auto address = evm::parseAddress(text)) {
    fuzz::require(evm::parseAddress(evm::toChecksum(*address)) == address, "an address is read back");
    fuzz::require(peaq::checkDid(peaq::didOf(*address)) == peaq::didOf(*address), "its DID is one");
  }
  try {
    fuzz::require(peaq::checkDid(text) == text, "a DID stays as it is given");
    fuzz::require(evm::parseAddress(text.substr(text.rfind(':') + 1)).has_value(), "a DID ends with an address");
  } catch (const Error& error) {
    fuzz::require(error.code == "INVALID_DID" && fuzz::isOneLine(error.message), "the error is one line");
  }
  static_cast<void>(peaq::shortDid(text));
  const std::string chain = market::toCaip2(text);
  fuzz::require(market::toCaip2(chain) == chain, "an identifier of a chain is one already");
  fuzz::require(!market::chainLabel(chain).empty(), "a chain has a label");
  try {
    const auto listed = peaq::listedMachines({{"machines", text}});
    const auto longer = peaq::withMachine(listed, evm::U256(7));
    fuzz::require(longer.size() - listed.size() <= 1, "a list has at most one machine more");
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_MACHINES_LIST" && fuzz::isOneLine(error.message), "the error is one line");
  }
  return 0;
}
