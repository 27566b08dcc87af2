// Functions and events of the second generation, for evm::encodeCall() and evm::eventTopic().
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace peaqos::peaq::v2 {

namespace info_desk {
inline constexpr std::string_view kPeer = "peer(bytes32)";
inline constexpr std::string_view kPeaqToken = "peaqToken()";
inline constexpr std::string_view kSubscriptionPeriodLength = "subscriptionPeriodLength()";
inline constexpr std::string_view kGraceDuration = "graceDuration()";
inline constexpr std::string_view kRunoffDuration = "runoffDuration()";
inline constexpr std::string_view kTierPriceUsd = "tierPriceUsd(uint8)";
inline constexpr std::string_view kLocalChainId = "localChainId()";
}  // namespace info_desk

namespace state {
inline constexpr std::string_view kActivateMachine =
    "activateMachine((string,address,(string,string,address,string)[],uint256[],(string,string,string)[]),string,bytes,"
    "address,uint8)";
inline constexpr std::string_view kActivateMachineWithUsdt =
    "activateMachineWithUsdt((string,address,(string,string,address,string)[],uint256[],(string,string,string)[]),"
    "string,bytes,address,uint8,uint256)";
inline constexpr std::string_view kSuspend = "suspend(uint256)";
inline constexpr std::string_view kResume = "resume(uint256)";
inline constexpr std::string_view kIsGeneralPaused = "isGeneralPaused(uint256)";
inline constexpr std::string_view kIsTechnicalPaused = "isTechnicalPaused(uint256)";
inline constexpr std::string_view kIsTechnicalPausedGlobal = "isTechnicalPausedGlobal()";
inline constexpr std::string_view kIsOperatorPaused = "isOperatorPaused(uint256)";
inline constexpr std::string_view kIsMachineAvailable = "isMachineAvailable(uint256)";
inline constexpr std::string_view kIsRelocating = "isRelocating(uint256)";
inline constexpr std::string_view kMachineOnboardedEvent = "MachineOnboarded(uint256,address)";
inline constexpr std::string_view kOperatorPausedSetEvent = "OperatorPausedSet(uint256,bool)";
}  // namespace state

namespace registry {
inline constexpr std::string_view kComputeTokenId = "computeTokenId(string,bytes)";
inline constexpr std::string_view kOwnerOf = "ownerOf(uint256)";
inline constexpr std::string_view kControllerOf = "controllerOf(uint256)";
inline constexpr std::string_view kMachineTypeOf = "machineTypeOf(uint256)";
inline constexpr std::string_view kCredentialSubjectOf = "credentialSubjectOf(uint256)";
inline constexpr std::string_view kManufacturerOf = "manufacturerOf(uint256)";
inline constexpr std::string_view kDidDocument = "didDocument(uint256)";
inline constexpr std::string_view kVerificationMethodsOf = "verificationMethodsOf(uint256)";
inline constexpr std::string_view kAuthenticationOf = "authenticationOf(uint256)";
inline constexpr std::string_view kServiceEndpointsOf = "serviceEndpointsOf(uint256)";
inline constexpr std::string_view kGetApproved = "getApproved(uint256)";
inline constexpr std::string_view kIsApprovedForAll = "isApprovedForAll(address,address)";
inline constexpr std::string_view kApprove = "approve(address,uint256)";
inline constexpr std::string_view kSetApprovalForAll = "setApprovalForAll(address,bool)";
inline constexpr std::string_view kSafeTransferFrom = "safeTransferFrom(address,address,uint256)";
inline constexpr std::string_view kSafeTransferFromWithData = "safeTransferFrom(address,address,uint256,bytes)";
inline constexpr std::string_view kTransferFrom = "transferFrom(address,address,uint256)";
inline constexpr std::string_view kSetController = "setController(uint256,address)";
inline constexpr std::string_view kSetVerificationMethods =
    "setVerificationMethods(uint256,(string,string,address,string)[])";
inline constexpr std::string_view kSetAuthentication = "setAuthentication(uint256,uint256[])";
inline constexpr std::string_view kSetServiceEndpoints = "setServiceEndpoints(uint256,(string,string,string)[])";
inline constexpr std::string_view kMachineMintedEvent = "MachineMinted(uint256,address,address,string)";
inline constexpr std::string_view kControllerUpdatedEvent = "ControllerUpdated(uint256,address,address)";
inline constexpr std::string_view kVerificationMethodsUpdatedEvent = "VerificationMethodsUpdated(uint256)";
inline constexpr std::string_view kAuthenticationUpdatedEvent = "AuthenticationUpdated(uint256)";
inline constexpr std::string_view kServiceEndpointsUpdatedEvent = "ServiceEndpointsUpdated(uint256)";
inline constexpr std::string_view kApprovalEvent = "Approval(address,address,uint256)";
inline constexpr std::string_view kApprovalForAllEvent = "ApprovalForAll(address,address,bool)";
inline constexpr std::string_view kTransferEvent = "Transfer(address,address,uint256)";
}  // namespace registry

namespace subscription {
inline constexpr std::string_view kIsEconomicAuthority = "isEconomicAuthority()";
inline constexpr std::string_view kRequiredPeaqAmount = "requiredPeaqAmount(uint8)";
inline constexpr std::string_view kPendingVoucherCredit = "pendingVoucherCredit(address)";
inline constexpr std::string_view kPendingBondingReward = "pendingBondingReward(address)";
inline constexpr std::string_view kSubscriptions = "subscriptions(uint256)";
inline constexpr std::string_view kSubscriptionStatus = "subscriptionStatus(uint256)";
inline constexpr std::string_view kActivate = "activate(uint256,uint8)";
inline constexpr std::string_view kActivateWithUsdt = "activateWithUsdt(uint256,uint8,uint256)";
inline constexpr std::string_view kRenew = "renew(uint256)";
inline constexpr std::string_view kRenewToTier = "renew(uint256,uint8)";
inline constexpr std::string_view kRenewWithUsdt = "renewWithUsdt(uint256,uint256)";
inline constexpr std::string_view kRenewToTierWithUsdt = "renewWithUsdt(uint256,uint256,uint8)";
inline constexpr std::string_view kActivatedEvent = "Activated(uint256,address,uint8,uint256,uint64,uint64)";
inline constexpr std::string_view kRenewedEvent = "Renewed(uint256,address,uint8,uint256,uint64)";
inline constexpr std::string_view kVoucherRedeemedEvent = "VoucherRedeemed(uint256,address,uint256)";
inline constexpr std::string_view kBondingRewardRedeemedEvent = "BondingRewardRedeemed(uint256,address,uint256)";
inline constexpr std::string_view kPaidWithUsdtEvent = "PaidWithUsdt(address,uint256,uint256)";
}  // namespace subscription

namespace mirror {
inline constexpr std::string_view kHomeChainOf = "homeChainOf(uint256)";
inline constexpr std::string_view kIsHomedLocally = "isHomedLocally(uint256)";
}  // namespace mirror

namespace pool {
inline constexpr std::string_view kUsdtToken = "usdtToken()";
inline constexpr std::string_view kQuoteUsdtForPeaq = "quoteUsdtForPeaq(uint256)";
}  // namespace pool

// ERC-20: the PEAQ token and USDT.
namespace token {
inline constexpr std::string_view kApprove = "approve(address,uint256)";
inline constexpr std::string_view kAllowance = "allowance(address,address)";
inline constexpr std::string_view kBalanceOf = "balanceOf(address)";
inline constexpr std::string_view kDecimals = "decimals()";
}  // namespace token

namespace events {
inline constexpr std::string_view kSubmitEvent =
    "submitEvent(uint256,uint8,uint256,string,uint256,bytes32,uint8,uint256,bytes32,bytes)";
}  // namespace events

}  // namespace peaqos::peaq::v2
