// A node's error, as its JSON or as a bare message: a revert of one line with words for the user, or none.
// SPDX-License-Identifier: Apache-2.0
#include "evm/revert.hpp"

#include "evm/node_errors.hpp"
#include "fuzz.hpp"
#include "peaq/reverts.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::textOf(data, size));
  const evm::RpcError error = evm::rpcErrorFrom(parseJson(text).value_or(Json(text)));
  static_cast<void>(evm::sendRefusal(error));
  const auto revert = evm::revertFrom(error, peaq::contractErrors());
  if (!revert) return 0;
  constexpr std::size_t kLongest = 600;  // 120 characters of UTF-8, and the words around them
  fuzz::require(fuzz::isOneLine(revert->name) && fuzz::isOneLine(revert->reason), "a revert is one line");
  const std::string meaning = peaq::meaningOf(*revert);
  fuzz::require(!meaning.empty() && fuzz::isOneLine(meaning) && meaning.size() <= kLongest, "its meaning is one line");
  fuzz::require(!peaq::hintFor(*revert).empty(), "there is something to do about it");
  static_cast<void>(peaq::meansAbsent(*revert));
  return 0;
}
