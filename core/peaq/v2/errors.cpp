// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/errors.hpp"

#include <algorithm>
#include <iterator>

#include "evm/abi.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::string_view kErrors[] = {
    "ActivationNotBonded(uint256,address)",
    "AddressEmptyCode(address)",
    "AlreadyActivated()",
    "AlreadyRegistered()",
    "AlreadyTerminated()",
    "AmountOutsideToleranceBand(uint256,uint256)",
    "BatchTooLong(uint256,uint256)",
    "BridgingDisabled()",
    "ChainNotRegistered()",
    "CredentialSubjectMismatch()",
    "CreditCheckoutMismatch()",
    "CurrencyNotWhitelisted()",
    "ERC1967InvalidImplementation(address)",
    "ERC1967NonPayable()",
    "ERC721IncorrectOwner(address,uint256,address)",
    "ERC721InsufficientApproval(address,uint256)",
    "ERC721InvalidApprover(address)",
    "ERC721InvalidOperator(address)",
    "ERC721InvalidOwner(address)",
    "ERC721InvalidReceiver(address)",
    "ERC721InvalidSender(address)",
    "ERC721NonexistentToken(uint256)",
    "EmptyBatch()",
    "EpochNotElapsed()",
    "ExecutionFailed()",
    "FailedCall()",
    "ForeignIdentifierBound(address)",
    "ForeignOperatorConflict(address)",
    "HomeChainConflict(uint256,uint16,uint16)",
    "ImplicitCurrency()",
    "InTokenNotUsdt()",
    "InsufficientBalance(uint256,uint256)",
    "InsufficientInputReceived()",
    "InsufficientPeaqReceived()",
    "InsufficientReserve()",
    "InsufficientUsdtReceived()",
    "InvalidAddress()",
    "InvalidAuthenticationIndex()",
    "InvalidBps()",
    "InvalidChainId()",
    "InvalidCompactRelocate(uint256)",
    "InvalidCreditKind()",
    "InvalidCurrency()",
    "InvalidDIDFormat()",
    "InvalidDelegate()",
    "InvalidEndpointCall()",
    "InvalidInitialization()",
    "InvalidKind(uint8)",
    "InvalidOptionType(uint16)",
    "InvalidRevenueWindowDays()",
    "InvalidSwapPath()",
    "InvalidTier()",
    "InvalidTierCount(uint8)",
    "InvalidTransport(uint8)",
    "InvalidVoucherHalfLife()",
    "LengthMismatch()",
    "LocalMachineExists(uint256)",
    "LzTokenUnavailable()",
    "MachineNotRegistered()",
    "MachineRelocating()",
    "NoCreditCheckout()",
    "NoPeer(uint32)",
    "NoPendingRelocation()",
    "NonceAlreadyConsumed(uint64)",
    "NotActivated()",
    "NotActive()",
    "NotAuthorizedForDomain()",
    "NotBound()",
    "NotBridgeAdapter()",
    "NotCoordinationFeeCollector()",
    "NotEnoughNative(uint256)",
    "NotForeignChain()",
    "NotInReserveMode()",
    "NotInSwapMode()",
    "NotInitializing()",
    "NotLegacyMirror()",
    "NotMachineDataModule()",
    "NotMachineOwner()",
    "NotMachineRegistry()",
    "NotMachineStateAndSync()",
    "NotMachineSubscription()",
    "NotOperator()",
    "NotOperatorOrProtocolOwner()",
    "NotOwnerOrController()",
    "NotProtocolOwner()",
    "NotRemoteBondSettlement()",
    "NotSelf()",
    "NotSubscriptionChain()",
    "NotSuspended()",
    "NotTrustValidator()",
    "OnlyEndpoint(address)",
    "OnlyPeer(uint32,bytes32)",
    "OperatorNotRegistered()",
    "OperatorPointsMismatch()",
    "OwnableInvalidOwner(address)",
    "OwnableUnauthorizedAccount(address)",
    "PeaqConversionOverflow()",
    "PeaqTokenAlreadySet()",
    "PeaqTokenNotSet()",
    "PriceNotAvailable()",
    "PriceStampStale(uint64)",
    "ProvisionFloorBreached(uint256,uint256,uint256)",
    "ProvisionPoolBelowFloor(uint256,uint256)",
    "ProvisionPoolNotConfigured()",
    "QuoteUnavailableInSwapMode()",
    "ReentrancyGuardReentrantCall()",
    "RelocationBundleMismatch(bytes32,bytes32)",
    "RelocationBundleMissing(uint256,uint64)",
    "RelocationDisabled()",
    "RelocationNotYetCancellable()",
    "RenewalRejected(uint8)",
    "RevenueWindowOverflow()",
    "SafeCastOverflowedUintDowncast(uint8,uint256)",
    "SafeERC20FailedOperation(address)",
    "SameMachineId()",
    "SameOperator()",
    "SlippageExceeded()",
    "SpreadConversionOverflow()",
    "StakeSnapshotBatchTooLarge(uint256,uint256)",
    "StaleCancelResponse()",
    "StaleRelocationAck()",
    "SwapInputExceeded()",
    "TechnicallyPaused()",
    "TicketAlreadyResolved(uint8)",
    "TicketNotOpen(uint8)",
    "TierChangeWhileActive()",
    "TierChosenOnSubscriptionChain()",
    "TierNotHigher()",
    "TierPriceOverflow(uint8,uint256)",
    "TokenNotWhitelisted()",
    "ToleranceBandNotConfigured()",
    "TvDispatchOutOfGas()",
    "TvGasTooLow(uint256)",
    "TvInboundRefused()",
    "TvMessageTypeNotAllowed()",
    "TvNonceMismatch(uint64,uint64)",
    "UUPSUnauthorizedCallContext()",
    "UUPSUnsupportedProxiableUUID(bytes32)",
    "UnknownTvSource(uint16)",
    "UnsupportedChainKind()",
    "UnsupportedTokenDecimals()",
    "UsdtConversionOverflow()",
    "UsdtTokenNotSet()",
    "VoucherShareBpsOutOfOrder()",
    "ZeroForeignIdentifier()",
    "ZeroRecipient()",
    "EnforcedPause()",
    "ExpectedPause()",
    "FutureTimestamp()",
    "InvalidCurrencyShape()",
    "InvalidEventType()",
    "InvalidTrustLevel()",
    "MetadataTooLarge()",
    "OffsetOutOfBounds()",
    "SubscriptionNotEligible(uint8)",
};

