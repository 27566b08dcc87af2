// The second generation against examples that the reference's ABIs made: records, ids, calldata, answers, errors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "base/text.hpp"
#include "hex.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/roles.hpp"
#include "vectors.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::AbiValue;
using evm::U256;

const Json& protocolVectors(const char* section) { return vectors("peaq_v2/protocol.json").at(section); }

evm::Address addressIn(const Json& object, const char* member) { return *evm::parseAddress(text(object, member)); }

U256 numberIn(const Json& value) {
  return *U256::fromDecimal(value.is_string() ? value.get<std::string>() : numberText(value));
}

DidDocument documentIn(const Json& doc) {
  DidDocument document{.id = text(doc, "id"), .controller = addressIn(doc, "controller")};
  for (const Json& method : doc.at("verificationMethods")) {
    document.verificationMethods.push_back({.id = text(method, "id"),
                                            .methodType = text(method, "methodType"),
                                            .controller = addressIn(method, "controller"),
                                            .publicKeyMultibase = text(method, "publicKeyMultibase")});
  }
  for (const Json& index : doc.at("authentication")) document.authentication.push_back(numberIn(index));
  for (const Json& endpoint : doc.at("serviceEndpoints")) {
    document.serviceEndpoints.push_back({.id = text(endpoint, "id"),
                                         .serviceType = text(endpoint, "serviceType"),
                                         .serviceEndpoint = text(endpoint, "serviceEndpoint")});
  }
  return document;
}

Bytes bytesOfWord(const U256& number) {
  const Hash256 word = number.toWord();
  return {word.begin(), word.end()};
}

ActivationCall callIn(const Json& arguments) {
  return {.document = documentIn(arguments.at("doc")),
          .machineType = text(arguments, "machineType"),
          .credentialSubject = hex(text(arguments, "credentialSubject")),
          .manufacturer = addressIn(arguments, "manufacturer"),
          .tier = static_cast<Tier>(arguments.at("tier").get<int>())};
}

TEST(ProtocolV2Vectors, RecordsHoldThePublishedAddresses) {
  const Json& deployments = protocolVectors("deployments");
  for (const auto& [id, published] : deployments.items()) {
    const auto record = findDeployment(id);
    ASSERT_TRUE(record) << id;
    EXPECT_EQ(record->generation, Generation::Second);
    EXPECT_EQ(record->chainId, published.at("chainId").get<std::uint64_t>());
    EXPECT_EQ(record->alias, text(published, "network"));
    EXPECT_EQ(record->eventStartBlock, published.at("eventStartBlock").get<std::uint64_t>());
    EXPECT_EQ(record->renewalTierSelection, published.at("renewalTierSelection").get<bool>());
    EXPECT_TRUE(text(published, "recordedAt").starts_with(record->date));
    for (const Role& role : kRoles) {
      const std::string member = role.peer.empty() ? "info_desk" : lowerCase(role.peer);
      EXPECT_EQ(record->roles.*role.recorded, text(published.at("contracts"), member.c_str())) << role.name;
    }
    const Json& registry = published.at("eventRegistry");
    EXPECT_EQ(record->roles.eventRegistry, registry.is_null() ? "" : registry.get<std::string>());
    const Json& mcr = published.at("mcr");
    EXPECT_EQ(record->mcrUrl, mcr.is_null() ? "" : text(mcr, "apiBase"));
    EXPECT_EQ(record->monetizationVersion, mcr.is_null() ? "" : text(mcr, "apiVersion"));
  }
}

