// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Administered.sol";
import "./IdentityStaking.sol";

/// Registers machines, one to an address, against a bond of 1 PEAQ. Each machine is an identity NFT that stays with its
/// address.
contract IdentityRegistry is Administered {
    event Registered(uint256 indexed machineId, string machineURI, address indexed owner);
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    error AlreadyRegistered();
    error InvalidMachineAddress();
    error IncorrectBondAmount();
    error ContractNotConfigured();
    error MachineNotFound();
    error NotMachineOwner();
    error InvalidStatus();
    error IdentityNFTSoulbound();
    error ERC721NonexistentToken(uint256 tokenId);

    uint256 public constant minBond = 1 ether;
    IdentityStaking public staking;
    uint256 public totalMachines;
    mapping(address => uint256) public machineIdOfOwner;
    mapping(uint256 => address) internal _ownerOf;
    mapping(uint256 => address) public operatorOf;
    mapping(uint256 => bool) public isDeactivated;

    function setStaking(IdentityStaking staking_) external onlyOwner {
        _checkAddress(address(staking_));
        staking = staking_;
    }

    function register() external payable returns (uint256) {
        return _register(_actor(), address(0));
    }

    function registerFor(address machine) external payable returns (uint256) {
        return _register(machine, _actor());
    }

    function _register(address machine, address operator) internal unlessFaulty returns (uint256 id) {
        if (machine == address(0)) revert InvalidMachineAddress();
        if (machineIdOfOwner[machine] != 0) revert AlreadyRegistered();
        if (msg.value != minBond) revert IncorrectBondAmount();
        if (address(staking) == address(0)) revert ContractNotConfigured();
        id = ++totalMachines;
        machineIdOfOwner[machine] = id;
        _ownerOf[id] = machine;
        operatorOf[id] = operator;
        staking.stakeFor{value: msg.value}(id, machine, msg.value);
        emit Transfer(address(0), machine, id);
        emit Registered(id, "", machine);
    }

    function machineExists(uint256 id) public view returns (bool) {
        return _ownerOf[id] != address(0);
    }

    function ownerOf(uint256 id) public view returns (address) {
        if (!machineExists(id)) revert ERC721NonexistentToken(id);
        return _ownerOf[id];
    }

    function transferFrom(address, address, uint256) external pure {
        revert IdentityNFTSoulbound();
    }

    function isAuthorizedOrOwner(address account, uint256 id) external view returns (bool) {
        return account != address(0) && (account == _ownerOf[id] || account == operatorOf[id]);
    }

    function deactivateMachine(uint256 id) external {
        _setDeactivated(id, true);
    }

    function reactivateMachine(uint256 id) external {
        _setDeactivated(id, false);
    }

    function _setDeactivated(uint256 id, bool value) internal unlessFaulty {
        address actor = _actor();
        if (!machineExists(id)) revert MachineNotFound();
        if (actor != _ownerOf[id] && actor != owner) revert NotMachineOwner();
        if (isDeactivated[id] == value) revert InvalidStatus();
        isDeactivated[id] = value;
    }
}
