// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Acting.sol";

/// The DID precompile: attributes of accounts, each written by its own account only. Its code is placed at its address,
/// so it has no constructor.
contract Did is Acting {
    struct Attribute {
        bytes name;
        bytes value;
        uint32 validity;
        uint256 created;
    }

    event AddAttribute(
        address indexed sender, address indexed didAccount, bytes name, bytes value, uint32 indexed validity
    );
    event UpdateAttribute(
        address indexed sender, address indexed didAccount, bytes name, bytes value, uint32 indexed validity
    );
    event RemoveAttribute(address indexed didAccount, bytes name);

    error EntryNotFound(address didAccount, bytes name);
    error AttributeExists(address didAccount, bytes name);
    error NotAuthorized();

    uint256 internal constant MAX_NAME_SIZE = 64;
    uint256 internal constant MAX_VALUE_SIZE = 2560;

    /// Slot 0. Live nodes answer errors as text or as selector, by version: this switch chooses the text.
    bool public answersInText;
    mapping(address => mapping(bytes => Attribute)) internal _attributes;

    function addAttribute(address account, bytes memory name, bytes memory value, uint32 validityFor)
        external
        returns (bool)
    {
        _authorize(account);
        _checkSizes(name, value);
        if (_exists(account, name)) {
            require(!answersInText, "AttributeExists: the attribute is already there");
            revert AttributeExists(account, name);
        }
        _attributes[account][name] = Attribute(name, value, validityFor, block.timestamp);
        emit AddAttribute(_actor(), account, name, value, validityFor);
        return true;
    }

    function updateAttribute(address account, bytes memory name, bytes memory value, uint32 validityFor)
        external
        returns (bool)
    {
        _authorize(account);
        _checkSizes(name, value);
        _requireEntry(account, name);
        Attribute storage attribute = _attributes[account][name];
        attribute.value = value;
        attribute.validity = validityFor;
        emit UpdateAttribute(_actor(), account, name, value, validityFor);
        return true;
    }

    function removeAttribute(address account, bytes memory name) external returns (bool) {
        _authorize(account);
        _requireEntry(account, name);
        delete _attributes[account][name];
        emit RemoveAttribute(account, name);
        return true;
    }

    function readAttribute(address account, bytes memory name) external view returns (Attribute memory) {
        _requireEntry(account, name);
        return _attributes[account][name];
    }

    function _authorize(address account) internal view {
        if (_actor() != account) revert NotAuthorized();
    }

    function _checkSizes(bytes memory name, bytes memory value) internal pure {
        require(name.length <= MAX_NAME_SIZE, "Name too long");
        require(value.length <= MAX_VALUE_SIZE, "Value too long");
    }

    function _exists(address account, bytes memory name) internal view returns (bool) {
        return _attributes[account][name].created != 0;
    }

    function _requireEntry(address account, bytes memory name) internal view {
        if (_exists(account, name)) return;
        require(!answersInText, "Cannot find the item");
        revert EntryNotFound(account, name);
    }
}