TEST(ProtocolV2Vectors, EveryNetworkHasBothGenerations) {
  for (const char* network : {"mainnet", "testnet", "devnet", "AGUNG", " peaq "}) {
    const auto first = findNetwork(network), second = findNetwork(network, Generation::Second);
    ASSERT_TRUE(first && second) << network;
    EXPECT_EQ(first->name, second->name);
    EXPECT_EQ(first->chainId, second->chainId);
    EXPECT_TRUE(second->contracts.identityRegistry.empty());
    EXPECT_TRUE(first->roles.infoDesk.empty());
    EXPECT_EQ(findDeployment(first->id)->generation, Generation::First);
    const Roles roles = rolesOf(second->roles);
    EXPECT_NE(roles.infoDesk, roles.machineRegistry);
  }
  EXPECT_EQ(deploymentIds(), "peaq-mainnet, agung-2026-08-28, devnet, peaq-mainnet-1, agung-1, devnet-1");
  EXPECT_TRUE(findDeployment(" agung-1 "));
  EXPECT_FALSE(findDeployment("Peaq-Mainnet"));
}

TEST(ProtocolV2Vectors, MachineIds) {
  std::vector<Json> machines(protocolVectors("machineIds").begin(), protocolVectors("machineIds").end());
  machines.push_back(protocolVectors("liveMachineId"));
  for (const Json& machine : machines) {
    const Bytes subject = hex(text(machine, "credentialSubject"));
    const U256 id = machineIdOf(text(machine, "machineType"), subject);
    EXPECT_EQ(id.toDecimal(), text(machine, "machineId"));
    EXPECT_EQ(machineDid(id), text(machine, "did"));
    EXPECT_EQ(parseMachineDid(text(machine, "did")), id);
    if (machine.contains("computeTokenIdCalldata")) {
      const std::string type = text(machine, "machineType");
      EXPECT_EQ(toHex0x(evm::encodeCall(registry::kComputeTokenId, {std::string_view(type), subject})),
                text(machine, "computeTokenIdCalldata"));
    }
  }
}

TEST(ProtocolV2Vectors, PeerReads) {
  for (const Json& peer : protocolVectors("peerKeys")) {
    EXPECT_EQ(toHex0x(peerCalldata(text(peer, "name"))), text(peer, "calldata"));
  }
}

TEST(ProtocolV2Vectors, Activations) {
  for (const Json& activation : protocolVectors("activation")) {
    const ActivationCall call = callIn(activation.at("args"));
    EXPECT_EQ(machineIdOf(call.machineType, call.credentialSubject).toDecimal(), text(activation, "machineId"));
    EXPECT_EQ(toHex0x(activateMachineCalldata(call)), text(activation, "calldata")) << text(activation, "label");
    const Bytes inUsdt = hex(text(activation, "calldataUsdt"));
    const U256 maximum = *evm::AbiReader(BytesView(inUsdt).subspan(4)).uint256(5);
    EXPECT_EQ(activateMachineWithUsdtCalldata(call, maximum), inUsdt) << text(activation, "label");
  }
}

TEST(ProtocolV2Vectors, Approvals) {
  for (const Json& approval : protocolVectors("approvals")) {
    const Json& arguments = approval.at("args");
    EXPECT_EQ(toHex0x(approveCalldata(*evm::parseAddress(arguments[0].get<std::string>()), numberIn(arguments[1]))),
              text(approval, "calldata"));
  }
}

// The arguments of a call as its signature has them: numbers, addresses, flags and bytes.
std::vector<AbiValue> plainArguments(const std::string& signature, const Json& arguments) {
  std::vector<AbiValue> values;
  std::size_t at = signature.find('(') + 1;
  for (const Json& argument : arguments) {
    const std::size_t end = signature.find_first_of(",)", at);
    const std::string type = signature.substr(at, end - at);
    at = end + 1;
    if (type == "address")
      values.emplace_back(*evm::parseAddress(argument.get<std::string>()));
    else if (type == "bytes")
      values.emplace_back(hex(argument.get<std::string>()));
    else if (type == "bool")
      values.emplace_back(std::uint64_t{argument.is_boolean() ? argument.get<bool>() : argument == "true"});
    else
      values.emplace_back(numberIn(argument));
  }
  return values;
}

