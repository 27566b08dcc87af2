// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

struct VerificationMethod {
    string id;
    string methodType;
    address controller;
    string publicKeyMultibase;
}

struct ServiceEndpoint {
    string id;
    string serviceType;
    string serviceEndpoint;
}

/// A machine's DID document. `authentication` are positions in `verificationMethods`. In calls `id` is ignored; answers
/// carry the DID.
struct DidDocument {
    string id;
    address controller;
    VerificationMethod[] verificationMethods;
    uint256[] authentication;
    ServiceEndpoint[] serviceEndpoints;
}

/// did:peaq:<decimal machine id>, without sign and leading zeros.
library Dids {
    error InvalidDIDFormat();

    bytes internal constant PREFIX = "did:peaq:";

    function fromId(uint256 id) internal pure returns (string memory) {
        bytes memory digits = new bytes(78);
        uint256 first = digits.length;
        do {
            digits[--first] = bytes1(uint8(48 + id % 10));
            id /= 10;
        } while (id != 0);
        bytes memory did = new bytes(PREFIX.length + digits.length - first);
        for (uint256 i = 0; i < did.length; ++i) {
            did[i] = i < PREFIX.length ? PREFIX[i] : digits[first + i - PREFIX.length];
        }
        return string(did);
    }

    function toId(string memory text) internal pure returns (uint256 id) {
        bytes memory did = bytes(text);
        for (uint256 i = PREFIX.length; i < did.length && i < PREFIX.length + 78; ++i) {
            unchecked {
                id = id * 10 + uint8(did[i]) - 48; // whatever this is, only a canonical text equals its own DID
            }
        }
        if (keccak256(bytes(fromId(id))) != keccak256(did)) revert InvalidDIDFormat();
    }
}
