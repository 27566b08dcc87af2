// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Role.sol";

/// The way to other chains. There are none here: a machine that leaves is gone.
contract MachineBridgeAdapter is Role {
    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    function moveAway(uint256 id, uint16 chain) external onlyOwner {
        _registry().bridgeBurn(id);
        _mirror().updateHomeChain(id, chain);
    }
}