TEST(ProtocolV2Vectors, SubscriptionAndManagementCalls) {
  std::set<std::string> seen;
  for (const char* section : {"subscription", "management"}) {
    for (const Json& call : protocolVectors(section)) {
      const std::string signature = text(call, "signature");
      seen.insert(signature);
      if (signature.find('[') != std::string::npos) continue;
      EXPECT_EQ(toHex0x(evm::encodeCall(signature, plainArguments(signature, call.at("args")))), text(call, "calldata"))
          << signature;
    }
  }
  for (const std::string_view known :
       {state::kSuspend, state::kResume, registry::kApprove, registry::kSetApprovalForAll, registry::kSafeTransferFrom,
        registry::kSafeTransferFromWithData, registry::kTransferFrom, registry::kSetController,
        registry::kSetVerificationMethods, registry::kSetAuthentication, registry::kSetServiceEndpoints,
        subscription::kActivate, subscription::kActivateWithUsdt, subscription::kRenew, subscription::kRenewToTier,
        subscription::kRenewWithUsdt, subscription::kRenewToTierWithUsdt}) {
    EXPECT_TRUE(seen.contains(std::string(known))) << known;
  }
}

TEST(ProtocolV2Vectors, DidArrays) {
  int arrays = 0;
  for (const Json& call : protocolVectors("management")) {
    const std::string signature = text(call, "signature");
    if (signature.find('[') == std::string::npos) continue;
    ++arrays;
    Json doc{{"id", ""},
             {"controller", "0x0000000000000000000000000000000000000000"},
             {"verificationMethods", Json::array()},
             {"authentication", Json::array()},
             {"serviceEndpoints", Json::array()}};
    const Json& array = call.at("args")[1];
    Bytes encoded;
    const U256 id = numberIn(call.at("args")[0]);
    if (signature == registry::kSetVerificationMethods) {
      for (const Json& method : array) {
        doc["verificationMethods"].push_back(method.is_array() ? Json{{"id", method[0]},
                                                                      {"methodType", method[1]},
                                                                      {"controller", method[2]},
                                                                      {"publicKeyMultibase", method[3]}}
                                                               : method);
      }
      encoded = evm::encodeCall(signature, {id, toAbi(documentIn(doc).verificationMethods)});
    } else if (signature == registry::kSetAuthentication) {
      doc["authentication"] = array;
      encoded = evm::encodeCall(signature, {id, toAbi(documentIn(doc).authentication)});
    } else {
      for (const Json& endpoint : array) {
        doc["serviceEndpoints"].push_back(
            endpoint.is_array()
                ? Json{{"id", endpoint[0]}, {"serviceType", endpoint[1]}, {"serviceEndpoint", endpoint[2]}}
                : endpoint);
      }
      encoded = evm::encodeCall(signature, {id, toAbi(documentIn(doc).serviceEndpoints)});
    }
    EXPECT_EQ(toHex0x(encoded), text(call, "calldata")) << signature;
  }
  EXPECT_EQ(arrays, 3);
}

TEST(ProtocolV2Vectors, Reads) {
  for (const Json& read : protocolVectors("reads")) {
    const std::string signature = text(read, "signature");
    const Bytes calldata = hex(text(read, "calldata"));
    const auto id = evm::selector(signature);
    EXPECT_TRUE(std::ranges::equal(id, BytesView(calldata).first(4))) << signature;
  }
}

TEST(ProtocolV2Vectors, Answers) {
  const Json& replies = protocolVectors("replies");
  const auto subscription = subscriptionFrom(hex(text(replies[0], "data")));
  ASSERT_TRUE(subscription);
  const Json& decoded = replies[0].at("decoded");
  EXPECT_EQ(subscription->tier, decoded.at("tier").get<std::uint64_t>());
  EXPECT_EQ(subscription->periodStart, decoded.at("periodStart").get<std::uint64_t>());
  EXPECT_EQ(subscription->periodEnd, decoded.at("periodEnd").get<std::uint64_t>());
  EXPECT_EQ(subscription->bondedAmount.toDecimal(), text(decoded, "bondedAmount"));

  const Bytes encoded = hex(text(replies[1], "data"));
  const auto document = documentFrom(encoded);
  ASSERT_TRUE(document);
  EXPECT_EQ(evm::encodeArguments({toAbi(*document)}), encoded);
  EXPECT_TRUE(document->id.starts_with("did:peaq:"));
  EXPECT_EQ(document->verificationMethods.size(), 1U);
  EXPECT_EQ(document->serviceEndpoints.size(), 1U);
}

