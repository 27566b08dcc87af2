// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "../EventStore.sol";
import "./Role.sol";

/// The events of machines that have a subscription, written by their owner or the controller of their DID.
contract EventRegistry2 is EventStore, Role {
    uint8 internal constant ACTIVE = 1;
    uint8 internal constant GRACE = 2;

    error SubscriptionNotEligible(uint8 status);

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    function _checkMachine(uint256 machineId) internal view override {
        _checkOwnerOrController(machineId);
        uint8 status = _subscription().subscriptionStatus(machineId);
        if (status != ACTIVE && status != GRACE) revert SubscriptionNotEligible(status);
    }
}