struct Meaning {
  std::string_view name;
  std::string_view code;
  std::string_view text;
  std::string_view hint;
  ErrorKind kind = ErrorKind::Network;
};

constexpr std::string_view kLookAgain = "Run the command again: it looks at the chain first";
constexpr std::string_view kWait = "Wait until the protocol works again, then run the command again";
constexpr std::string_view kPayInPeaq = "Pay in PEAQ: --payment peaq";
constexpr std::string_view kOwnerOrController = "Sign with the key of the machine's owner or controller";

constexpr Meaning kMeanings[] = {
    {"AlreadyActivated", "ALREADY_ACTIVATED", "the machine has a subscription already", kLookAgain},
    {"AlreadyTerminated", "ALREADY_TERMINATED", "the machine's subscription has ended for good",
     "A machine of another type or credential subject can be activated"},
    {"CredentialSubjectMismatch", "TX_REVERTED", "the credential subject is not the one that the contract expects",
     "Check the credential subject"},
    {"ERC721IncorrectOwner", "ERC721_INCORRECT_OWNER", "the machine belongs to another account", kLookAgain},
    {"ERC721InsufficientApproval", "ERC721_INSUFFICIENT_APPROVAL", "the caller may not move this machine",
     "Sign with the key of its owner, or of an account that the owner approved"},
    {"ERC721InvalidApprover", "ERC721_INVALID_APPROVER", "the caller may not approve others for this machine",
     "Sign with the key of its owner"},
    {"ERC721InvalidOperator", "ERC721_INVALID_OPERATOR", "this account cannot be approved", "Give another address"},
    {"ERC721InvalidReceiver", "TX_REVERTED", "the recipient takes no machines",
     "Give the address of an account, or of a contract that implements onERC721Received"},
    {"ERC721NonexistentToken", "MACHINE_NOT_FOUND", "no machine has this ID",
     "Check the machine's ID and the deployment"},
    {"EnforcedPause", "EnforcedPause", "the contract is paused", kWait},
    {"ForeignIdentifierBound", "OPERATOR_BOUND_ELSEWHERE", "the operator is bound to another identity",
     "Sign with another key"},
    {"FutureTimestamp", "FUTURE_TIMESTAMP", "the event's time is later than the block's",
     "Run the command again in a moment"},
    {"InsufficientBalance", "INSUFFICIENT_BALANCE", "a contract of the protocol lacks the balance for this", kWait},
    {"InsufficientReserve", "INSUFFICIENT_RESERVE", "the pool holds too little PEAQ for this payment", kPayInPeaq},
    {"InsufficientUsdtReceived", "INSUFFICIENT_USDT_RECEIVED", "the pool got less USDT than it asked for", kPayInPeaq},
    {"InvalidAuthenticationIndex", "TX_REVERTED", "an authentication index names no verification method",
     "Indices count verificationMethods from 0"},
    {"InvalidCurrencyShape", "INVALID_CURRENCY_SHAPE", "the contract does not accept this currency code",
     "Give an ISO 4217 code such as EUR", ErrorKind::Input},
    {"InvalidTier", "INVALID_TIER", "the contract does not know this tier", "Use entry, basic or pro",
     ErrorKind::Input},
    {"MachineRelocating", "MACHINE_RELOCATING", "the machine is moving to another chain",
     "Wait until it has arrived, then run the command again"},
    {"MetadataTooLarge", "METADATA_TOO_LARGE", "the metadata is larger than the contract accepts",
     "Give a smaller file", ErrorKind::Input},
    {"NotActivated", "NOT_ACTIVATED", "the machine has no subscription", "Give it one first"},
    {"NotActive", "NOT_ACTIVE", "the machine is suspended, or its subscription is not active", kLookAgain},
    {"NotMachineOwner", "NOT_MACHINE_OWNER", "the caller does not own the machine", "Sign with the key of its owner"},
    {"NotOwnerOrController", "NOT_OWNER_OR_CONTROLLER", "the caller is neither the machine's owner nor its controller",
     kOwnerOrController},
    {"NotSuspended", "NOT_SUSPENDED", "the machine is not suspended", kLookAgain},
    {"PriceNotAvailable", "ORACLE_UNPRICED",
     "the protocol has no price of PEAQ at the moment, so that no bond can be computed", "Run the command again later"},
    {"ProvisionPoolNotConfigured", "PROVISION_POOL_NOT_CONFIGURED", "the protocol takes no USDT on this network",
     kPayInPeaq},
    {"SlippageExceeded", "SLIPPAGE_EXCEEDED", "the price in USDT rose above the accepted maximum",
     "Run the command again, or accept more slippage"},
    {"SubscriptionNotEligible", "SUBSCRIPTION_NOT_ELIGIBLE",
     "the machine's subscription is neither active nor in its grace period", "Renew the subscription first",
     ErrorKind::Input},
    {"TechnicallyPaused", "TECHNICALLY_PAUSED", "the protocol is paused for technical reasons", kWait},
    {"TierChangeWhileActive", "TIER_CHANGE_WHILE_ACTIVE", "the tier cannot change while the subscription is active",
     "Renew with the same tier, or after the period has ended"},
    {"TierChosenOnSubscriptionChain", "NOT_ECONOMIC_AUTHORITY", "bonds are not taken on this chain",
     "Check the deployment", ErrorKind::Configuration},
    {"UnsupportedChainKind", "CHAIN_NOT_REGISTERED", "the protocol does not know this chain", "Check the deployment"},
    {"ChainNotRegistered", "CHAIN_NOT_REGISTERED", "the protocol does not know this chain", "Check the deployment"},
    {"UsdtTokenNotSet", "PROVISION_POOL_NOT_CONFIGURED", "the protocol takes no USDT on this network", kPayInPeaq},
};

