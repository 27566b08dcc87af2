// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Administered.sol";
import "./IdentityRegistry.sol";

/// One NFT for a machine, minted by its owner or its operator, to the owner.
contract MachineNFT is Administered {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event MachineMinted(uint256 indexed tokenId, uint256 indexed machineId, address indexed recipient);

    error AlreadyMinted();
    error MachineNotFound();
    error NotMachineOwner();
    error RecipientMustBeMachineOwner();
    error InvalidAddress();
    error ERC721NonexistentToken(uint256 tokenId);

    IdentityRegistry public registry;
    uint256 public totalMinted;
    mapping(uint256 => uint256) public tokenIdOf;
    mapping(uint256 => uint256) public machineIdOf;
    mapping(uint256 => address) internal _ownerOf;

    function setRegistry(IdentityRegistry registry_) external onlyOwner {
        registry = registry_;
    }

    function mint(uint256 machineId, address recipient) external unlessFaulty {
        if (recipient == address(0)) revert InvalidAddress();
        if (!registry.machineExists(machineId)) revert MachineNotFound();
        if (tokenIdOf[machineId] != 0) revert AlreadyMinted();
        if (!registry.isAuthorizedOrOwner(_actor(), machineId)) revert NotMachineOwner();
        if (recipient != registry.ownerOf(machineId)) revert RecipientMustBeMachineOwner();
        uint256 tokenId = ++totalMinted;
        tokenIdOf[machineId] = tokenId;
        machineIdOf[tokenId] = machineId;
        _ownerOf[tokenId] = recipient;
        emit Transfer(address(0), recipient, tokenId);
        emit MachineMinted(tokenId, machineId, recipient);
    }

    function ownerOf(uint256 tokenId) external view returns (address) {
        if (_ownerOf[tokenId] == address(0)) revert ERC721NonexistentToken(tokenId);
        return _ownerOf[tokenId];
    }
}
