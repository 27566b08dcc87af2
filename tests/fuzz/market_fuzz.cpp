// Answers of the Machine Market and JSON that users hand to it: a value of the table's shape or an Error; a secret that
// was hidden is nowhere in what was cleaned.
// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "fuzz.hpp"
#include "market/redaction.hpp"
#include "market/shapes.hpp"
#include "market/user_json.hpp"
#include "peaq/mcr_api.hpp"

using namespace peaqos;

namespace {

void conform(const Json& answer, peaq::FieldTable fields, peaq::Spelling spelling) {
  try {
    const Json out = peaq::conform(answer, fields, "the service", spelling);
    fuzz::require(out.is_object() && parseStrictJson(dumpJson(out)), "each member is there once");
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_RESPONSE", "the error is that of a bad answer");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::textOf(data, size);
  try {
    const Json kept = market::providerCredentials(text, "--credentials");
    fuzz::require(kept.is_null() || kept.is_object(), "credentials are an object, where there are any");
    fuzz::require(parseJson(dumpJson(market::verbatimUserObject(text, "--input"))).has_value(),
                  "an object that is passed on is JSON");
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_JSON" && fuzz::isOneLine(error.message), "the error is one line");
  }
  const auto value = parseJson(text);
  if (!value) return 0;
  for (const auto& fields : {market::machineFields(), market::pairingFields(), market::searchFields(),
                             market::orderFields(), market::paymentFields(), market::runFields()}) {
    conform(*value, fields, peaq::Spelling::CamelCase);
  }
  for (const auto generation : {peaq::Generation::First, peaq::Generation::Second}) {
    for (const auto& fields :
         {peaq::ratingFields(generation), peaq::profileFields(generation), peaq::fleetMachineFields(generation)}) {
      conform(*value, fields, peaq::Spelling::AsNamed);
    }
  }
  market::Redactor redactor;
  redactor.hide(asBytes("hunter2"));
  const Json cleaned = redactor.clean(*value);
  fuzz::require(dumpJson(cleaned).find("hunter2") == std::string::npos, "a hidden value is nowhere");
  return 0;
}
