// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/decode_call.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evm/abi.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/document_arguments.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/machine_state.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::AbiReader;
using evm::AbiValue;
using Decoded = std::optional<DecodedCall>;

// An argument that is one word, by what it is called: its name says what it means.
struct Word {
  std::string_view name;
  enum Kind { Number, Account, Flag } kind = Number;
};

// A function whose arguments are words, and at most the bytes at its end.
struct Plain {
  std::string_view function;
  std::vector<Word> words;
  bool bytesBehind = false;
};

const std::vector<Plain>& plainCalls() {
  static constexpr Word kMachine{"machineId"}, kTier{"tier"}, kMost{"maxUsdtAmount"}, kFrom{"from", Word::Account},
      kTo{"to", Word::Account};
  static const std::vector<Plain> calls = {
      {state::kSuspend, {kMachine}},
      {state::kResume, {kMachine}},
      {registry::kSetApprovalForAll, {{"operator", Word::Account}, {"allowed", Word::Flag}}},
      {registry::kSafeTransferFrom, {kFrom, kTo, kMachine}},
      {registry::kSafeTransferFromWithData, {kFrom, kTo, kMachine}, true},
      {registry::kSetController, {kMachine, {"controller", Word::Account}}},
      {subscription::kActivate, {kMachine, kTier}},
      {subscription::kActivateWithUsdt, {kMachine, kTier, kMost}},
      {subscription::kRenew, {kMachine}},
      {subscription::kRenewToTier, {kMachine, kTier}},
      {subscription::kRenewWithUsdt, {kMachine, kMost}},
      {subscription::kRenewToTierWithUsdt, {kMachine, kMost, kTier}},
  };
  return calls;
}

void name(DecodedCall& call, std::string_view argument, Json value) {
  call.arguments.push_back(Json::array({argument, std::move(value)}));
}

// What is encoded anew must be what was read.
Decoded when(std::string_view function, const std::vector<AbiValue>& arguments, BytesView data, DecodedCall call) {
  if (!std::ranges::equal(evm::encodeCall(function, arguments), data)) return std::nullopt;
  return call;
}

Decoded decodePlain(const Plain& plain, BytesView data) {
  const AbiReader reader(data.subspan(4));
  DecodedCall call;
  std::vector<AbiValue> arguments;
  for (std::size_t i = 0; i < plain.words.size(); ++i) {
    const Word& word = plain.words[i];
    const auto number = reader.uint256(i);
    const auto account = word.kind == Word::Account ? reader.address(i) : std::nullopt;
    if (!number || (word.kind == Word::Account && !account)) return std::nullopt;
    if (word.kind == Word::Flag && *number > evm::U256(1)) return std::nullopt;
    arguments.emplace_back(*number);
    if (account) name(call, word.name, evm::toChecksum(*account));
    if (word.kind == Word::Flag) name(call, word.name, *number == evm::U256(1));
    if (word.kind == Word::Number) name(call, word.name, number->toDecimal());
    if (word.name == "machineId") call.machineId = *number;
    if (word.name == "to" || word.name == "operator") call.taker = *account;
    if (word.name == "operator") call.everyMachine = true;
  }
  if (plain.bytesBehind) {
    const auto bytes = reader.dynamicBytes(plain.words.size());
    if (!bytes) return std::nullopt;
    name(call, "data", toHex0x(*bytes));
    arguments.emplace_back(Bytes(bytes->begin(), bytes->end()));
  }
  return when(plain.function, arguments, data, std::move(call));
}

template <typename List>
Decoded decodeList(std::string_view function, std::string_view member, BytesView data,
                   std::optional<List> (*read)(BytesView arguments, std::size_t index), List DidDocument::* place) {
  const BytesView arguments = data.subspan(4);
  const auto id = AbiReader(arguments).uint256(0);
  auto list = read(arguments, 1);
  if (!id || !list) return std::nullopt;
  DecodedCall call{.machineId = *id};
  const std::vector<AbiValue> again{*id, toAbi(*list)};
  DidDocument document;
  document.*place = std::move(*list);
  name(call, "machineId", id->toDecimal());
  name(call, member, toJson(document)[member]);
  return when(function, again, data, std::move(call));
}

// The id follows from the type and the subject.
Decoded decodeActivation(std::string_view function, BytesView data) {
  const BytesView arguments = data.subspan(4);
  const AbiReader reader(arguments);
  const bool usdt = function == state::kActivateMachineWithUsdt;
  auto document = documentAt(arguments, 0);
  const auto type = reader.dynamicBytes(1), subject = reader.dynamicBytes(2);
  const auto manufacturer = reader.address(3);
  const auto tier = reader.uint256(4), most = usdt ? reader.uint256(5) : std::optional(evm::U256());
  if (!document || !type || !subject || !manufacturer || !tier || !most) return std::nullopt;
  if (*tier >= evm::U256(std::size(kTiers))) return std::nullopt;
  const ActivationCall made{.document = std::move(*document),
                            .machineType = asText(*type),
                            .credentialSubject = Bytes(subject->begin(), subject->end()),
                            .manufacturer = *manufacturer,
                            .tier = static_cast<Tier>(*tier->toUint64())};
  const Bytes again = usdt ? activateMachineWithUsdtCalldata(made, *most) : activateMachineCalldata(made);
  if (!std::ranges::equal(again, data)) return std::nullopt;
  DecodedCall call{.machineId = machineIdOf(made.machineType, made.credentialSubject)};
  name(call, "document", toJson(made.document));
  name(call, "machineType", made.machineType);
  name(call, "credentialSubject", toHex0x(made.credentialSubject));
  name(call, "manufacturer", evm::toChecksum(made.manufacturer));
  name(call, "tier", name(made.tier));
  if (usdt) name(call, "maxUsdtAmount", most->toDecimal());
  return call;
}

bool calls(BytesView data, std::string_view function) {
  return data.size() >= 4 && std::ranges::equal(data.first(4), evm::selector(function));
}

Decoded finish(std::string_view function, Decoded call) {
  if (!call) return DecodedCall{};  // its selector alone
  call->function = function;
  return call;
}

}  // namespace

std::optional<DecodedCall> decodeCall(BytesView data) {
  for (const Plain& plain : plainCalls()) {
    if (calls(data, plain.function)) return finish(plain.function, decodePlain(plain, data));
  }
  for (const std::string_view function : {state::kActivateMachine, state::kActivateMachineWithUsdt}) {
    if (calls(data, function)) return finish(function, decodeActivation(function, data));
  }
  if (constexpr auto kSet = registry::kSetVerificationMethods; calls(data, kSet)) {
    return finish(kSet, decodeList(kSet, "verification_methods", data, methodsAt, &DidDocument::verificationMethods));
  }
  if (constexpr auto kSet = registry::kSetAuthentication; calls(data, kSet)) {
    return finish(kSet, decodeList(kSet, "authentication", data, authenticationAt, &DidDocument::authentication));
  }
  if (constexpr auto kSet = registry::kSetServiceEndpoints; calls(data, kSet)) {
    return finish(kSet, decodeList(kSet, "service_endpoints", data, endpointsAt, &DidDocument::serviceEndpoints));
  }
  return std::nullopt;
}

}  // namespace peaqos::peaq::v2
