// SPDX-License-Identifier: Apache-2.0
#include "peaq/reverts.hpp"

#include <algorithm>
#include <iterator>

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
  std::string_view hint;
};

constexpr std::string_view kCheckContracts = "Check PEAQOS_NETWORK and the contract addresses";
constexpr std::string_view kLookAgain = "Run the command again: it looks at the chain first";

constexpr Meaning kMeanings[] = {
    {"AlreadyRegistered", "the machine address is already registered", kLookAgain},
    {"InvalidMachineAddress", "the machine address is the zero address", "Give the machine's own address"},
    {"AmountZero", "the bond is zero", kCheckContracts},
    {"AlreadyStaked", "the machine is already bonded", kLookAgain},
    {"MachineNotBonded", "the machine is not bonded", "Send its bond to the registry first"},
    {"MachineNotFound", "no machine has this ID", "Check the machine's ID and PEAQOS_NETWORK"},
    {"AlreadyMinted", "the machine's NFT already exists", kLookAgain},
    {"NotMachineOwner", "the caller does not own the machine", "Sign with the key of its owner"},
    {"RecipientMustBeMachineOwner", "an operator may mint the NFT to the machine's owner only",
     "Check that the machine's key is its owner's"},
    {"InvalidAddress", "an address is the zero address", kCheckContracts},
    {"MachineDeactivated", "the machine is deactivated", "Ask those who run the registry to activate it"},
    {"NotAuthorizedSubmitter", "the caller may not submit events for this machine",
     "Sign with the key of the machine or of its operator"},
    {"InvalidEventType", "the contract does not know this event type", kCheckContracts},
    {"InvalidTrustLevel", "the contract does not know this trust level", kCheckContracts},
    {"FutureTimestamp", "the event's time is later than the block's", "Run the command again in a moment"},
    {"InvalidCurrencyShape", "the contract does not accept this currency code", "Give an ISO 4217 code such as EUR"},
    {"MetadataTooLarge", "the metadata is larger than the contract accepts", "Give a smaller file"},
    {"IncorrectBondAmount", "the bond is not the amount the registry asks for", kCheckContracts},
    {"EnforcedPause", "the contract is paused", "Wait until it works again, then run the command again"},
    {"ContractNotConfigured", "the contract is not fully configured by its owner", kCheckContracts},
};

const Meaning* findMeaning(const evm::Revert& revert) {
  const auto found = std::ranges::find(kMeanings, revert.name, &Meaning::name);
  return found == std::end(kMeanings) ? nullptr : found;
}

}  // namespace

std::span<const std::string_view> contractErrors() { return kErrors; }

std::string meaningOf(const evm::Revert& revert) {
  if (const Meaning* meaning = findMeaning(revert)) return std::string(meaning->text);
  if (!revert.name.empty()) return "the contract refused with " + revert.name;
  return "the contract refused" + (revert.reason.empty() ? "" : ": " + revert.reason);
}

std::string meaningOf(const evm::RevertError& error) {
  const std::string meaning = meaningOf(error.revert);
  return error.transaction ? meaning + "; transaction " + toHex0x(*error.transaction) + " was mined but reverted"
                           : meaning;
}

std::string hintFor(const evm::Revert& revert) {
  if (const Meaning* meaning = findMeaning(revert)) return std::string(meaning->hint);
  const bool unknown = revert.name.empty() && revert.reason.empty();
  return unknown ? "Run the command again: it tries the call first, and says why"
                 : "Fix the cause and run the command again";
}

bool meansAbsent(const evm::Revert& revert) {
  return revert.name == "EntryNotFound" || revert.reason.find("Cannot find the item") != std::string::npos;
}

}  // namespace peaqos::peaq
