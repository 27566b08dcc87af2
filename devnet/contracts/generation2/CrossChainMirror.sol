// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Role.sol";

/// On which of the protocol's chains a machine lives; 0 where that is not known.
contract CrossChainMirror is Role {
    event HomeChainRegistered(uint256 indexed machineId, uint16 homeChainId);
    event HomeChainUpdated(uint256 indexed machineId, uint16 previousChainId, uint16 newChainId);

    error AlreadyRegistered();
    error InvalidChainId();
    error MachineNotRegistered();

    mapping(uint256 => uint16) public homeChainOf;

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    function isHomedLocally(uint256 id) external view returns (bool) {
        return homeChainOf[id] == infoDesk.localChainId();
    }

    function onMachineOnboarded(uint256 id, address, bytes calldata) external unlessFaulty onlyState {
        if (homeChainOf[id] != 0) revert AlreadyRegistered();
        homeChainOf[id] = infoDesk.localChainId();
        emit HomeChainRegistered(id, infoDesk.localChainId());
    }

    function updateHomeChain(uint256 id, uint16 chain) external unlessFaulty onlyBridge {
        if (chain == 0) revert InvalidChainId();
        if (homeChainOf[id] == 0) revert MachineNotRegistered();
        emit HomeChainUpdated(id, homeChainOf[id], chain);
        homeChainOf[id] = chain;
    }
}
