// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// What the published interfaces of the second generation leave open, and this devnet therefore decided, in one place.
///
/// - Lengths of grace and runoff, prices of the tiers, and the price of PEAQ are round numbers; a client reads them.
/// - Dollars have 18 decimals, in prices of tiers and of PEAQ. A bond is rounded down, a price in USDT up.
/// - A period ends with its second: Active before periodEnd, Grace from then on, and so forth.
/// - In runoff a bond shrinks evenly from its whole to nothing; half of what goes is burned, the rest is the treasury's.
///   It is taken when the lifecycle is settled or the machine renewed.
/// - A pair of type and subject that has a subscription answers AlreadyActivated; one that was only minted answers as a
///   token that exists, ERC721InvalidSender(0).
/// - suspend() and resume() that change nothing answer NotActive and NotSuspended. Pauses are set by the protocol's owner,
///   anybody else is NotProtocolOwner. A global technical pause is one of every machine.
/// - A machine is available while its subscription is Active, nothing pauses it, and it lives on this chain.
/// - Where subscriptions are not kept, activateMachine answers TierChosenOnSubscriptionChain.
/// - A machine that left for another chain has no token here: its owner is asked in vain.
/// - The pool is "not configured" while it has no USDT token. That is its state at the beginning, as on the live network.
library Assumptions {
    uint64 internal constant PERIOD = 365 days;
    uint64 internal constant GRACE = 30 days;
    uint64 internal constant RUNOFF = 60 days;

    uint256 internal constant ENTRY_USD = 0.02 ether;
    uint256 internal constant BASIC_USD = 1 ether;
    uint256 internal constant PRO_USD = 40 ether;
    /// An entry bond is 0.4 PEAQ.
    uint256 internal constant PEAQ_USD = 0.05 ether;

    uint16 internal constant LOCAL_CHAIN = 1;
    address internal constant BURN = 0x000000000000000000000000000000000000dEaD;
    address internal constant TREASURY = 0x7Ea5000000000000000000000000000000000002;

    /// Machines that one settlement of the lifecycle looks at.
    uint256 internal constant LIFECYCLE_BATCH = 500;
}
