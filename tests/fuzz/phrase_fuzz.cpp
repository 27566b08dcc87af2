// A phrase or a derivation path as a person types it.
// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.hpp"
#include "fuzz.hpp"
#include "vault/derivation.hpp"
#include "vault/mnemonic.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::textOf(data, size);
  if (const auto path = vault::parsePath(text)) fuzz::require(!path->empty(), "a path has levels");
  const vault::CheckedPhrase checked = vault::checkPhrase(asBytes(text));
  if (checked.problem != vault::PhraseProblem::None) {
    fuzz::require(checked.phrase.empty(), "a phrase with a problem is none");
    return 0;
  }
  const vault::CheckedPhrase again = vault::checkPhrase(checked.phrase.expose());
  fuzz::require(
      again.problem == vault::PhraseProblem::None && asText(again.phrase.expose()) == asText(checked.phrase.expose()),
      "a phrase that was checked stays as it is");
  return 0;
}
