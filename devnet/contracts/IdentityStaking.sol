// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Pausable.sol";

/// Holds the bonds of machines. Only the registry stakes.
contract IdentityStaking is Pausable {
    event Staked(uint256 indexed machineId, address indexed owner, uint256 amount);

    error AmountZero();
    error AlreadyStaked();
    error NotAuthorized();

    address public registry;
    uint256 public totalStaked;
    mapping(uint256 => uint256) public getStake;

    function setRegistry(address registry_) external onlyOwner {
        _checkAddress(registry_);
        registry = registry_;
    }

    function stakeFor(uint256 machineId, address owner_, uint256 amount)
        external
        payable
        unlessFaulty
        whenNotPaused
    {
        if (msg.sender != registry) revert NotAuthorized();
        if (amount == 0 || amount != msg.value) revert AmountZero();
        if (getStake[machineId] != 0) revert AlreadyStaked();
        getStake[machineId] = amount;
        totalStaked += amount;
        emit Staked(machineId, owner_, amount);
    }

    function isStaked(uint256 machineId) external view returns (bool) {
        return getStake[machineId] != 0;
    }

    /// Takes a machine's bond away, as slashing or unbonding would.
    function release(uint256 machineId) external onlyOwner {
        totalStaked -= getStake[machineId];
        getStake[machineId] = 0;
    }
}
