// An HTTP answer to JSON-RPC calls. The first two bytes are the status and how many calls were sent.
// SPDX-License-Identifier: Apache-2.0
#include "evm/rpc_answer.hpp"

#include <algorithm>

#include "fuzz.hpp"

using namespace peaqos;

namespace {

constexpr std::int64_t kFirstId = 7;

void readValue(const evm::RpcReply& reply) {
  for (const auto& read : {+[](const evm::RpcReply& r) { evm::quantityOf(r, "a value"); },
                           +[](const evm::RpcReply& r) { evm::uint64Of(r, "a value"); },
                           +[](const evm::RpcReply& r) { evm::dataOf(r, "a value"); }}) {
    try {
      read(reply);
    } catch (const Error& error) {
      fuzz::require(error.kind == ErrorKind::Network && fuzz::isOneLine(error.message), "the error is one line");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int kStatuses[] = {200, 200, 200, 400, 401, 404, 408, 413, 429, 500, 501, 503};
  if (size < 2) return 0;
  host::Response response;
  response.status = kStatuses[data[0] % std::size(kStatuses)];
  response.body.assign(data + 2, data + size);
  const std::size_t count = 1 + data[1] % 5;
  const evm::RpcAnswer answer = evm::readAnswer(response, kFirstId, count);
  fuzz::require(answer.replies.size() == count, "every call has a place");
  const bool all = std::ranges::all_of(answer.replies, [](const auto& reply) { return reply.has_value(); });
  fuzz::require(all == (answer.next == evm::Next::Nothing), "something is done about calls without a reply");
  fuzz::require(answer.next != evm::Next::Split || (answer.takes >= 1 && answer.takes < count),
                "an array that is split becomes smaller");
  for (const auto& reply : answer.replies) {
    if (reply) readValue(*reply);
  }
  return 0;
}
