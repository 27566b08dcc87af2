// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./EventStore.sol";
import "./IdentityRegistry.sol";
import "./IdentityStaking.sol";

/// The events of machines that are registered and bonded, written by their owner or operator.
contract EventRegistry is EventStore {
    error MachineNotFound();
    error MachineNotBonded();
    error MachineDeactivated();
    error NotAuthorizedSubmitter();

    IdentityRegistry public registry;
    IdentityStaking public staking;

    function setContracts(IdentityRegistry registry_, IdentityStaking staking_) external onlyOwner {
        _checkAddress(address(registry_));
        _checkAddress(address(staking_));
        registry = registry_;
        staking = staking_;
    }

    function _checkMachine(uint256 machineId) internal view override {
        if (!registry.machineExists(machineId)) revert MachineNotFound();
        if (registry.isDeactivated(machineId)) revert MachineDeactivated();
        if (!staking.isStaked(machineId)) revert MachineNotBonded();
        if (!registry.isAuthorizedOrOwner(_actor(), machineId)) revert NotAuthorizedSubmitter();
    }
}
