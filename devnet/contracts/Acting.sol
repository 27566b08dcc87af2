// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

interface IBatch {
    function acting() external view returns (address);
}

/// Who acts: the caller, or, when the batch precompile calls, the account that called the batch. On peaq the precompile
/// makes its subcalls as its caller; a plain EVM has no such call, so the batch is asked.
abstract contract Acting {
    address internal constant BATCH = 0x0000000000000000000000000000000000000805;

    function _actor() internal view returns (address) {
        return msg.sender == BATCH ? IBatch(BATCH).acting() : msg.sender;
    }
}