const Meaning* findMeaning(const evm::Revert& revert) {
  const auto found = std::ranges::find(kMeanings, revert.name, &Meaning::name);
  return found == std::end(kMeanings) ? nullptr : found;
}

}  // namespace

std::span<const std::string_view> contractErrors() { return kErrors; }

std::optional<std::string_view> errorOf(BytesView revertData) {
  if (revertData.size() < 4) return std::nullopt;
  const auto found = std::ranges::find_if(kErrors, [&](std::string_view signature) {
    return std::ranges::equal(evm::selector(signature), revertData.first(4));
  });
  return found == std::end(kErrors) ? std::nullopt : std::optional(*found);
}

std::string meaningOf(const evm::Revert& revert) {
  if (const Meaning* meaning = findMeaning(revert)) return std::string(meaning->text);
  if (!revert.name.empty()) return "the contract refused with " + revert.name;
  return "the contract refused" + (revert.reason.empty() ? "" : ": " + revert.reason);
}

Error errorFrom(const evm::RevertError& error, const std::string& what) {
  const Meaning* meaning = findMeaning(error.revert);
  const std::string code(meaning ? meaning->code : "TX_REVERTED");
  const std::string text =
      what + " reverted: " + meaningOf(error.revert) +
      (error.transaction ? "; transaction " + toHex0x(*error.transaction) + " was mined but reverted" : "");
  const bool unknown = error.revert.name.empty() && error.revert.reason.empty();
  const std::string hint(meaning   ? meaning->hint
                         : unknown ? std::string_view("Run the command again: it tries the call first, and says why")
                                   : std::string_view("Fix the cause and run the command again"));
  // A mined transaction was paid for: whatever it says, that is no longer a matter of the request alone.
  return {meaning && !error.transaction ? meaning->kind : ErrorKind::Network, code, text, hint};
}

}  // namespace peaqos::peaq::v2
