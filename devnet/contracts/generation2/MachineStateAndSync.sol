// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Role.sol";

/// The way into the protocol, and what stops a machine.
contract MachineStateAndSync is Role {
    event MachineOnboarded(uint256 indexed machineId, address indexed operator);
    event OperatorPausedSet(uint256 indexed machineId, bool value);
    event GeneralPausedSet(uint256 indexed machineId, bool value);
    event GeneralPausedGlobalSet(bool value);
    event TechnicalPausedSet(uint256 indexed machineId, bool value);
    event TechnicalPausedGlobalSet(bool value);

    error NotActive();
    error NotSuspended();
    error SameMachineId();
    error TierChosenOnSubscriptionChain();

    mapping(uint256 => bool) public isOperatorPaused;
    mapping(uint256 => bool) internal _generalPaused;
    mapping(uint256 => bool) internal _technicalPaused;
    mapping(uint256 => bool) public isRelocating;
    bool public isGeneralPausedGlobal;
    bool public isTechnicalPausedGlobal;

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    /// Who sends it owns the machine and pays its bond.
    function activateMachine(
        DidDocument calldata doc,
        string calldata machineType,
        bytes calldata subject,
        address manufacturer,
        uint8 tier
    ) external unlessFaulty returns (uint256 id) {
        address actor = _actor();
        id = _onboard(actor, doc, machineType, subject, manufacturer);
        _subscription().onMachineOnboarded(id, actor, abi.encode(tier));
        emit MachineOnboarded(id, actor);
    }

    function activateMachineWithUsdt(
        DidDocument calldata doc,
        string calldata machineType,
        bytes calldata subject,
        address manufacturer,
        uint8 tier,
        uint256 maxUsdtAmount
    ) external unlessFaulty returns (uint256 id) {
        address actor = _actor();
        id = _onboard(actor, doc, machineType, subject, manufacturer);
        _subscription().onMachineOnboardedWithUsdt(id, actor, tier, maxUsdtAmount);
        emit MachineOnboarded(id, actor);
    }

    /// A machine without a subscription, as one that came from another chain.
    function onboardUnsubscribed(
        address to,
        DidDocument calldata doc,
        string calldata machineType,
        bytes calldata subject,
        address manufacturer
    ) external onlyProtocolOwner returns (uint256 id) {
        id = _mint(to, doc, machineType, subject, manufacturer);
        emit MachineOnboarded(id, to);
    }

    function reissueLegacyMachine(
        uint256 oldId,
        address to,
        DidDocument calldata doc,
        string calldata machineType,
        bytes calldata subject,
        address manufacturer
    ) external onlyProtocolOwner returns (uint256 newId) {
        newId = _registry().computeTokenId(machineType, subject);
        if (newId == oldId) revert SameMachineId();
        _registry().reissueMachine(oldId, newId, to, abi.encode(doc, machineType, subject, manufacturer));
        _mirror().onMachineOnboarded(newId, to, "");
        _subscription().reissueMachineId(oldId, newId);
    }

    function suspend(uint256 id) external unlessFaulty {
        _checkOwnerOrController(id);
        if (isOperatorPaused[id]) revert NotActive();
        _setOperatorPaused(id, true);
    }

    function resume(uint256 id) external unlessFaulty {
        _checkOwnerOrController(id);
        if (!isOperatorPaused[id]) revert NotSuspended();
        _setOperatorPaused(id, false);
    }

    function setGeneralPaused(uint256 id, bool value) external onlyProtocolOwner {
        _generalPaused[id] = value;
        emit GeneralPausedSet(id, value);
    }

    function setGeneralPausedGlobal(bool value) external onlyProtocolOwner {
        isGeneralPausedGlobal = value;
        emit GeneralPausedGlobalSet(value);
    }

    function setTechnicalPaused(uint256 id, bool value) external onlyProtocolOwner {
        _technicalPaused[id] = value;
        emit TechnicalPausedSet(id, value);
    }

    function setTechnicalPausedGlobal(bool value) external onlyProtocolOwner {
        isTechnicalPausedGlobal = value;
        emit TechnicalPausedGlobalSet(value);
    }

    /// As on the way to another chain: nothing changes a machine meanwhile.
    function setRelocating(uint256 id, bool value) external onlyProtocolOwner {
        isRelocating[id] = value;
    }

    function isGeneralPaused(uint256 id) public view returns (bool) {
        return isGeneralPausedGlobal || _generalPaused[id];
    }

    function isTechnicalPaused(uint256 id) public view returns (bool) {
        return isTechnicalPausedGlobal || _technicalPaused[id];
    }

    function isMachineAvailable(uint256 id) external view returns (bool) {
        bool paused = isGeneralPaused(id) || isTechnicalPaused(id) || isOperatorPaused[id] || isRelocating[id];
        return !paused && _mirror().isHomedLocally(id) && _subscription().subscriptionStatus(id) == 1;
    }

    function _onboard(
        address to,
        DidDocument calldata doc,
        string calldata machineType,
        bytes calldata subject,
        address manufacturer
    ) internal returns (uint256) {
        if (!_subscription().isEconomicAuthority()) revert TierChosenOnSubscriptionChain();
        return _mint(to, doc, machineType, subject, manufacturer);
    }

    function _mint(
        address to,
        DidDocument calldata doc,
        string calldata machineType,
        bytes calldata subject,
        address manufacturer
    ) internal returns (uint256 id) {
        id = _registry().computeTokenId(machineType, subject);
        _subscription().requireNew(id);
        _registry().onMachineOnboarded(id, to, abi.encode(doc, machineType, subject, manufacturer));
        _mirror().onMachineOnboarded(id, to, "");
    }

    function _setOperatorPaused(uint256 id, bool value) internal unlessRelocating(id) {
        isOperatorPaused[id] = value;
        emit OperatorPausedSet(id, value);
    }
}
