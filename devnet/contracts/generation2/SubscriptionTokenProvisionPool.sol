// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "../UsdToken.sol";
import "./Role.sol";

/// Takes USDT for a bond and pays that in PEAQ, from what it was given beforehand.
contract SubscriptionTokenProvisionPool is Role {
    event Settled(address indexed payer, uint256 peaqAmount, uint256 usdtAmount);
    event SpreadBpsSet(uint256 value);
    event UsdtTokenSet(address indexed token);

    error InsufficientReserve();
    error InvalidBps();
    error NotMachineSubscription();
    error PriceNotAvailable();
    error SlippageExceeded();
    error UsdtTokenNotSet();

    UsdToken public usdtToken;
    uint256 public spreadBps;

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    /// The zero address takes the configuration back.
    function setUsdtToken(UsdToken token) external onlyOwner {
        usdtToken = token;
        emit UsdtTokenSet(address(token));
    }

    function setSpreadBps(uint256 value) external onlyOwner {
        if (value > 10_000) revert InvalidBps();
        spreadBps = value;
        emit SpreadBpsSet(value);
    }

    function peaqReserve() public view returns (uint256) {
        return _token().balanceOf(address(this));
    }

    function usdtBalance() external view returns (uint256) {
        return usdtToken.balanceOf(address(this));
    }

    /// In the token's smallest unit, rounded up.
    function quoteUsdtForPeaq(uint256 peaqAmount) public view returns (uint256) {
        if (address(usdtToken) == address(0)) revert UsdtTokenNotSet();
        (uint256 price,) = _oracle().getLatestPrice("PEAQ");
        if (price == 0) revert PriceNotAvailable();
        uint256 unit = 10 ** (36 - usdtToken.decimals()); // of both prices' decimals, how many the token has not
        uint256 divisor = unit * 10_000;
        return (peaqAmount * price * (10_000 + spreadBps) + divisor - 1) / divisor;
    }

    function settle(address payer, uint256 peaqAmount, uint256 maxUsdtAmount)
        external
        unlessFaulty
        returns (uint256 usdtAmount)
    {
        if (msg.sender != address(_subscription())) revert NotMachineSubscription();
        usdtAmount = quoteUsdtForPeaq(peaqAmount);
        if (usdtAmount > maxUsdtAmount) revert SlippageExceeded();
        if (peaqReserve() < peaqAmount) revert InsufficientReserve();
        usdtToken.transferFrom(payer, address(this), usdtAmount);
        _token().transfer(msg.sender, peaqAmount);
        emit Settled(payer, peaqAmount, usdtAmount);
    }
}
