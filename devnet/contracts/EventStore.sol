// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Pausable.sol";

/// Keeps the revenue (0) and activity (1) events of machines. Whose they may be is said by the contract that extends it.
abstract contract EventStore is Pausable {
    struct MachineEvent {
        uint256 machineId;
        uint8 eventType;
        uint256 value;
        uint256 timestamp;
        bytes32 dataHash;
        uint8 trustLevel;
        uint256 sourceChainId;
        bytes32 sourceTxHash;
        bytes metadata;
        string currency;
    }

    event EventSubmitted(
        uint256 indexed machineId, uint256 indexed eventIndex, uint8 eventType, uint256 value, string indexed currency
    );

    error InvalidEventType();
    error InvalidTrustLevel();
    error FutureTimestamp();
    error InvalidCurrencyShape();
    error MetadataTooLarge();
    error OffsetOutOfBounds();

    uint256 public constant MAX_METADATA_SIZE = 4096;
    uint256 public constant CURRENCY_MIN_LEN = 3;
    uint256 public constant CURRENCY_MAX_LEN = 10;
    uint256 public constant MAX_QUERY_LIMIT = 100;

    uint256 public totalEventCount;
    mapping(uint256 => MachineEvent[]) internal _events;

    function submitEvent(
        uint256 machineId,
        uint8 eventType,
        uint256 value,
        string calldata currency,
        uint256 timestamp,
        bytes32 dataHash,
        uint8 trustLevel,
        uint256 sourceChainId,
        bytes32 sourceTxHash,
        bytes calldata metadata
    ) external unlessFaulty whenNotPaused {
        _checkMachine(machineId);
        if (eventType > 1) revert InvalidEventType();
        if (trustLevel > 2) revert InvalidTrustLevel();
        if (timestamp > block.timestamp) revert FutureTimestamp();
        if (!_isCurrency(eventType, bytes(currency))) revert InvalidCurrencyShape();
        if (metadata.length > MAX_METADATA_SIZE) revert MetadataTooLarge();
        MachineEvent storage made = _events[machineId].push();
        made.machineId = machineId;
        made.eventType = eventType;
        made.value = value;
        made.timestamp = timestamp;
        made.dataHash = dataHash;
        made.trustLevel = trustLevel;
        made.sourceChainId = sourceChainId;
        made.sourceTxHash = sourceTxHash;
        made.metadata = metadata;
        made.currency = currency;
        ++totalEventCount;
        emit EventSubmitted(machineId, _events[machineId].length - 1, eventType, value, currency);
    }

    /// Reverts where the caller may not write events of this machine now.
    function _checkMachine(uint256 machineId) internal view virtual;

    function _isCurrency(uint8 eventType, bytes memory code) internal pure returns (bool) {
        if (eventType == 1) return code.length == 0;
        if (code.length < CURRENCY_MIN_LEN || code.length > CURRENCY_MAX_LEN) return false;
        for (uint256 i = 0; i < code.length; ++i) {
            bool letter = code[i] >= "A" && code[i] <= "Z";
            bool digit = code[i] >= "0" && code[i] <= "9";
            if (!letter && !digit) return false;
        }
        return true;
    }

    function getEventCount(uint256 machineId) external view returns (uint256) {
        return _events[machineId].length;
    }

    function getEventAt(uint256 machineId, uint256 index) external view returns (MachineEvent memory) {
        if (index >= _events[machineId].length) revert OffsetOutOfBounds();
        return _events[machineId][index];
    }

    function getEvents(uint256 machineId, uint256 offset, uint256 limit)
        external
        view
        returns (MachineEvent[] memory page)
    {
        uint256 count = _events[machineId].length;
        if (offset > count) revert OffsetOutOfBounds();
        if (limit > MAX_QUERY_LIMIT) limit = MAX_QUERY_LIMIT;
        uint256 size = count - offset < limit ? count - offset : limit;
        page = new MachineEvent[](size);
        for (uint256 i = 0; i < size; ++i) page[i] = _events[machineId][offset + i];
    }
}
