// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Role.sol";

interface IReceiver {
    function onERC721Received(address operator, address from, uint256 id, bytes calldata data)
        external
        returns (bytes4);
}

/// Machines as tokens (EIP-721), with the errors of EIP-6093.
abstract contract Erc721 is Role {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);

    error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner);
    error ERC721InsufficientApproval(address operator, uint256 tokenId);
    error ERC721InvalidApprover(address approver);
    error ERC721InvalidOperator(address operator);
    error ERC721InvalidOwner(address owner);
    error ERC721InvalidReceiver(address receiver);
    error ERC721InvalidSender(address sender);
    error ERC721NonexistentToken(uint256 tokenId);

    string public constant name = "Devnet Machine";
    string public constant symbol = "MACHINE";

    mapping(uint256 => address) internal _holders;
    mapping(uint256 => address) internal _approved;
    mapping(address => uint256) internal _balances;
    mapping(address => mapping(address => bool)) public isApprovedForAll;

    function ownerOf(uint256 id) public view returns (address holder) {
        holder = _holders[id];
        if (holder == address(0)) revert ERC721NonexistentToken(id);
    }

    function balanceOf(address account) external view returns (uint256) {
        if (account == address(0)) revert ERC721InvalidOwner(account);
        return _balances[account];
    }

    function getApproved(uint256 id) external view returns (address) {
        ownerOf(id);
        return _approved[id];
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x80ac58cd;
    }

    function approve(address to, uint256 id) external unlessFaulty {
        address holder = ownerOf(id);
        address actor = _actor();
        if (actor != holder && !isApprovedForAll[holder][actor]) revert ERC721InvalidApprover(actor);
        _approved[id] = to;
        emit Approval(holder, to, id);
    }

    function setApprovalForAll(address operator, bool approved) external unlessFaulty {
        if (operator == address(0)) revert ERC721InvalidOperator(operator);
        isApprovedForAll[_actor()][operator] = approved;
        emit ApprovalForAll(_actor(), operator, approved);
    }

    function transferFrom(address from, address to, uint256 id) public unlessFaulty unlessRelocating(id) {
        if (to == address(0)) revert ERC721InvalidReceiver(to);
        address holder = ownerOf(id);
        address actor = _actor();
        if (actor != holder && !isApprovedForAll[holder][actor] && actor != _approved[id]) {
            revert ERC721InsufficientApproval(actor, id);
        }
        if (from != holder) revert ERC721IncorrectOwner(from, id, holder);
        _put(holder, to, id);
    }

    function safeTransferFrom(address from, address to, uint256 id) external {
        safeTransferFrom(from, to, id, "");
    }

    function safeTransferFrom(address from, address to, uint256 id, bytes memory data) public {
        transferFrom(from, to, id);
        if (to.code.length == 0) return;
        try IReceiver(to).onERC721Received(_actor(), from, id, data) returns (bytes4 answer) {
            if (answer == IReceiver.onERC721Received.selector) return;
        } catch {}
        revert ERC721InvalidReceiver(to);
    }

    function _mint(address to, uint256 id) internal {
        if (to == address(0)) revert ERC721InvalidReceiver(to);
        if (_holders[id] != address(0)) revert ERC721InvalidSender(address(0));
        _put(address(0), to, id);
    }

    function _burn(uint256 id) internal {
        _put(ownerOf(id), address(0), id);
    }

    function _put(address from, address to, uint256 id) private {
        delete _approved[id];
        if (from != address(0)) --_balances[from];
        if (to != address(0)) ++_balances[to];
        _holders[id] = to;
        emit Transfer(from, to, id);
    }
}