TEST(ProtocolV2Vectors, NoPrefixOfADocumentIsOne) {
  const Bytes encoded = hex(text(protocolVectors("replies")[1], "data"));
  // Padding behind the last text may be missing; everything before it is needed.
  for (std::size_t size = 0; size + 32 < encoded.size(); ++size) {
    EXPECT_FALSE(documentFrom(BytesView(encoded).first(size))) << size;
  }
}

TEST(ProtocolV2Vectors, ADocumentOfOverlappingPartsIsNone) {
  // 200 methods that all point at the same text of 6 KB: 1.2 MB out of 13 KB.
  const DidDocument one{
      .verificationMethods = {
          {.id = std::string(6000, 'x'), .methodType = "t", .controller = {}, .publicKeyMultibase = "k"}}};
  const Bytes method =
      evm::encodeArguments({evm::AbiValue::tuple({std::string_view(one.verificationMethods[0].id),
                                                  std::string_view("t"), evm::Address{}, std::string_view("k")})});
  constexpr std::size_t kMethods = 200;
  Bytes array = bytesOfWord(U256(kMethods));
  for (std::size_t i = 0; i < kMethods; ++i) append(array, U256(kMethods * 32).toWord());
  append(array, BytesView(method).subspan(32));
  Bytes tuple;
  for (const std::uint64_t offset :
       {std::uint64_t{5 * 32}, std::uint64_t{0}, std::uint64_t{6 * 32}, std::uint64_t{5 * 32}, std::uint64_t{5 * 32}}) {
    append(tuple, U256(offset).toWord());
  }
  append(tuple, U256(0).toWord());
  append(tuple, array);
  Bytes encoded = bytesOfWord(U256(32));
  append(encoded, tuple);
  EXPECT_FALSE(documentFrom(encoded));
}

TEST(ProtocolV2Vectors, ErrorsHaveTheirSelectors) {
  const Json& errors = protocolVectors("errors");
  ASSERT_EQ(errors.size(), 155U);
  EXPECT_EQ(contractErrors().size(), 155U);
  for (const Json& error : errors) {
    EXPECT_EQ(errorOf(hex(text(error, "selector"))), text(error, "signature"));
  }
  EXPECT_FALSE(errorOf(hex("00000000")));
  EXPECT_FALSE(errorOf(hex("917fbf")));
}

TEST(ProtocolV2Vectors, RevertsHaveTheCodesOfTheProtocol) {
  struct Known {
    const char* name;
    const char* code;
    int exit;
  };
  for (const auto& [name, code, exit] : {Known{"PriceNotAvailable", "ORACLE_UNPRICED", 2},
                                         {"TechnicallyPaused", "TECHNICALLY_PAUSED", 2},
                                         {"InvalidTier", "INVALID_TIER", 1},
                                         {"AlreadyActivated", "ALREADY_ACTIVATED", 2},
                                         {"NotActivated", "NOT_ACTIVATED", 2},
                                         {"AlreadyTerminated", "ALREADY_TERMINATED", 2},
                                         {"ERC721NonexistentToken", "MACHINE_NOT_FOUND", 2},
                                         {"NotOwnerOrController", "NOT_OWNER_OR_CONTROLLER", 2},
                                         {"NotMachineOwner", "NOT_MACHINE_OWNER", 2},
                                         {"NotActive", "NOT_ACTIVE", 2},
                                         {"NotSuspended", "NOT_SUSPENDED", 2},
                                         {"MachineRelocating", "MACHINE_RELOCATING", 2},
                                         {"TierChangeWhileActive", "TIER_CHANGE_WHILE_ACTIVE", 2},
                                         {"ProvisionPoolNotConfigured", "PROVISION_POOL_NOT_CONFIGURED", 2},
                                         {"SlippageExceeded", "SLIPPAGE_EXCEEDED", 2},
                                         {"InsufficientReserve", "INSUFFICIENT_RESERVE", 2},
                                         {"InsufficientUsdtReceived", "INSUFFICIENT_USDT_RECEIVED", 2},
                                         {"ERC721InvalidOperator", "ERC721_INVALID_OPERATOR", 2},
                                         {"CredentialSubjectMismatch", "TX_REVERTED", 2},
                                         {"EpochNotElapsed", "TX_REVERTED", 2},
                                         {"SubscriptionNotEligible", "SUBSCRIPTION_NOT_ELIGIBLE", 1},
                                         {"MetadataTooLarge", "METADATA_TOO_LARGE", 1},
                                         {"InvalidCurrencyShape", "INVALID_CURRENCY_SHAPE", 1}}) {
    const Error error = errorFrom(evm::RevertError({.name = name, .reason = "reverted"}, std::nullopt), "activation");
    EXPECT_EQ(error.code, code) << name;
    EXPECT_EQ(exitCode(error.kind), exit) << name;
    EXPECT_FALSE(error.message.empty());
    EXPECT_FALSE(error.hint.empty());
  }
}

