// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// The batch precompile: several calls in one transaction, each made for the caller (see Acting). Its code is placed at
/// its address, so it has no constructor.
contract Batch {
    event SubcallSucceeded(uint256 index);
    event SubcallFailed(uint256 index);

    /// For whom the subcalls under way are made.
    address public acting;

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
        address outer = acting;
        acting = msg.sender;
        for (uint256 i = 0; i < to.length; ++i) {
            uint256 amount = i < value.length ? value[i] : 0;
            uint256 gasCap = i < gasLimit.length && gasLimit[i] != 0 ? gasLimit[i] : gasleft();
            (bool done, bytes memory answer) =
                to[i].call{value: amount, gas: gasCap}(i < callData.length ? callData[i] : bytes(""));
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
        acting = outer;
    }
}
