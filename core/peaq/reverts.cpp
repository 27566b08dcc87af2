// SPDX-License-Identifier: Apache-2.0
#include "peaq/reverts.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::string_view kErrors[] = {
    "AlreadyRegistered()",
    "InvalidMachineAddress()",
    "AmountZero()",
    "AlreadyStaked()",
    "MachineNotBonded()",
    "MachineNotFound()",
    "AlreadyMinted()",
    "NotMachineOwner()",
    "RecipientMustBeMachineOwner()",
    "InvalidAddress()",
    "MachineDeactivated()",
    "NotAuthorizedSubmitter()",
    "InvalidEventType()",
    "InvalidTrustLevel()",
    "FutureTimestamp()",
    "InvalidCurrencyShape()",
    "MetadataTooLarge()",
    "OffsetOutOfBounds()",
    "IncorrectBondAmount()",
    "BondBelowFloor()",
    "BondNotRequired()",
    "ContractNotConfigured()",
    "ETHTransferFailed()",
    "IdentityNFTSoulbound()",
    "InvalidStatus()",
    "WalletAlreadyBound(address)",
    "NotAuthorized()",
    "SafeERC20FailedOperation(address)",
    "EnforcedPause()",
    "ExpectedPause()",
    "FailedCall()",
    "ReentrancyGuardReentrantCall()",
    "InvalidInitialization()",
    "NotInitializing()",
    "OwnableInvalidOwner(address)",
    "OwnableUnauthorizedAccount(address)",
    "AddressEmptyCode(address)",
    "UUPSUnauthorizedCallContext()",
    "ERC1967InvalidImplementation(address)",
    "ERC1967NonPayable()",
    "UUPSUnsupportedProxiableUUID(bytes32)",
    "ERC721NonexistentToken(uint256)",
    "ERC721IncorrectOwner(address,uint256,address)",
    "ERC721InsufficientApproval(address,uint256)",
    "ERC721InvalidApprover(address)",
    "ERC721InvalidOperator(address)",
    "ERC721InvalidOwner(address)",
    "ERC721InvalidReceiver(address)",
    "ERC721InvalidSender(address)",
    "EntryNotFound(address,bytes)",
};

struct Meaning {
  std::string_view name;
  std::string_view text;
};

constexpr Meaning kMeanings[] = {
    {"AlreadyRegistered", "the machine address is already registered"},
    {"InvalidMachineAddress", "the machine address is the zero address"},
    {"AmountZero", "the bond is zero"},
    {"AlreadyStaked", "the machine is already bonded"},
    {"MachineNotBonded", "the machine is not bonded"},
    {"MachineNotFound", "no machine has this ID"},
    {"AlreadyMinted", "the machine's NFT already exists"},
    {"NotMachineOwner", "the caller does not own the machine"},
    {"RecipientMustBeMachineOwner", "an operator may mint the NFT to the machine's owner only"},
    {"InvalidAddress", "an address is the zero address"},
    {"MachineDeactivated", "the machine is deactivated"},
    {"NotAuthorizedSubmitter", "the caller may not submit events for this machine"},
    {"InvalidEventType", "the contract does not know this event type"},
    {"InvalidTrustLevel", "the contract does not know this trust level"},
    {"FutureTimestamp", "the event's time is later than the block's"},
    {"InvalidCurrencyShape", "the contract does not accept this currency code"},
    {"MetadataTooLarge", "the metadata is larger than the contract accepts"},
    {"IncorrectBondAmount", "the bond is not the amount the registry asks for"},
    {"EnforcedPause", "the contract is paused"},
    {"ContractNotConfigured", "the contract is not fully configured by its owner"},
};

}  // namespace

std::span<const std::string_view> contractErrors() { return kErrors; }

std::string meaningOf(const evm::Revert& revert) {
  for (const Meaning& meaning : kMeanings) {
    if (revert.name == meaning.name) return std::string(meaning.text);
  }
  if (!revert.name.empty()) return "the contract refused with " + revert.name;
  return "the contract refused: " + revert.reason;
}

bool meansAbsent(const evm::Revert& revert) {
  return revert.name == "EntryNotFound" || revert.reason.find("Cannot find the item") != std::string::npos;
}

}  // namespace peaqos::peaq
