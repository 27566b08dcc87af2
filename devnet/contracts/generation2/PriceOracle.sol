// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Role.sol";

/// Prices in dollars with 18 decimals; 0 where there is none.
contract PriceOracle is Role {
    struct Stamp {
        uint256 price;
        uint64 timestamp;
    }

    event PriceStamped(bytes32 indexed currency, uint256 price, address indexed source, uint64 timestamp);

    error LengthMismatch();

    bytes32 public constant PEAQ = "PEAQ";

    mapping(bytes32 => Stamp) public getLatestPrice;

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {
        getLatestPrice[PEAQ] = Stamp(Assumptions.PEAQ_USD, uint64(block.timestamp));
    }

    function commitPrices(bytes32[] calldata currencies, uint256[] calldata prices, uint64 timestamp)
        external
        onlyOwner
    {
        if (currencies.length != prices.length) revert LengthMismatch();
        for (uint256 i = 0; i < prices.length; ++i) {
            getLatestPrice[currencies[i]] = Stamp(prices[i], timestamp);
            emit PriceStamped(currencies[i], prices[i], msg.sender, timestamp);
        }
    }
}
