// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Administered.sol";

/// Dollars for payments on the Machine Market: an ERC-20 token with six decimals, made from nothing by its administrator.
contract UsdToken is Administered {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);
    error ERC20InvalidReceiver(address receiver);

    string public constant name = "Devnet USD Coin";
    string public constant symbol = "USDC";
    uint8 public constant decimals = 6;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    function mint(address to, uint256 value) external onlyOwner {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _transfer(_actor(), to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        address actor = _actor();
        allowance[actor][spender] = value;
        emit Approval(actor, spender, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        address actor = _actor();
        uint256 allowed = allowance[from][actor];
        if (allowed < value) revert ERC20InsufficientAllowance(actor, allowed, value);
        if (allowed != type(uint256).max) allowance[from][actor] = allowed - value;
        _transfer(from, to, value);
        return true;
    }

    function _transfer(address from, address to, uint256 value) internal unlessFaulty {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        uint256 balance = balanceOf[from];
        if (balance < value) revert ERC20InsufficientBalance(from, balance, value);
        balanceOf[from] = balance - value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}
