// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./UsdToken.sol";

/// Keeps what buyers pay until their orders are settled. A buyer transfers tokens here; its administrator, the market,
/// then locks them for an order, and later releases them to the seller or refunds them to the buyer.
contract Escrow is Administered {
    enum State {
        None,
        Locked,
        Frozen,
        Released,
        Refunded
    }

    struct Deposit {
        UsdToken token;
        address payer;
        address payee;
        uint256 amount;
        State state;
    }

    event Locked(bytes32 indexed orderId, address payer, address payee, uint256 amount);
    event Frozen(bytes32 indexed orderId);
    event Released(bytes32 indexed orderId, address payee, uint256 amount);
    event Refunded(bytes32 indexed orderId, address payer, uint256 amount);

    error AmountZero();
    error NotCovered(uint256 unlocked, uint256 needed);
    error InvalidState(bytes32 orderId, State state);

    mapping(bytes32 => Deposit) public deposits;
    /// How much of a token is locked: the rest of the balance was transferred, but belongs to no order yet.
    mapping(UsdToken => uint256) public lockedOf;

    function lock(bytes32 orderId, UsdToken token, address payer, address payee, uint256 amount)
        external
        onlyOwner
        unlessFaulty
    {
        _checkAddress(payer);
        _checkAddress(payee);
        if (amount == 0) revert AmountZero();
        _require(orderId, State.None, State.None);
        uint256 unlocked = token.balanceOf(address(this)) - lockedOf[token];
        if (unlocked < amount) revert NotCovered(unlocked, amount);
        deposits[orderId] = Deposit(token, payer, payee, amount, State.Locked);
        lockedOf[token] += amount;
        emit Locked(orderId, payer, payee, amount);
    }

    /// For the time of a dispute.
    function freeze(bytes32 orderId) external onlyOwner unlessFaulty {
        _require(orderId, State.Locked, State.Locked);
        deposits[orderId].state = State.Frozen;
        emit Frozen(orderId);
    }

    function release(bytes32 orderId) external onlyOwner unlessFaulty {
        Deposit storage deposit = _settle(orderId, State.Released);
        emit Released(orderId, deposit.payee, deposit.amount);
        deposit.token.transfer(deposit.payee, deposit.amount);
    }

    function refund(bytes32 orderId) external onlyOwner unlessFaulty {
        Deposit storage deposit = _settle(orderId, State.Refunded);
        emit Refunded(orderId, deposit.payer, deposit.amount);
        deposit.token.transfer(deposit.payer, deposit.amount);
    }

    function _settle(bytes32 orderId, State state) internal returns (Deposit storage deposit) {
        _require(orderId, State.Locked, State.Frozen);
        deposit = deposits[orderId];
        deposit.state = state;
        lockedOf[deposit.token] -= deposit.amount;
    }

    function _require(bytes32 orderId, State one, State other) internal view {
        State state = deposits[orderId].state;
        if (state != one && state != other) revert InvalidState(orderId, state);
    }
}
