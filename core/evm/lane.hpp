// The exclusive use of an account's nonces.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>

#include "base/task.hpp"
#include "evm/address.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"

namespace peaqos::evm {

// Waits until no other run of this user, in whatever folder, is between choosing a nonce of this account and the end of
// its broadcast. One lane serves the account on every chain: it is held for a few requests only, never while a person
// is asked or a receipt is awaited. Its lock is a file's in ~/.peaqos/lanes, or in the working directory where there is
// no home directory. Returns null where no lock can be had. Throws Error: Network "LOCKED", Interrupted.
Task<std::unique_ptr<host::FileLock>> enterLane(host::Host& host, host::Conversation& conversation, Address account,
                                                std::chrono::milliseconds patience);

}  // namespace peaqos::evm
