// Worked examples of every transaction, to the byte (docs/protocol.md#vectors).
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "crypto/keccak.hpp"
#include "evm/abi.hpp"
#include "evm/receipt.hpp"
#include "evm/rlp.hpp"
#include "evm/signer.hpp"
#include "hex.hpp"
#include "peaq/chain_vectors.hpp"
#include "peaq/contracts.hpp"
#include "peaq/did.hpp"
#include "peaq/event.hpp"

namespace peaqos::peaq {
namespace {

evm::Address filledWith(std::uint8_t byte) {
  evm::Address address;
  address.bytes.fill(byte);
  return address;
}

evm::Address precompile(std::uint8_t low) {
  evm::Address address;
  address.bytes[18] = 8;
  address.bytes[19] = low;
  return address;
}

const Contracts kContracts{.identityRegistry = filledWith(0x11),
                           .identityStaking = filledWith(0x22),
                           .eventRegistry = filledWith(0x33),
                           .machineNft = filledWith(0x44),
                           .didRegistry = precompile(0x00),
                           .batchPrecompile = precompile(0x05)};

crypto::PrivateKey testKey() {
  return *crypto::PrivateKey::fromBytes(hex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
}

const evm::Address kSigner = evm::parseAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266").value();
const evm::Address kMachine = evm::parseAddress("0x70997970C51812dc3A010C7d01b50e0d17dc79C8").value();

evm::SignedTransaction signedBy(const evm::Transaction& transaction) {
  evm::KeySigner signer(testKey());
  Task<evm::SignedTransaction> task = signer.sign(transaction);
  task.start();
  return task.result();
}

void expectVector(const TransactionVector& vector, const evm::Address& to, const evm::U256& value,
                  const Bytes& calldata) {
  EXPECT_EQ(toHex0x(calldata), vector.calldata);
  const auto made = signedBy({.chainId = 3338,
                              .nonce = 7,
                              .maxPriorityFeePerGas = 1'000'000'000,
                              .maxFeePerGas = 201'000'000'000,
                              .gasLimit = 150'000,
                              .to = to,
                              .value = value,
                              .data = calldata});
  EXPECT_EQ(toHex0x(made.raw), vector.raw);
  EXPECT_EQ(toHex0x(made.hash), vector.hash);
}

TEST(ChainVectors, Registration) {
  expectVector(kRegister, kContracts.identityRegistry, kBond, registerCalldata());
  expectVector(kRegisterFor, kContracts.identityRegistry, kBond, registerForCalldata(kMachine));
}

TEST(ChainVectors, Mint) { expectVector(kMint, kContracts.machineNft, 0, mintCalldata(42, kSigner)); }

TEST(ChainVectors, Erc20Transfer) {
  expectVector(kTransfer, filledWith(0x55), 0, evm::encodeCall("transfer(address,uint256)", {kMachine, 1'500'000}));
}

TEST(ChainVectors, Events) {
  Event revenue{.machineId = 42, .value = 123, .currency = "USD", .timestamp = 1776945600, .sourceChain = 3338};
  revenue.dataHash = hash("9451adfc5b4b78497236872bc098cacf235a79ec6de441b25ebb544a20253c1d");
  revenue.metadata = Bytes(asBytes("{\"k\":1}").begin(), asBytes("{\"k\":1}").end());
  expectVector(kRevenueEvent, kContracts.eventRegistry, 0, submitEventCalldata(revenue));

  Event activity{.machineId = 42, .type = 1, .timestamp = 1700000000, .trust = kOnchainTrust, .sourceChain = 8453};
  activity.sourceTx.fill(0xab);
  expectVector(kActivityEvent, kContracts.eventRegistry, 0, submitEventCalldata(activity));

  const Event hkd{.machineId = 42, .value = 123, .currency = "HKD", .timestamp = 1776945600, .trust = 2};
  expectVector(kHkdEvent, kContracts.eventRegistry, 0, submitEventCalldata(hkd));
}

std::vector<AttributeWrite> additions(std::initializer_list<Attribute> attributes) {
  std::vector<AttributeWrite> writes;
  for (const Attribute& attribute : attributes) writes.push_back({AttributeChange::Add, attribute});
  return writes;
}

TEST(ChainVectors, DidBatches) {
  const auto batch = [](const std::vector<AttributeWrite>& writes) {
    return writeAttributesCalldata(kContracts, kSigner, writes);
  };
  expectVector(kMachineDid, kContracts.batchPrecompile, 0,
               batch(additions({{"machineId", "42"},
                                {"nftTokenId", "11"},
                                {"operator", ""},
                                {"documentation_url", "https://example.com/docs"},
                                {"data_api", "https://example.com/events"},
                                {"data_visibility", "public"}})));
  expectVector(kProxyDid, kContracts.batchPrecompile, 0, batch(additions({{"machineId", "7"}, {"machines", "[42]"}})));
  expectVector(kProxyDidOfTwo, kContracts.batchPrecompile, 0,
               batch(additions({{"machineId", "7"}, {"machines", "[42, 43]"}})));
}

TEST(ChainVectors, Reads) {
  EXPECT_EQ(toHex0x(machineIdOfOwnerCalldata(kSigner)),
            "0x367fbe44000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  EXPECT_EQ(toHex0x(tokenIdOfCalldata(42)),
            "0x06474d12000000000000000000000000000000000000000000000000000000000000002a");
  EXPECT_EQ(toHex0x(ownerOfCalldata(11)), "0x6352211e000000000000000000000000000000000000000000000000000000000000000b");
  EXPECT_EQ(toHex(evm::selector("decimals()")), "313ce567");
  EXPECT_EQ(numberFrom(Json("0x" + std::string(62, '0') + "0b"), "the id"), evm::U256(11));
  EXPECT_EQ(addressFrom(Json("0x000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266"), "the owner"),
            kSigner);
}

TEST(ChainVectors, Attributes) {
  const evm::RpcCall call = readAttributeCall(kContracts, kSigner, "machineId");
  EXPECT_EQ(call.params[0]["data"], kReadAttribute);
  EXPECT_EQ(attributeFrom(Json(kReadAttributeReply), "machineId", kSigner), "42");
}

// Not a form that peaqos sends; it checks signing and RLP on their own.
TEST(ChainVectors, LegacyTransaction) {
  const auto list = [](const Bytes& v, const Bytes& r, const Bytes& s) {
    return evm::rlpList({evm::rlpInteger(7), evm::rlpInteger(2'000'000'000), evm::rlpInteger(150'000),
                         evm::rlpBytes(filledWith(0x11).bytes), evm::rlpInteger(kBond),
                         evm::rlpBytes(registerCalldata()), v, r, s});
  };
  const Bytes payload = list(evm::rlpInteger(3338), evm::rlpInteger(0), evm::rlpInteger(0));
  const crypto::Signature signature = crypto::sign(testKey(), crypto::keccak256(payload));
  const std::uint64_t v = 3338 * 2 + 35 + signature.yParity;  // EIP-155
  const Bytes raw = list(evm::rlpInteger(v), evm::rlpInteger(*evm::U256::fromBigEndian(signature.r)),
                         evm::rlpInteger(*evm::U256::fromBigEndian(signature.s)));
  EXPECT_EQ(toHex0x(raw), kLegacyRaw);
  EXPECT_EQ(toHex0x(crypto::keccak256(raw)), kLegacyHash);
}

TEST(ChainVectors, RegisteredEvent) {
  const auto word = [](const evm::U256& value) { return value.toWord(); };
  evm::Log log{.emitter = kContracts.identityRegistry,
               .topics = {hash("ca52e62c367d81bb2e328eb795f7c7ba24afb478408a26c0e201d155c449bc4a"), word(42),
                          word(*evm::U256::fromBigEndian(kSigner.bytes))},
               .data = {}};
  evm::Receipt receipt;
  receipt.logs = {log};
  EXPECT_EQ(registeredMachineId(receipt, kContracts.identityRegistry), evm::U256(42));
  EXPECT_FALSE(registeredMachineId(receipt, kContracts.machineNft)) << "another contract's event";
}

}  // namespace
}  // namespace peaqos::peaq
