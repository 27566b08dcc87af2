// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Administered.sol";

/// A contract whose writes its administrator can stop for a while.
abstract contract Pausable is Administered {
    event Paused(address account);
    event Unpaused(address account);

    error EnforcedPause();
    error ExpectedPause();

    bool public paused;

    modifier whenNotPaused() {
        if (paused) revert EnforcedPause();
        _;
    }

    function pause() external onlyOwner whenNotPaused {
        paused = true;
        emit Paused(msg.sender);
    }

    function unpause() external onlyOwner {
        if (!paused) revert ExpectedPause();
        paused = false;
        emit Unpaused(msg.sender);
    }
}
