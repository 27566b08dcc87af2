// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "../Administered.sol";

/// The ERC-20 face of the native coin, a precompile on peaq: balances are those of the accounts themselves. Its code is
/// placed at its address, so it has no constructor; storage slot 0 is set from outside. Errors are texts, as of a
/// precompile.
contract PeaqToken is Administered {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    string public constant name = "PEAQ";
    string public constant symbol = "PEAQ";
    uint8 public constant decimals = 18;

    /// A precompile that anvil has with --celo: (from, to, value) moves native coin, whoever asks.
    address internal constant MOVE = address(0xfd);

    mapping(address => mapping(address => uint256)) public allowance;

    function balanceOf(address account) external view returns (uint256) {
        return account.balance;
    }

    function approve(address spender, uint256 value) external unlessFaulty returns (bool) {
        address actor = _actor();
        allowance[actor][spender] = value;
        emit Approval(actor, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external unlessFaulty returns (bool) {
        _move(_actor(), to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external unlessFaulty returns (bool) {
        address actor = _actor();
        uint256 allowed = allowance[from][actor];
        require(allowed >= value, "The allowance is lower than the value");
        if (allowed != type(uint256).max) allowance[from][actor] = allowed - value;
        _move(from, to, value);
        return true;
    }

    function _move(address from, address to, uint256 value) internal {
        require(from.balance >= value, "The balance is lower than the value");
        (bool done,) = MOVE.call(abi.encode(from, to, value));
        require(done, "The native coin was not moved");
        emit Transfer(from, to, value);
    }
}
