// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Documents.sol";
import "./Erc721.sol";

/// Machines: tokens whose id follows from a type and a credential, each with its DID document.
contract MachineRegistry is Erc721 {
    struct Machine {
        string machineType;
        bytes credentialSubject;
        address manufacturer;
        address controller;
        VerificationMethod[] verificationMethods;
        uint256[] authentication;
        ServiceEndpoint[] serviceEndpoints;
    }

    event MachineMinted(
        uint256 indexed tokenId, address indexed to, address indexed controller, string machineType
    );
    event ControllerUpdated(
        uint256 indexed tokenId, address indexed oldController, address indexed newController
    );
    event VerificationMethodsUpdated(uint256 indexed tokenId);
    event AuthenticationUpdated(uint256 indexed tokenId);
    event ServiceEndpointsUpdated(uint256 indexed tokenId);
    event MachineBridgedOut(uint256 indexed tokenId, string machineType);
    event LegacyMachineReissued(uint256 indexed oldId, uint256 indexed newId, address indexed to);

    error CredentialSubjectMismatch();
    error InvalidAuthenticationIndex();
    error NotMachineOwner();

    mapping(uint256 => Machine) internal _machines;

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    modifier onlyOwnerOrController(uint256 id) {
        _checkOwnerOrController(id);
        _;
    }

    function computeTokenId(string memory machineType, bytes memory subject) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(machineType, subject)));
    }

    function didFromTokenId(uint256 id) external pure returns (string memory) {
        return Dids.fromId(id);
    }

    function tokenIdFromDid(string calldata did) external pure returns (uint256) {
        return Dids.toId(did);
    }

    function machineTypeOf(uint256 id) external view returns (string memory) {
        return _at(id).machineType;
    }

    function credentialSubjectOf(uint256 id) external view returns (bytes memory) {
        return _at(id).credentialSubject;
    }

    function manufacturerOf(uint256 id) external view returns (address) {
        return _at(id).manufacturer;
    }

    function controllerOf(uint256 id) external view returns (address) {
        return _at(id).controller;
    }

    function verificationMethodsOf(uint256 id) external view returns (VerificationMethod[] memory) {
        return _at(id).verificationMethods;
    }

    function authenticationOf(uint256 id) external view returns (uint256[] memory) {
        return _at(id).authentication;
    }

    function serviceEndpointsOf(uint256 id) external view returns (ServiceEndpoint[] memory) {
        return _at(id).serviceEndpoints;
    }

    function didDocument(uint256 id) external view returns (DidDocument memory) {
        Machine storage machine = _at(id);
        return DidDocument(
            Dids.fromId(id),
            machine.controller,
            machine.verificationMethods,
            machine.authentication,
            machine.serviceEndpoints
        );
    }

    function setController(uint256 id, address controller) external unlessFaulty unlessRelocating(id) {
        if (_actor() != ownerOf(id)) revert NotMachineOwner();
        emit ControllerUpdated(id, _machines[id].controller, controller);
        _machines[id].controller = controller;
    }

    function setVerificationMethods(uint256 id, VerificationMethod[] calldata methods)
        external
        unlessFaulty
        onlyOwnerOrController(id)
        unlessRelocating(id)
    {
        _machines[id].verificationMethods = methods;
        emit VerificationMethodsUpdated(id);
    }

    function setAuthentication(uint256 id, uint256[] calldata indices)
        external
        unlessFaulty
        onlyOwnerOrController(id)
        unlessRelocating(id)
    {
        for (uint256 i = 0; i < indices.length; ++i) {
            if (indices[i] >= _machines[id].verificationMethods.length) revert InvalidAuthenticationIndex();
        }
        _machines[id].authentication = indices;
        emit AuthenticationUpdated(id);
    }

    function setServiceEndpoints(uint256 id, ServiceEndpoint[] calldata endpoints)
        external
        unlessFaulty
        onlyOwnerOrController(id)
        unlessRelocating(id)
    {
        _machines[id].serviceEndpoints = endpoints;
        emit ServiceEndpointsUpdated(id);
    }

    /// `data`: (DidDocument, string machineType, bytes credentialSubject, address manufacturer). Indices of
    /// authentication are taken as they are.
    function onMachineOnboarded(uint256 id, address to, bytes calldata data) external unlessFaulty onlyState {
        _create(id, to, data);
    }

    function reissueMachine(uint256 oldId, uint256 newId, address to, bytes calldata data) external onlyState {
        if (_holders[oldId] != address(0)) _burn(oldId);
        _create(newId, to, data);
        emit LegacyMachineReissued(oldId, newId, to);
    }

    function bridgeBurn(uint256 id) external unlessFaulty onlyBridge {
        _burn(id);
        emit MachineBridgedOut(id, _machines[id].machineType);
    }

    function _create(uint256 id, address to, bytes calldata data) internal {
        (DidDocument memory doc, string memory machineType, bytes memory subject, address manufacturer) =
            abi.decode(data, (DidDocument, string, bytes, address));
        if (id != computeTokenId(machineType, subject)) revert CredentialSubjectMismatch();
        _mint(to, id);
        Machine storage machine = _machines[id];
        machine.machineType = machineType;
        machine.credentialSubject = subject;
        machine.manufacturer = manufacturer;
        machine.controller = doc.controller;
        machine.verificationMethods = doc.verificationMethods;
        machine.authentication = doc.authentication;
        machine.serviceEndpoints = doc.serviceEndpoints;
        emit MachineMinted(id, to, doc.controller, machineType);
    }

    function _at(uint256 id) internal view returns (Machine storage) {
        ownerOf(id);
        return _machines[id];
    }
}
