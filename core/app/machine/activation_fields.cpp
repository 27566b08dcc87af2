// SPDX-License-Identifier: Apache-2.0
#include "app/machine/activation_fields.hpp"

#include <charconv>
#include <utility>
#include <vector>

#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/v2/did_file.hpp"
#include "peaq/v2/usual_document.hpp"

namespace peaqos::app {
namespace {

namespace v2 = peaq::v2;

constexpr std::uint64_t kMostSlippage = 10'000;  // hundredths of a percent

struct GivenField {
  std::string_view flag;
  bool given;
};

std::vector<std::string> given(std::initializer_list<GivenField> fields, const Caller& caller) {
  std::vector<std::string> names;
  for (const GivenField& field : fields) {
    if (field.given) names.push_back(caller.fieldName(field.flag));
  }
  return names;
}

std::vector<std::string> ofSecondGeneration(const ActivateMachineRequest& r, const Caller& caller) {
  return given({{"machine-type", r.machineType.has_value()},
                {"credential-subject-hex", r.credentialSubject.has_value()},
                {"manufacturer", r.manufacturer.has_value()},
                {"tier", r.tier.has_value()},
                {"did-document", r.didDocument.has_value()},
                {"payment", r.payment.has_value()},
                {"slippage-bps", r.slippageBps.has_value()},
                {"dry-run", r.dryRun}},
               caller);
}

// --- The first generation

void requireUrls(const ActivateMachineRequest& request, const Caller& caller) {
  for (const auto& [flag, value] : {std::pair("doc-url", &request.docUrl), std::pair("data-api", &request.dataApi)}) {
    if (*value) continue;
    if (caller.naming == Naming::Flags) {
      throw inputError("USAGE", "Missing option '" + caller.fieldName(flag) + "'", "See 'peaqos activate --help'");
    }
    throw inputError("MISSING_FIELD", caller.fieldName(flag) + " is missing");
  }
}

// --- The second generation

Error bad(const Caller& caller, std::string_view flag, const std::string& problem, std::string hint) {
  return inputError("BAD_FIELD", caller.fieldName(flag) + " " + problem, std::move(hint));
}

Bytes subjectOf(const std::string& text, const Caller& caller) {
  const auto bytes = text.starts_with("0x") ? fromHex(text) : std::nullopt;
  if (bytes) return *bytes;
  throw bad(caller, "credential-subject-hex", "is not hexadecimal: '" + printable(text) + "'",
            "Give 0x and an even number of hexadecimal digits, such as the device's public key");
}

v2::Tier tierOf(const std::string& word, const Caller& caller) {
  if (const auto tier = v2::parseTier(word)) return *tier;
  throw bad(caller, "tier", "is '" + printable(word) + "'", "Use entry, basic or pro");
}

v2::Rail railOf(const ActivateMachineRequest& request, const Caller& caller) {
  const std::string word = request.payment.value_or("peaq");
  if (word != "peaq" && word != "usdt")
    throw bad(caller, "payment", "is '" + printable(word) + "'", "Use peaq or usdt");
  if (word == "usdt" && !request.slippageBps) {
    throw inputError("MISSING_FIELD", caller.fieldName("slippage-bps") + " is missing: a price in USDT can move",
                     "Give how much dearer it may become, in hundredths of a percent, such as 50");
  }
  if (word == "peaq" && request.slippageBps) {
    throw bad(caller, "slippage-bps", "is for " + caller.fieldName("payment") + " usdt alone", "Leave it out");
  }
  return word == "usdt" ? v2::Rail::Usdt : v2::Rail::Peaq;
}

std::uint64_t slippageOf(const ActivateMachineRequest& request, const Caller& caller) {
  if (!request.slippageBps) return 0;
  const std::string& text = *request.slippageBps;
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc() && end == text.data() + text.size() && value <= kMostSlippage) return value;
  throw bad(caller, "slippage-bps", "is '" + printable(text) + "'", "Give a whole number from 0 to 10000");
}

v2::DidDocument documentOf(const ActivateMachineRequest& request, const evm::Address& owner, const Caller& caller) {
  if (!request.didDocument) {
    return v2::usualDocument(owner, {.documentation = request.docUrl.value_or(""),
                                     .dataApi = request.dataApi.value_or(""),
                                     .visibility = request.visibility.value_or("")});
  }
  const auto others = given({{"doc-url", request.docUrl.has_value()},
                             {"data-api", request.dataApi.has_value()},
                             {"visibility", request.visibility.has_value()}},
                            caller);
  if (!others.empty()) {
    throw inputError("BAD_FIELD",
                     caller.fieldName("did-document") + " and " + join(others, ", ") + " exclude each other",
                     "Put them into the file as serviceEndpoints");
  }
  return v2::readDidFile(*request.didDocument, request.didDocumentSource);
}

}  // namespace

void refuseSecondFields(const ActivateMachineRequest& request, const peaq::Deployment& deployment,
                        const Caller& caller) {
  const auto names = ofSecondGeneration(request, caller);
  if (names.empty()) return;
  const auto second = *peaq::findNetwork(deployment.record.name, peaq::Generation::Second);
  throw inputError("OTHER_GENERATION",
                   join(names, ", ") + (names.size() == 1 ? " is" : " are") + " for contracts of generation 2, and " +
                       deployment.description() + " is in use",
                   "Set PEAQOS_DEPLOYMENT_ID=" + std::string(second.id) + " for it, or leave " +
                       (names.size() == 1 ? "it" : "them") + " out");
}

ActivateRequest firstFields(ActivateMachineRequest request, const peaq::Deployment& deployment, const Caller& caller) {
  refuseSecondFields(request, deployment, caller);
  requireUrls(request, caller);
  return {.docUrl = std::move(*request.docUrl),
          .dataApi = std::move(*request.dataApi),
          .visibility = std::move(request.visibility),
          .skipFunding = request.skipFunding,
          .machine = std::move(request.machine),
          .machineKey = std::move(request.machineKey),
          .machineKeySource = std::move(request.machineKeySource)};
}

v2::ActivationRequest secondFields(const ActivateMachineRequest& request, const evm::Address& owner,
                                   const evm::Address& controller, const Caller& caller) {
  v2::ActivationRequest asked{.call = {},
                              .rail = railOf(request, caller),
                              .slippageBps = slippageOf(request, caller),
                              .skipFunding = request.skipFunding,
                              .dryRun = request.dryRun,
                              .consented = request.yes};
  v2::ActivationCall& call = asked.call;
  call.tier = tierOf(request.tier.value_or("entry"), caller);
  call.manufacturer =
      request.manufacturer ? checkAddress(*request.manufacturer, caller.fieldName("manufacturer")) : owner;
  call.credentialSubject = request.credentialSubject ? subjectOf(*request.credentialSubject, caller)
                                                     : Bytes(owner.bytes.begin(), owner.bytes.end());
  call.document = documentOf(request, owner, caller);
  call.document.controller = controller;
  if (request.machineType) {
    checkMachineType(*request.machineType, caller);
    call.machineType = *request.machineType;
  }
  return asked;
}

void checkMachineType(const std::string& type, const Caller& caller) {
  if (trim(type).empty())
    throw bad(caller, "machine-type", "is empty", "Give what kind of machine it is, such as Sensor");
  if (trim(type) != type) {
    throw bad(caller, "machine-type", "has blanks around it: '" + printable(type) + "'",
              "Leave them out: they would change the machine's ID without being seen");
  }
  if (!isValidUtf8(type)) throw bad(caller, "machine-type", "is not UTF-8", "Give it in UTF-8");
}

}  // namespace peaqos::app
