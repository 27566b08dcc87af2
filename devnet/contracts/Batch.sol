// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// The batch precompile: several calls in one transaction, each made for the caller (see Acting). Its code is placed at
/// its address, so it has no constructor.
contract Batch {
    event SubcallSucceeded(uint256 index);
    event SubcallFailed(uint256 index);

    /// How many batches may be under way inside the outermost one.
    uint256 internal constant MAX_NESTING = 2;

    /// For whom the subcalls under way are made. Transient: it ends with the transaction, whatever becomes of that.
    address public transient acting;
    uint256 internal transient _underWay;

    // The functions are payable for the compiler only, so that _run can refuse money in the precompile's own words.

    function batchAll(address[] memory to, uint256[] memory value, bytes[] memory callData, uint64[] memory gasLimit)
        external
        payable
    {
        _run(to, value, callData, gasLimit, true, true);
    }

    function batchSome(address[] memory to, uint256[] memory value, bytes[] memory callData, uint64[] memory gasLimit)
        external
        payable
    {
        _run(to, value, callData, gasLimit, false, false);
    }

    function batchSomeUntilFailure(
        address[] memory to,
        uint256[] memory value,
        bytes[] memory callData,
        uint64[] memory gasLimit
    ) external payable {
        _run(to, value, callData, gasLimit, false, true);
    }

    function _run(
        address[] memory to,
        uint256[] memory value,
        bytes[] memory callData,
        uint64[] memory gasLimit,
        bool revertAll,
        bool stopAtFailure
    ) internal {
        _enter();
        for (uint256 i = 0; i < to.length; ++i) {
            // The precompile takes a subcall's value from its caller's account. No contract can, so none is passed on
            // rather than one that came with the transaction: a caller relying on that would fail on the live chain.
            require(i >= value.length || value[i] == 0, "This devnet moves no money in a batch: give value 0");
            (bool done, bytes memory answer) = _subcall(
                to[i], i < callData.length ? callData[i] : bytes(""), i < gasLimit.length ? gasLimit[i] : 0
            );
            if (done) {
                emit SubcallSucceeded(i);
                continue;
            }
            if (revertAll) {
                assembly {
                    revert(add(answer, 32), mload(answer))
                }
            }
            emit SubcallFailed(i);
            if (stopAtFailure) break;
        }
        --_underWay;
    }

    /// A batch inside a batch acts for the same account; other contracts may not call.
    function _enter() internal {
        require(msg.value == 0, "Function is not payable");
        if (msg.sender != address(this)) {
            require(msg.sender.code.length == 0, "Function not callable by smart contracts");
            acting = msg.sender;
        }
        require(_underWay <= MAX_NESTING, "Precompile is called with too high nesting");
        ++_underWay;
    }

    /// A limit of 0 passes on all the gas there is; one above that fails the subcall unmade.
    function _subcall(address to, bytes memory data, uint256 limit) internal returns (bool, bytes memory) {
        uint256 left = gasleft();
        uint256 available = left - left / 64;
        if (limit > available) return (false, "");
        return to.call{gas: limit == 0 ? available : limit}(data);
    }
}
