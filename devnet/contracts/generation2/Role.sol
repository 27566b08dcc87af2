// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./InfoDesk.sol";
import "./PeaqToken.sol";
import "./Peers.sol";

/// A contract of the protocol: it finds the others through the InfoDesk, each time anew, so that a peer that is changed
/// there is changed for all.
abstract contract Role is Administered {
    error NotMachineStateAndSync();
    error NotOwnerOrController();
    error NotProtocolOwner();
    error NotBridgeAdapter();
    error MachineRelocating();

    InfoDesk public immutable infoDesk;

    constructor(InfoDesk desk, address owner_) {
        infoDesk = desk;
        owner = owner_;
    }

    modifier onlyProtocolOwner() {
        if (msg.sender != owner) revert NotProtocolOwner();
        _;
    }

    modifier onlyState() {
        if (msg.sender != address(_state())) revert NotMachineStateAndSync();
        _;
    }

    modifier onlyBridge() {
        if (msg.sender != infoDesk.peer(keccak256("MACHINE_BRIDGE_ADAPTER"))) revert NotBridgeAdapter();
        _;
    }

    modifier unlessRelocating(uint256 id) {
        if (_state().isRelocating(id)) revert MachineRelocating();
        _;
    }

    function _registry() internal view returns (IMachineRegistry) {
        return IMachineRegistry(infoDesk.peer(keccak256("MACHINE_REGISTRY")));
    }

    function _state() internal view returns (IMachineStateAndSync) {
        return IMachineStateAndSync(infoDesk.peer(keccak256("MACHINE_STATE_AND_SYNC")));
    }

    function _subscription() internal view returns (IMachineSubscription) {
        return IMachineSubscription(infoDesk.peer(keccak256("MACHINE_SUBSCRIPTION")));
    }

    function _mirror() internal view returns (ICrossChainMirror) {
        return ICrossChainMirror(infoDesk.peer(keccak256("CROSS_CHAIN_MIRROR")));
    }

    function _pool() internal view returns (IProvisionPool) {
        return IProvisionPool(infoDesk.peer(keccak256("SUBSCRIPTION_TOKEN_PROVISION_POOL")));
    }

    function _oracle() internal view returns (IPriceOracle) {
        return IPriceOracle(infoDesk.peer(keccak256("PRICE_ORACLE")));
    }

    function _token() internal view returns (PeaqToken) {
        return PeaqToken(infoDesk.peaqToken());
    }

    /// The machine's owner; reverts where the caller is neither that nor the DID's controller, or no such machine is here.
    function _checkOwnerOrController(uint256 id) internal view returns (address holder) {
        holder = _registry().ownerOf(id);
        address actor = _actor();
        if (actor != holder && actor != _registry().controllerOf(id)) revert NotOwnerOrController();
    }
}
