// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./IdentityRegistry.sol";
import "./Pausable.sol";

/// One NFT for a machine, minted by its owner, or by its operator to the owner.
contract MachineNFT is Pausable {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event MachineMinted(uint256 indexed tokenId, uint256 indexed machineId, address indexed recipient);

    error AlreadyMinted();
    error MachineNotFound();
    error NotMachineOwner();
    error RecipientMustBeMachineOwner();
    error ERC721NonexistentToken(uint256 tokenId);
    error ERC721InvalidReceiver(address receiver);
    error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner);
    error ERC721InsufficientApproval(address operator, uint256 tokenId);

    IdentityRegistry public registry;
    uint256 public totalMinted;
    mapping(uint256 => uint256) public tokenIdOf;
    mapping(uint256 => uint256) public machineIdOf;
    mapping(uint256 => address) internal _ownerOf;

    function setRegistry(IdentityRegistry registry_) external onlyOwner {
        _checkAddress(address(registry_));
        registry = registry_;
    }

    function mint(uint256 machineId, address recipient) external unlessFaulty whenNotPaused {
        _checkAddress(recipient);
        if (!registry.machineExists(machineId)) revert MachineNotFound();
        if (tokenIdOf[machineId] != 0) revert AlreadyMinted();
        address actor = _actor();
        address machineOwner = registry.ownerOf(machineId);
        if (!registry.isAuthorizedOrOwner(actor, machineId)) revert NotMachineOwner();
        if (actor != machineOwner && recipient != machineOwner) revert RecipientMustBeMachineOwner();
        uint256 tokenId = ++totalMinted;
        tokenIdOf[machineId] = tokenId;
        machineIdOf[tokenId] = machineId;
        _ownerOf[tokenId] = recipient;
        emit Transfer(address(0), recipient, tokenId);
        emit MachineMinted(tokenId, machineId, recipient);
    }

    /// Only the holder transfers: approvals are not modelled.
    function transferFrom(address from, address to, uint256 tokenId) external unlessFaulty whenNotPaused {
        if (to == address(0)) revert ERC721InvalidReceiver(to);
        address holder = ownerOf(tokenId);
        if (_actor() != holder) revert ERC721InsufficientApproval(_actor(), tokenId);
        if (from != holder) revert ERC721IncorrectOwner(from, tokenId, holder);
        _ownerOf[tokenId] = to;
        emit Transfer(from, to, tokenId);
    }

    function ownerOf(uint256 tokenId) public view returns (address) {
        if (_ownerOf[tokenId] == address(0)) revert ERC721NonexistentToken(tokenId);
        return _ownerOf[tokenId];
    }
}
