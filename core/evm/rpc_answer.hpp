// What an HTTP answer says about the calls of one JSON-RPC request.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evm/rpc_reply.hpp"
#include "host/transport.hpp"

namespace peaqos::evm {

// What to do about the calls that have no reply.
enum class Next {
  Nothing,   // every call has one
  AskRest,   // the answer left some out
  Wait,      // the endpoint limits requests: HTTP 429, 503, or words or codes in the body
  Retry,     // the server is in trouble: HTTP 408 or 5xx
  Split,     // it does not take arrays, or none of this size
  TrySplit,  // HTTP 500 or 501 to an array: trouble, or a limit on arrays without words
  GiveUp,    // no EVM JSON-RPC endpoint, or access denied
};

struct RpcAnswer {
  std::vector<std::optional<RpcReply>> replies;  // in the order of the calls
  Next next = Next::Nothing;
  RpcError complaint = {};  // what the server says about the calls without a reply; may be empty
  std::size_t takes = 1;    // for Split: how many calls to send at once from now on
};

// Reads the answer to `count` calls with the ids from `firstId` on, sent as an array when there are two or more. An id
// may come back as a string. An answer with an id of no call of the request is never taken for one of them; an error
// without an id answers a call only when it was sent alone. A call that was refused because of a rate limit has no
// reply.
RpcAnswer readAnswer(const host::Response& response, std::int64_t firstId, std::size_t count);

}  // namespace peaqos::evm
