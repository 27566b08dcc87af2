// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import "./Role.sol";

/// Bonds of machines, for a period each. What it holds of the native coin is, at any time, the sum of its three totals.
contract MachineSubscription is Role {
    struct Subscription {
        uint8 tier;
        uint64 periodStart;
        uint64 periodEnd;
        uint256 bondedAmount;
        uint256 accumulatedPoints;
    }

    event Activated(
        uint256 indexed machineId,
        address indexed operator,
        uint8 tier,
        uint256 bondedAmount,
        uint64 periodStart,
        uint64 periodEnd
    );
    event Renewed(
        uint256 indexed machineId, address indexed operator, uint8 tier, uint256 bondedAmount, uint64 periodEnd
    );
    event VoucherRedeemed(uint256 indexed machineId, address indexed operator, uint256 amount);
    event BondingRewardRedeemed(uint256 indexed machineId, address indexed operator, uint256 discount);
    event PaidWithUsdt(address indexed operator, uint256 peaqAmount, uint256 usdtAmount);
    event RunoffDecayApplied(
        uint256 indexed machineId, uint256 burned, uint256 toTreasury, uint256 remainingBonded
    );
    event SubscriptionTerminated(uint256 indexed machineId, address indexed operator);
    event SubscriptionReissued(uint256 indexed oldId, uint256 indexed newId);

    error AlreadyActivated();
    error AlreadyTerminated();
    error InvalidTier();
    error NotActivated();
    error PriceNotAvailable();
    error ProvisionPoolNotConfigured();
    error SafeERC20FailedOperation(address token);
    error TechnicallyPaused();
    error TierChangeWhileActive();

    /// How a bond is paid: in PEAQ, or in at most so many USDT.
    struct Payment {
        address payer;
        bool inUsdt;
        uint256 maxUsdtAmount;
    }

    enum Status {
        None,
        Active,
        Grace,
        Runoff,
        Terminated
    }

    uint8 public constant TIER_COUNT = 3;

    bool public isEconomicAuthority = true;
    /// Whether renew() takes a tier. Today's deployments answer as if it did not exist.
    bool public renewalTierSelection;
    mapping(address => uint256) public pendingVoucherCredit;
    mapping(address => uint256) public pendingBondingReward;
    uint256 public totalBondedAmount;
    uint256 public totalCommittedVouchers;
    uint256 public totalCommittedRewards;

    mapping(uint256 => Subscription) internal _subscriptions;
    mapping(uint256 => bool) internal _terminated;
    /// What a machine had bonded when its runoff began; 0 before that is seen.
    mapping(uint256 => uint256) internal _runoffBond;
    uint256[] internal _ids;
    uint256 internal _settled; // the position in _ids that the next settlement begins with

    constructor(InfoDesk desk, address owner_) Role(desk, owner_) {}

    modifier unlessPaused(uint256 id) {
        if (_state().isTechnicalPaused(id)) revert TechnicallyPaused();
        _;
    }

    // Views

    function subscriptions(uint256 id) external view returns (Subscription memory) {
        return _subscriptions[id];
    }

    function subscriptionStatus(uint256 id) external view returns (uint8) {
        return uint8(_status(id));
    }

    function requiredPeaqAmount(uint8 tier) public view returns (uint256) {
        if (tier >= TIER_COUNT) revert InvalidTier();
        (uint256 price,) = _oracle().getLatestPrice("PEAQ");
        if (price == 0) revert PriceNotAvailable();
        return infoDesk.tierPriceUsd(tier) * 1 ether / price;
    }

    /// Reverts where a machine of this id had a subscription before.
    function requireNew(uint256 id) public view {
        if (_subscriptions[id].periodStart != 0) revert AlreadyActivated();
    }

    // Subscribing

    function onMachineOnboarded(uint256 id, address operator, bytes calldata data) external onlyState {
        _activate(id, operator, abi.decode(data, (uint8)), Payment(operator, false, 0));
    }

    function onMachineOnboardedWithUsdt(uint256 id, address operator, uint8 tier, uint256 maxUsdtAmount)
        external
        onlyState
    {
        _activate(id, operator, tier, Payment(operator, true, maxUsdtAmount));
    }

    function activate(uint256 id, uint8 tier) external {
        _activate(id, _checkOwnerOrController(id), tier, Payment(_actor(), false, 0));
    }

    function activateWithUsdt(uint256 id, uint8 tier, uint256 maxUsdtAmount) external {
        _activate(id, _checkOwnerOrController(id), tier, Payment(_actor(), true, maxUsdtAmount));
    }

    function _activate(uint256 id, address holder, uint8 tier, Payment memory payment)
        internal
        unlessFaulty
        unlessPaused(id)
        unlessRelocating(id)
    {
        requireNew(id);
        uint256 bond = requiredPeaqAmount(tier);
        uint256 credit = _min(pendingVoucherCredit[holder], bond);
        _take(payment, bond - credit);
        pendingVoucherCredit[holder] -= credit;
        totalCommittedVouchers -= credit;
        totalBondedAmount += bond;
        uint64 start = uint64(block.timestamp);
        uint64 end = start + infoDesk.subscriptionPeriodLength();
        _subscriptions[id] = Subscription(tier, start, end, bond, 0);
        _ids.push(id);
        emit Activated(id, holder, tier, bond, start, end);
        if (credit > 0) emit VoucherRedeemed(id, holder, credit);
    }

    // Renewing

    function renew(uint256 id) external {
        _renew(id, _subscriptions[id].tier, Payment(_actor(), false, 0));
    }

    function renewWithUsdt(uint256 id, uint256 maxUsdtAmount) external {
        _renew(id, _subscriptions[id].tier, Payment(_actor(), true, maxUsdtAmount));
    }

    function renew(uint256 id, uint8 tier) external {
        _checkTierSelection();
        _renew(id, tier, Payment(_actor(), false, 0));
    }

    function renewWithUsdt(uint256 id, uint256 maxUsdtAmount, uint8 tier) external {
        _checkTierSelection();
        _renew(id, tier, Payment(_actor(), true, maxUsdtAmount));
    }

    function _checkTierSelection() internal view {
        if (renewalTierSelection) return;
        assembly {
            revert(0, 0) // as of a function that is not there
        }
    }

    function _renew(uint256 id, uint8 tier, Payment memory payment)
        internal
        unlessFaulty
        unlessPaused(id)
        unlessRelocating(id)
    {
        address holder = _checkOwnerOrController(id);
        Status status = _status(id);
        if (status == Status.None) revert NotActivated();
        if (status == Status.Terminated) revert AlreadyTerminated();
        Subscription storage subscription = _subscriptions[id];
        if (status == Status.Active && tier != subscription.tier) revert TierChangeWhileActive();
        _settle(id);
        uint256 bond = requiredPeaqAmount(tier);
        uint256 credit = _min(pendingBondingReward[holder], bond);
        _take(payment, bond - credit);
        pendingBondingReward[holder] -= credit;
        totalCommittedRewards -= credit;
        totalBondedAmount += bond;
        subscription.tier = tier;
        subscription.periodEnd += infoDesk.subscriptionPeriodLength();
        subscription.bondedAmount += bond;
        _runoffBond[id] = 0;
        emit Renewed(id, holder, tier, bond, subscription.periodEnd);
        if (credit > 0) emit BondingRewardRedeemed(id, holder, credit);
    }

    function _take(Payment memory payment, uint256 amount) internal {
        if (amount == 0) return;
        if (!payment.inUsdt) {
            bool paid = _token().transferFrom(payment.payer, address(this), amount);
            if (!paid) revert SafeERC20FailedOperation(address(_token()));
            return;
        }
        IProvisionPool pool = _pool();
        if (address(pool).code.length == 0 || pool.usdtToken() == address(0)) {
            revert ProvisionPoolNotConfigured();
        }
        uint256 usdtAmount = pool.settle(payment.payer, amount, payment.maxUsdtAmount);
        emit PaidWithUsdt(payment.payer, amount, usdtAmount);
    }

    // The end of a subscription

    function _status(uint256 id) internal view returns (Status) {
        Subscription storage subscription = _subscriptions[id];
        if (subscription.periodStart == 0) return Status.None;
        uint256 grace = subscription.periodEnd + infoDesk.graceDuration();
        if (_terminated[id] || block.timestamp >= grace + infoDesk.runoffDuration()) return Status.Terminated;
        if (block.timestamp >= grace) return Status.Runoff;
        return block.timestamp >= subscription.periodEnd ? Status.Grace : Status.Active;
    }

    /// Takes what runoff has cost so far, of the next machines in line. Anybody may do that. Whether there are more.
    function settleLifecycle() external returns (bool hasMoreWork) {
        uint256 last = _min(_settled + Assumptions.LIFECYCLE_BATCH, _ids.length);
        for (uint256 i = _settled; i < last; ++i) _settle(_ids[i]);
        hasMoreWork = last < _ids.length;
        _settled = hasMoreWork ? last : 0;
    }

    function _settle(uint256 id) internal {
        Status status = _status(id);
        if (status < Status.Runoff || _terminated[id]) return;
        Subscription storage subscription = _subscriptions[id];
        if (_runoffBond[id] == 0) _runoffBond[id] = subscription.bondedAmount;
        uint256 remaining = 0;
        if (status == Status.Runoff) {
            uint256 end = subscription.periodEnd + infoDesk.graceDuration() + infoDesk.runoffDuration();
            remaining = _runoffBond[id] * (end - block.timestamp) / infoDesk.runoffDuration();
        }
        uint256 gone = subscription.bondedAmount - _min(remaining, subscription.bondedAmount);
        uint256 burned = gone / 2;
        subscription.bondedAmount -= gone;
        totalBondedAmount -= gone;
        if (gone > 0) {
            _token().transfer(infoDesk.burnAddress(), burned);
            _token().transfer(infoDesk.treasury(), gone - burned);
            emit RunoffDecayApplied(id, burned, gone - burned, subscription.bondedAmount);
        }
        if (status == Status.Terminated) {
            _terminated[id] = true;
            emit SubscriptionTerminated(id, _registry().ownerOf(id));
        }
    }

    // The protocol's side

    /// A voucher, paid with the native coin that is sent along.
    function grantVoucher(address operator) external payable onlyProtocolOwner {
        pendingVoucherCredit[operator] += msg.value;
        totalCommittedVouchers += msg.value;
    }

    /// A reward for bonding, paid likewise.
    function grantBondingReward(address operator) external payable onlyProtocolOwner {
        pendingBondingReward[operator] += msg.value;
        totalCommittedRewards += msg.value;
    }

    function setEconomicAuthority(bool value) external onlyProtocolOwner {
        isEconomicAuthority = value;
    }

    function setRenewalTierSelection(bool value) external onlyProtocolOwner {
        renewalTierSelection = value;
    }

    function reissueMachineId(uint256 oldId, uint256 newId) external onlyState {
        if (_subscriptions[oldId].periodStart == 0) return;
        requireNew(newId);
        _subscriptions[newId] = _subscriptions[oldId];
        _runoffBond[newId] = _runoffBond[oldId];
        _terminated[newId] = _terminated[oldId];
        delete _subscriptions[oldId];
        _ids.push(newId);
        emit SubscriptionReissued(oldId, newId);
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
