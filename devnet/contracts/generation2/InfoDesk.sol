// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "../Administered.sol";
import "./Assumptions.sol";

/// Where the contracts of the protocol find one another, and its parameters. Peers go by the hash of their role's name.
contract InfoDesk is Administered {
    event PeerSet(bytes32 indexed key, address indexed addr);
    event PeerUnset(bytes32 indexed key, address indexed previous);
    event PeaqTokenSet(address indexed addr);
    event TreasurySet(address indexed addr);
    event BurnAddressSet(address indexed addr);
    event TierPriceUsdSet(uint8 indexed tier, uint256 usdPrice);
    event SubscriptionPeriodLengthSet(uint64 value);
    event GraceDurationSet(uint64 value);
    event RunoffDurationSet(uint64 value);
    event MachineRelocationEnabledSet(bool value);

    error PeaqTokenAlreadySet();

    uint16 public constant localChainId = Assumptions.LOCAL_CHAIN;

    mapping(bytes32 => address) public peer;
    mapping(uint8 => uint256) public tierPriceUsd;
    address public peaqToken;
    address public treasury = Assumptions.TREASURY;
    address public burnAddress = Assumptions.BURN;
    uint64 public subscriptionPeriodLength = Assumptions.PERIOD;
    uint64 public graceDuration = Assumptions.GRACE;
    uint64 public runoffDuration = Assumptions.RUNOFF;
    bool public isMachineRelocationEnabled;

    constructor(address owner_, address peaqToken_, bytes32[] memory keys, address[] memory peers) {
        owner = owner_;
        peaqToken = peaqToken_;
        tierPriceUsd[0] = Assumptions.ENTRY_USD;
        tierPriceUsd[1] = Assumptions.BASIC_USD;
        tierPriceUsd[2] = Assumptions.PRO_USD;
        for (uint256 i = 0; i < keys.length; ++i) {
            peer[keys[i]] = peers[i];
            emit PeerSet(keys[i], peers[i]);
        }
    }

    function setPeer(bytes32 key, address addr) external onlyOwner {
        _checkAddress(addr);
        peer[key] = addr;
        emit PeerSet(key, addr);
    }

    function unsetPeer(bytes32 key) external onlyOwner {
        emit PeerUnset(key, peer[key]);
        delete peer[key];
    }

    function setPeaqToken(address addr) external onlyOwner {
        _checkAddress(addr);
        if (peaqToken != address(0)) revert PeaqTokenAlreadySet();
        peaqToken = addr;
        emit PeaqTokenSet(addr);
    }

    function setTreasury(address addr) external onlyOwner {
        _checkAddress(addr);
        treasury = addr;
        emit TreasurySet(addr);
    }

    function setBurnAddress(address addr) external onlyOwner {
        _checkAddress(addr);
        burnAddress = addr;
        emit BurnAddressSet(addr);
    }

    function setTierPriceUsd(uint8 tier, uint256 usdPrice) external onlyOwner {
        tierPriceUsd[tier] = usdPrice;
        emit TierPriceUsdSet(tier, usdPrice);
    }

    function setSubscriptionPeriodLength(uint64 value) external onlyOwner {
        subscriptionPeriodLength = value;
        emit SubscriptionPeriodLengthSet(value);
    }

    function setGraceDuration(uint64 value) external onlyOwner {
        graceDuration = value;
        emit GraceDurationSet(value);
    }

    function setRunoffDuration(uint64 value) external onlyOwner {
        runoffDuration = value;
        emit RunoffDurationSet(value);
    }

    function setMachineRelocationEnabled(bool value) external onlyOwner {
        isMachineRelocationEnabled = value;
        emit MachineRelocationEnabledSet(value);
    }
}