TEST(ProtocolV2Vectors, UsdtMaximum) {
  for (const Json& row : protocolVectors("usdtMaximum")) {
    const auto maximum = usdtMaximum(numberIn(row.at("quote")), row.at("bps").get<std::uint64_t>());
    EXPECT_EQ(maximum->toDecimal(), text(row, "maximum"));
  }
  EXPECT_FALSE(usdtMaximum(U256() - U256(1), 1));
}

TEST(ProtocolV2Vectors, EventTopics) {
  const Json& logs = protocolVectors("activationLogs");
  EXPECT_EQ(toHex0x(evm::eventTopic(registry::kMachineMintedEvent)), logs[0].at("topics")[0].get<std::string>());
  EXPECT_EQ(toHex0x(evm::eventTopic(subscription::kActivatedEvent)), logs[1].at("topics")[0].get<std::string>());
  EXPECT_EQ(toHex0x(evm::eventTopic(state::kMachineOnboardedEvent)), logs[2].at("topics")[0].get<std::string>());
  const auto begins = [](std::string_view event, const char* start) {
    EXPECT_TRUE(toHex0x(evm::eventTopic(event)).starts_with(start)) << event;
  };
  begins(subscription::kVoucherRedeemedEvent, "0xb757d79c");
  begins(subscription::kBondingRewardRedeemedEvent, "0x291740da");
  begins(subscription::kPaidWithUsdtEvent, "0x98972d3b");
  begins(subscription::kRenewedEvent, "0x5245fa83");
  begins(state::kOperatorPausedSetEvent, "0xf85b4b88");
  begins(registry::kControllerUpdatedEvent, "0xb4a61861");
  begins(registry::kVerificationMethodsUpdatedEvent, "0xd7c7f342");
  begins(registry::kAuthenticationUpdatedEvent, "0x1f28a36d");
  begins(registry::kServiceEndpointsUpdatedEvent, "0xef17a45d");
}

TEST(MachineIdV2, OnlyCanonicalDecimalsAreIds) {
  EXPECT_EQ(parseMachineId("0"), U256(0));
  EXPECT_EQ(parseMachineId("115792089237316195423570985008687907853269984665640564039457584007913129639935"),
            U256() - U256(1));
  for (const char* other : {"", "01", "00", "+1", "-1", " 1", "1 ", "0x1", "1e3", "1.0",
                            "115792089237316195423570985008687907853269984665640564039457584007913129639936"}) {
    EXPECT_FALSE(parseMachineId(other)) << other;
    EXPECT_FALSE(parseMachineDid("did:peaq:" + std::string(other))) << other;
  }
  EXPECT_FALSE(parseMachineDid("did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5"));
  EXPECT_FALSE(parseMachineDid("did:other:1"));
  EXPECT_EQ(parseMachineDid("did:peaq:42"), U256(42));
}

}  // namespace
}  // namespace peaqos::peaq::v2
