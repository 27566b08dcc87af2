// JSON from anywhere: what is read is written so that the same is read again, by the strict reader too.
// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include "fuzz.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::textOf(data, size);
  const auto value = parseJson(text);
  const auto strict = parseStrictJson(text);
  fuzz::require(value || !strict, "the strict reader takes nothing that the other one refuses");
  if (!value) return 0;
  const std::string written = dumpJson(*value);
  if (strict) fuzz::require(dumpJson(*strict) == written, "both readers read the same");
  for (const std::string& form : {written, dumpJson(*value, 2), dumpUtf8(*value)}) {
    const auto again = parseStrictJson(form);
    fuzz::require(again && dumpJson(*again) == written, "what is written is read back");
  }
  const auto sorted = parseStrictJson(dumpSorted(*value));
  fuzz::require(sorted && dumpJson(*sorted) == dumpSorted(*value), "sorted members stay sorted");
  return 0;
}
