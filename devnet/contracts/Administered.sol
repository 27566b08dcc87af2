// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Acting.sol";

/// The deployer administers a contract, and can make its next writes revert with given data: so that a test can meet
/// every error a live contract may answer with.
abstract contract Administered is Acting {
    address public owner = msg.sender;
    bytes public fault;

    error OwnableUnauthorizedAccount(address account);
    error InvalidAddress();

    modifier onlyOwner() {
        if (msg.sender != owner) revert OwnableUnauthorizedAccount(msg.sender);
        _;
    }

    modifier unlessFaulty() {
        bytes memory data = fault;
        if (data.length > 0) {
            assembly {
                revert(add(data, 32), mload(data))
            }
        }
        _;
    }

    /// For the addresses of other contracts.
    function _checkAddress(address given) internal pure {
        if (given == address(0)) revert InvalidAddress();
    }

    /// Revert data of the writes to come; empty ends the fault.
    function setFault(bytes calldata data) external onlyOwner {
        fault = data;
    }
}
