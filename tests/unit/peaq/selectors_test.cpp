// Selectors and topics as they were published, from the signatures of docs/protocol.md#contracts.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "evm/abi.hpp"
#include "evm/revert.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::peaq {
namespace {

struct Known {
  std::string_view name, selector;
};

constexpr Known kKnown[] = {
    {"AlreadyRegistered", "0x3a81d6fc"},
    {"InvalidMachineAddress", "0x050cd25b"},
    {"AmountZero", "0xcbca5aa2"},
    {"AlreadyStaked", "0x0ae3514d"},
    {"MachineNotBonded", "0xc2322582"},
    {"MachineNotFound", "0x70436860"},
    {"AlreadyMinted", "0xddefae28"},
    {"NotMachineOwner", "0x96995981"},
    {"RecipientMustBeMachineOwner", "0xcd13a65b"},
    {"InvalidAddress", "0xe6c4247b"},
    {"MachineDeactivated", "0x22c74367"},
    {"NotAuthorizedSubmitter", "0x34a8dd7f"},
    {"InvalidEventType", "0x2e8c904e"},
    {"InvalidTrustLevel", "0x18dcb7d6"},
    {"FutureTimestamp", "0x0ff02cef"},
    {"InvalidCurrencyShape", "0x65596104"},
    {"MetadataTooLarge", "0xa197fa01"},
    {"OffsetOutOfBounds", "0x9605a010"},
    {"IncorrectBondAmount", "0x8620aa19"},
    {"BondBelowFloor", "0xf611488a"},
    {"BondNotRequired", "0xb8412e6f"},
    {"ContractNotConfigured", "0x16e0e480"},
    {"ETHTransferFailed", "0xb12d13eb"},
    {"IdentityNFTSoulbound", "0x8ae4eb0a"},
    {"InvalidStatus", "0xf525e320"},
    {"WalletAlreadyBound", "0xe2f460db"},
    {"NotAuthorized", "0xea8e4eb5"},
    {"SafeERC20FailedOperation", "0x5274afe7"},
    {"EnforcedPause", "0xd93c0665"},
    {"ExpectedPause", "0x8dfc202b"},
    {"FailedCall", "0xd6bda275"},
    {"ReentrancyGuardReentrantCall", "0x3ee5aeb5"},
    {"InvalidInitialization", "0xf92ee8a9"},
    {"NotInitializing", "0xd7e6bcf8"},
    {"OwnableInvalidOwner", "0x1e4fbdf7"},
    {"OwnableUnauthorizedAccount", "0x118cdaa7"},
    {"AddressEmptyCode", "0x9996b315"},
    {"UUPSUnauthorizedCallContext", "0xe07c8dba"},
    {"ERC1967InvalidImplementation", "0x4c9c8ce3"},
    {"ERC1967NonPayable", "0xb398979f"},
    {"UUPSUnsupportedProxiableUUID", "0xaa1d49a4"},
    {"ERC721NonexistentToken", "0x7e273289"},
    {"ERC721IncorrectOwner", "0x64283d7b"},
    {"ERC721InsufficientApproval", "0x177e802f"},
    {"ERC721InvalidApprover", "0xa9fbf51f"},
    {"ERC721InvalidOperator", "0x5b08ba18"},
    {"ERC721InvalidOwner", "0x89c62b64"},
    {"ERC721InvalidReceiver", "0x64a0ae92"},
    {"ERC721InvalidSender", "0x73c6ac6e"},
    {"EntryNotFound", "0x4c92a369"},
};

TEST(Selectors, EveryCustomErrorIsRecognised) {
  EXPECT_EQ(std::size(kKnown), contractErrors().size());
  for (const auto& [name, selector] : kKnown) {
    const auto revert = evm::revertFrom({3, "execution reverted", Json(selector)}, contractErrors());
    ASSERT_TRUE(revert) << name;
    EXPECT_EQ(revert->name, name);
    EXPECT_FALSE(meaningOf(*revert).empty());
  }
}

TEST(Selectors, AbsenceHasTwoForms) {
  EXPECT_TRUE(meansAbsent({"EntryNotFound", ""}));
  EXPECT_TRUE(meansAbsent({"", "Reverted: Cannot find the item"}));
  EXPECT_FALSE(meansAbsent({"NotAuthorized", ""}));
}

}  // namespace
}  // namespace peaqos::peaq
