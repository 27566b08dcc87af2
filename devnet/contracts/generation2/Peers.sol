// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Documents.sol";

// What the contracts of the protocol want of one another.

interface IMachineRegistry {
    function computeTokenId(string calldata machineType, bytes calldata subject) external pure returns (uint256);
    function ownerOf(uint256 id) external view returns (address);
    function controllerOf(uint256 id) external view returns (address);
    function onMachineOnboarded(uint256 id, address to, bytes calldata data) external;
    function reissueMachine(uint256 oldId, uint256 newId, address to, bytes calldata data) external;
    function bridgeBurn(uint256 id) external;
}

interface IMachineStateAndSync {
    function isRelocating(uint256 id) external view returns (bool);
    function isTechnicalPaused(uint256 id) external view returns (bool);
}

interface IMachineSubscription {
    function isEconomicAuthority() external view returns (bool);
    function subscriptionStatus(uint256 id) external view returns (uint8);
    function requireNew(uint256 id) external view;
    function onMachineOnboarded(uint256 id, address operator, bytes calldata data) external;
    function onMachineOnboardedWithUsdt(uint256 id, address operator, uint8 tier, uint256 maxUsdtAmount) external;
    function reissueMachineId(uint256 oldId, uint256 newId) external;
}

interface ICrossChainMirror {
    function isHomedLocally(uint256 id) external view returns (bool);
    function onMachineOnboarded(uint256 id, address operator, bytes calldata data) external;
    function updateHomeChain(uint256 id, uint16 chain) external;
}

interface IProvisionPool {
    function usdtToken() external view returns (address);
    function settle(address payer, uint256 peaqAmount, uint256 maxUsdtAmount) external returns (uint256);
}

interface IPriceOracle {
    function getLatestPrice(bytes32 currency) external view returns (uint256 price, uint64 timestamp);
}
