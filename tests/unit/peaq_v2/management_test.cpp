// Calls that change machines of generation 2, to the byte, and the events that prove them.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/management.hpp"

#include <gtest/gtest.h>

#include <map>

#include "evm/abi.hpp"
#include "peaq/v2/monetization.hpp"
#include "peaq/v2/renewal.hpp"
#include "vectors.hpp"

namespace peaqos::peaq::v2 {
namespace {

const Json& managementVectors(const char* section) { return vectors("peaq_v2/protocol.json").at(section); }

evm::Address managementAddress(const char* digit) { return *evm::parseAddress("0x" + std::string(40, *digit)); }

const evm::Address kContractOfTest = managementAddress("9");
const evm::Address kHolderOfTest = *evm::parseAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
const evm::U256 kMachineOfTest =
    *evm::U256::fromDecimal("6797059852626571897596538631639987226658599017392690144141920250617808126524");

std::map<std::string, Change> changesBySignature() {
  const evm::Address other = managementAddress("2");
  const VerificationMethod method{.id = "#key-1",
                                  .methodType = "Ed25519VerificationKey2020",
                                  .controller = managementAddress("1"),
                                  .publicKeyMultibase = "z6MkiExamplePublicKey"};
  const ServiceEndpoint endpoint{.id = "#svc", .serviceType = "Docs", .serviceEndpoint = "https://a.example/d"};
  const evm::U256& id = kMachineOfTest;
  std::map<std::string, Change> out;
  for (Change& change : std::vector<Change>{
           suspend(kContractOfTest, id), resume(kContractOfTest, id),
           approve(kContractOfTest, id, kHolderOfTest, other), approveAll(kContractOfTest, kHolderOfTest, other, true),
           transfer(kContractOfTest, {.id = id, .from = kHolderOfTest, .to = other}),
           transfer(kContractOfTest,
                    {.id = id, .from = kHolderOfTest, .to = other, .form = TransferForm::SafeWithData, .data = {0x12}}),
           transfer(kContractOfTest, {.id = id, .from = kHolderOfTest, .to = other, .form = TransferForm::Unsafe}),
           setController(kContractOfTest, id, kHolderOfTest, other),
           setVerificationMethods(kContractOfTest, id, {method}),
           setAuthentication(kContractOfTest, id, {evm::U256(0)}), setServiceEndpoints(kContractOfTest, id, {endpoint}),
           subscribe(kContractOfTest, id, Tier::Basic, {}), subscribe(kContractOfTest, id, Tier::Basic, 52260),
           renew(kContractOfTest, id, {}, {}), renew(kContractOfTest, id, {}, 52260),
           renew(kContractOfTest, id, Tier::Pro, {}), renew(kContractOfTest, id, Tier::Pro, 52260)}) {
    out.emplace(change.method, std::move(change));
  }
  return out;
}

TEST(MachineChanges, AreEncodedToTheByte) {
  const auto changes = changesBySignature();
  std::size_t seen = 0;
  for (const char* section : {"management", "subscription"}) {
    for (const Json& vector : managementVectors(section)) {
      const std::string signature = text(vector, "signature");
      ASSERT_TRUE(changes.contains(signature)) << signature;
      EXPECT_EQ(toHex0x(changes.at(signature).data), text(vector, "calldata")) << signature;
      ++seen;
    }
  }
  EXPECT_EQ(seen, changes.size());
}

evm::Log eventOf(const Change& change) {
  return {.emitter = change.contract, .topics = change.topics, .data = change.eventData.value_or(Bytes())};
}

TEST(MachineChanges, AreProvenByTheirEventAlone) {
  for (const auto& [signature, change] : changesBySignature()) {
    const evm::Log good = eventOf(change);
    EXPECT_TRUE(proves({.logs = {good}}, change)) << signature;
    EXPECT_FALSE(proves({}, change)) << signature;
    EXPECT_FALSE(proves({.logs = {good, good}}, change)) << signature << ": twice";
    evm::Log foreign = good;
    foreign.emitter = managementAddress("8");
    EXPECT_FALSE(proves({.logs = {foreign}}, change)) << signature << ": another contract's";
    evm::Log other = good;
    other.topics.back()[31] ^= 1;
    EXPECT_FALSE(proves({.logs = {other}}, change)) << signature << ": about something else";
    if (!change.eventData) continue;
    evm::Log contrary = good;
    contrary.data.back() ^= 1;
    EXPECT_FALSE(proves({.logs = {contrary}}, change)) << signature << ": the contrary";
  }
}

TEST(MachineChanges, KnowTheTopicsOfTheSpecification) {
  const auto changes = changesBySignature();
  const auto topic = [&](const std::string& signature) {
    return toHex0x(changes.at(signature).topics[0]).substr(0, 10);
  };
  EXPECT_EQ(topic("suspend(uint256)"), "0xf85b4b88");
  EXPECT_EQ(topic("setController(uint256,address)"), "0xb4a61861");
  EXPECT_EQ(topic("setVerificationMethods(uint256,(string,string,address,string)[])"), "0xd7c7f342");
  EXPECT_EQ(topic("setAuthentication(uint256,uint256[])"), "0x1f28a36d");
  EXPECT_EQ(topic("setServiceEndpoints(uint256,(string,string,string)[])"), "0xef17a45d");
  EXPECT_EQ(topic("renew(uint256)"), "0x5245fa83");
  EXPECT_EQ(topic("activate(uint256,uint8)"), "0x30d4acbf");
}

TEST(MachineBonds, AreReadFromTheEventsOfAnActivation) {
  const Json& logs = managementVectors("activationLogs");
  evm::Receipt receipt;
  for (const Json& entry : logs) {
    evm::Log log{
        .emitter = *evm::parseAddress(text(entry, "address")), .topics = {}, .data = *fromHex(text(entry, "data"))};
    for (const Json& topic : entry.at("topics")) log.topics.push_back(*fromHexExactly<32>(topic.get<std::string>()));
    receipt.logs.push_back(std::move(log));
  }
  const evm::Address contract = receipt.logs[1].emitter;
  const Change made = subscribe(contract, kMachineOfTest, Tier::Entry, {});
  const auto bonded = bondedBy(receipt, made, kMachineOfTest, kHolderOfTest);
  ASSERT_TRUE(bonded);
  EXPECT_EQ(bonded->bond.toDecimal(), "400000000000000000");
  EXPECT_EQ(bonded->credit, evm::U256());
  EXPECT_EQ(bonded->tier, 0U);
  EXPECT_EQ(bonded->periodEnd, 1798324362U);
  EXPECT_FALSE(bonded->usdt);
  EXPECT_FALSE(bondedBy(receipt, made, kMachineOfTest, managementAddress("1"))) << "another owner";
  EXPECT_FALSE(bondedBy(receipt, renew(contract, kMachineOfTest, {}, {}), kMachineOfTest, kHolderOfTest));
}

TEST(MachineBonds, TellCreditAndUsdt) {
  const Change made = renew(kContractOfTest, kMachineOfTest, {}, 52260);
  const auto words = [](std::initializer_list<std::uint64_t> numbers) {
    std::vector<evm::AbiValue> values;
    for (const std::uint64_t number : numbers) values.emplace_back(number);
    return evm::encodeArguments(values);
  };
  const Hash256 holder = evm::U256::fromBigEndian(kHolderOfTest.bytes)->toWord();
  const Hash256 id = kMachineOfTest.toWord();
  const evm::Receipt receipt{
      .logs = {
          {.emitter = kContractOfTest,
           .topics = {evm::eventTopic("PaidWithUsdt(address,uint256,uint256)"), holder},
           .data = words({70, 9})},
          {.emitter = kContractOfTest, .topics = {made.topics[0], id, holder}, .data = words({2, 100, 1800000000})},
          {.emitter = kContractOfTest,
           .topics = {evm::eventTopic("BondingRewardRedeemed(uint256,address,uint256)"), id, holder},
           .data = words({30})}}};
  const auto bonded = bondedBy(receipt, made, kMachineOfTest, kHolderOfTest);
  ASSERT_TRUE(bonded);
  EXPECT_EQ(bonded->tier, 2U);
  EXPECT_EQ(bonded->bond, evm::U256(100));
  EXPECT_EQ(bonded->credit, evm::U256(30));
  EXPECT_EQ(bonded->usdt, evm::U256(9));
  EXPECT_EQ(bonded->periodEnd, 1800000000U);
}

TEST(Monetization, SignsTheMessageOfTheApi) {
  const Json& vector = managementVectors("monetization");
  const Choice choice{.registry = *evm::parseAddress("0x64b93Cc29b251fAFa83BD110cDB1C24207f85536"),
                      .chainId = 3338,
                      .machineId = kMachineOfTest,
                      .optedIn = true,
                      .timestamp = 1795000000};
  EXPECT_EQ(messageOf(choice), text(vector, "message"));
}

}  // namespace
}  // namespace peaqos::peaq::v2
