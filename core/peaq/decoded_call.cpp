// SPDX-License-Identifier: Apache-2.0
#include "peaq/decoded_call.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "evm/abi.hpp"
#include "peaq/batch.hpp"
#include "peaq/contracts.hpp"
#include "peaq/event.hpp"
#include "peaq/v2/decode_call.hpp"

namespace peaqos::peaq {
namespace {

using evm::AbiReader;
using evm::Address;
using evm::toChecksum;
using evm::U256;
using Decoded = std::optional<DecodedCall>;

constexpr std::string_view kTransfer = "transfer(address,uint256)", kApprove = "approve(address,uint256)",
                           kTransferFrom = "transferFrom(address,address,uint256)";
constexpr std::string_view kAdd = "addAttribute(address,bytes,bytes,uint32)",
                           kUpdate = "updateAttribute(address,bytes,bytes,uint32)";
constexpr int kDeepest = 1;  // a batch within a batch is not read

Json named(std::initializer_list<std::pair<const char*, Json>> arguments) {
  Json out = Json::array();
  for (const auto& [name, value] : arguments) out.push_back(Json::array({name, value}));
  return out;
}

Decoded when(bool same, DecodedCall call) { return same ? Decoded(std::move(call)) : std::nullopt; }

Decoded decodeRegister(std::string_view, AbiReader, BytesView data) {
  return when(std::ranges::equal(registerCalldata(), data), {.ofCaller = true});
}

Decoded decodeRegisterFor(std::string_view, AbiReader reader, BytesView data) {
  const auto machine = reader.address(0);
  if (!machine) return std::nullopt;
  return when(std::ranges::equal(registerForCalldata(*machine), data),
              {.arguments = named({{"machine", toChecksum(*machine)}}), .machine = *machine});
}

Decoded decodeMint(std::string_view, AbiReader reader, BytesView data) {
  const auto id = reader.uint256(0);
  const auto to = reader.address(1);
  if (!id || !to) return std::nullopt;
  return when(std::ranges::equal(mintCalldata(*id, *to), data),
              {.arguments = named({{"machineId", id->toDecimal()}, {"to", toChecksum(*to)}}),
               .machineId = *id,
               .machine = *to});
}

std::optional<Event> eventFrom(AbiReader reader) {
  const auto word = [&](std::size_t index) { return reader.uint256(index); };
  const auto number = [&](std::size_t index) {
    const auto found = word(index);
    return found ? found->toUint64() : std::nullopt;
  };
  const auto id = word(0), value = word(2), dataHash = word(5), sourceTx = word(8);
  const auto type = number(1), timestamp = number(4), trust = number(6), chain = number(7);
  const auto currency = reader.dynamicBytes(3), metadata = reader.dynamicBytes(9);
  if (!id || !value || !dataHash || !sourceTx || !type || !timestamp || !trust || !chain || !currency || !metadata) {
    return std::nullopt;
  }
  return Event{.machineId = *id,
               .type = *type,
               .value = *value,
               .currency = asText(*currency),
               .timestamp = *timestamp,
               .dataHash = dataHash->toWord(),
               .trust = *trust,
               .sourceChain = *chain,
               .sourceTx = sourceTx->toWord(),
               .metadata = Bytes(metadata->begin(), metadata->end())};
}

Decoded decodeEvent(std::string_view, AbiReader reader, BytesView data) {
  const auto event = eventFrom(reader);
  if (!event || !std::ranges::equal(submitEventCalldata(*event), data)) return std::nullopt;
  return DecodedCall{.arguments = named({{"machineId", event->machineId.toDecimal()},
                                         {"eventType", event->type},
                                         {"value", event->value.toDecimal()},
                                         {"currency", event->currency},
                                         {"timestamp", event->timestamp},
                                         {"dataHash", toHex0x(event->dataHash)},
                                         {"trustLevel", event->trust},
                                         {"sourceChain", event->sourceChain},
                                         {"sourceTx", toHex0x(event->sourceTx)},
                                         {"metadata", toHex0x(event->metadata)}}),
                     .machineId = event->machineId};
}

Decoded decodeAttribute(std::string_view function, AbiReader reader, BytesView data) {
  const auto account = reader.address(0);
  const auto name = reader.dynamicBytes(1), value = reader.dynamicBytes(2);
  const auto expiry = reader.uint256(3);
  if (!account || !name || !value || !expiry) return std::nullopt;
  const Bytes again = evm::encodeCall(
      function, {*account, Bytes(name->begin(), name->end()), Bytes(value->begin(), value->end()), *expiry});
  return when(std::ranges::equal(again, data), {.arguments = named({{"account", toChecksum(*account)},
                                                                    {"name", asText(*name)},
                                                                    {"value", asText(*value)},
                                                                    {"expiry", expiry->toDecimal()}}),
                                                .machine = *account});
}

// transfer() and approve(): who gets the tokens, or may take them, and how many.
Decoded decodePayment(std::string_view function, AbiReader reader, BytesView data) {
  const auto to = reader.address(0);
  const auto units = reader.uint256(1);
  if (!to || !units) return std::nullopt;
  return when(std::ranges::equal(evm::encodeCall(function, {*to, *units}), data),
              {.arguments = named({{"to", toChecksum(*to)}, {"value", units->toDecimal()}}),
               .payment = DecodedCall::Payment{.recipient = *to, .units = *units}});
}

Decoded decodeTransferFrom(std::string_view function, AbiReader reader, BytesView data) {
  const auto from = reader.address(0), to = reader.address(1);
  const auto units = reader.uint256(2);
  if (!from || !to || !units) return std::nullopt;
  return when(
      std::ranges::equal(evm::encodeCall(function, {*from, *to, *units}), data),
      {.arguments = named({{"from", toChecksum(*from)}, {"to", toChecksum(*to)}, {"value", units->toDecimal()}}),
       .payment = DecodedCall::Payment{.recipient = *to, .units = *units}});
}

DecodedCall decode(BytesView data, int depth);

// A dynamic array among the arguments: how many items it has, and a reader in whose head they are.
std::optional<std::pair<std::size_t, AbiReader>> arrayArgument(BytesView arguments, std::size_t index) {
  constexpr std::size_t kWord = 32;
  const auto place = AbiReader(arguments).uint256(index);
  const auto offset = place ? place->toUint64() : std::nullopt;
  if (!offset || *offset > arguments.size()) return std::nullopt;
  const BytesView tail = arguments.subspan(static_cast<std::size_t>(*offset));
  const auto number = AbiReader(tail).uint256(0);
  const auto size = number ? number->toUint64() : std::nullopt;
  if (!size || *size > (tail.size() - kWord) / kWord) return std::nullopt;
  return std::pair(static_cast<std::size_t>(*size), AbiReader(tail.subspan(kWord)));
}

Decoded decodeBatch(std::string_view function, BytesView data, int depth) {
  const BytesView arguments = data.subspan(4);
  const auto to = arrayArgument(arguments, 0), values = arrayArgument(arguments, 1),
             calls = arrayArgument(arguments, 2), gas = arrayArgument(arguments, 3);
  if (!to || !values || !calls || !gas) return std::nullopt;
  const std::size_t count = to->first;
  if (values->first != count || calls->first != count || gas->first != count) return std::nullopt;
  DecodedCall out;
  std::vector<evm::AbiValue> recipients, amounts, texts, limits;
  for (std::size_t i = 0; i < count; ++i) {
    const auto address = to->second.address(i);
    const auto value = values->second.uint256(i), limit = gas->second.uint256(i);
    const auto call = calls->second.dynamicBytes(i);
    if (!address || !value || !limit || !call) return std::nullopt;
    recipients.emplace_back(*address);
    amounts.emplace_back(*value);
    texts.emplace_back(Bytes(call->begin(), call->end()));
    limits.emplace_back(*limit);
    DecodedCall inner = decode(*call, depth + 1);
    inner.to = *address;
    inner.value = *value;
    Json told{{"value_wei", value->toDecimal()},
              {"function", inner.function.empty() ? toHex0x(*call) : inner.function},
              {"arguments", inner.arguments}};
    out.calls.push_back(std::move(inner));
    out.arguments.push_back(Json::array({toChecksum(*address), std::move(told)}));
  }
  const Bytes again =
      evm::encodeCall(function, {std::move(recipients), std::move(amounts), std::move(texts), std::move(limits)});
  return when(std::ranges::equal(again, data), std::move(out));
}

struct Known {
  std::string_view function;
  Decoded (*decode)(std::string_view function, AbiReader reader, BytesView data);
};

constexpr Known kKnown[] = {
    {"register()", decodeRegister},
    {"registerFor(address)", decodeRegisterFor},
    {"mint(uint256,address)", decodeMint},
    {kSubmitEvent, decodeEvent},
    {kAdd, decodeAttribute},
    {kUpdate, decodeAttribute},
    {kTransfer, decodePayment},
    {kApprove, decodePayment},
    {kTransferFrom, decodeTransferFrom},
};

bool calls(BytesView data, std::string_view function) {
  return data.size() >= 4 && std::ranges::equal(data.first(4), evm::selector(function));
}

DecodedCall decode(BytesView data, int depth) {
  if (data.empty()) return {.plain = true};
  const auto finish = [](std::string_view function, Decoded call) {
    if (!call) return DecodedCall{};
    call->function = function;
    return std::move(*call);
  };
  for (const auto& [function, read] : kKnown) {
    if (calls(data, function)) return finish(function, read(function, AbiReader(data.subspan(4)), data));
  }
  for (const std::string_view function : {kBatchAll, kBatchSome}) {
    if (depth < kDeepest && calls(data, function)) {
      return finish(function, decodeBatch(function, data, depth));
    }
  }
  return v2::decodeCall(data).value_or(DecodedCall{});
}

}  // namespace

DecodedCall decodeCall(BytesView data) { return decode(data, 0); }

}  // namespace peaqos::peaq
