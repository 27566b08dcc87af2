// JSON-RPC 2.0 over HTTP, as Ethereum nodes and the endpoints before them speak it (EIP-1474).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/rpc_answer.hpp"
#include "evm/rpc_reply.hpp"
#include "host/http.hpp"

namespace peaqos::evm {

// What the node said about one sent transaction.
struct SendReply {
  RpcReply reply;
  // The bytes may have reached the node before this answer: they were sent again, by the transport on a new connection
  // or by the client after an answer that said nothing about them. A refusal is then no proof that nothing was sent.
  bool repeated = false;
};

// A client of one endpoint. What it learns about arrays lasts as long as the client; one client serves a whole run.
//
// Several calls go as one array. An endpoint that refuses arrays, or arrays of this size, gets smaller ones: of the
// size that its words name, or half of the last. Calls that an array's answer leaves out are asked again one by one.
// A rate limit (HTTP 429 or 503, or an error in the body) is waited for: as long as Retry-After says, at most 20 s at
// a time, or else 125 ms, 250 ms and so on up to 4 s. Only the calls that were limited are asked again. All of this
// ends when the patience has run out; an attempt under way then still has its own time.
class RpcClient {
 public:
  RpcClient(host::HttpClient& http, std::string url) : RpcClient(http, std::move(url), http.timeout()) {}
  RpcClient(host::HttpClient& http, std::string url, std::chrono::milliseconds patience)
      : http_(http), url_(std::move(url)), patience_(patience) {}

  // Sends reads. Replies stand in the order of the calls. HTTP 5xx is asked again up to 7 times in all. Throws Error
  // (Network): for a transport failure as the transport does, "RATE_LIMITED" when the patience ran out, "RPC_TROUBLE"
  // for HTTP 5xx, "RPC_ACCESS" for 401 and 403, "BAD_RPC_ANSWER" for an answer that is not JSON-RPC.
  Task<std::vector<RpcReply>> read(std::vector<RpcCall> calls);

  // Broadcasts signed transactions (eth_sendRawTransaction), all in one exchange where the endpoint takes arrays.
  // Replies stand in the order given. A rate limit that outlasts the patience is the reply of the transactions that
  // it met. Throws Error (Network) as read() does, but at the first HTTP 5xx; each transaction may then have been
  // sent.
  Task<std::vector<SendReply>> send(std::vector<Bytes> transactions);

  // For messages: the endpoint without its credentials.
  std::string endpoint() const;

 private:
  enum class Purpose { Read, Send };

  Task<std::vector<SendReply>> ask(std::vector<RpcCall> calls, Purpose purpose);
  Task<std::optional<host::Response>> exchange(std::string body, std::size_t count);
  struct Body {
    std::string text;
    std::size_t count;  // of the calls in it
  };
  Body bodyOf(std::span<const RpcCall> calls, std::span<const std::size_t> which);
  Error failure(const RpcAnswer& answer, const host::Response& response) const;

  host::HttpClient& http_;
  std::string url_;
  std::chrono::milliseconds patience_;
  std::int64_t lastId_ = 0;
  std::size_t arraySize_ = std::numeric_limits<std::size_t>::max();  // calls that the endpoint takes at once
};

// Reads that every caller phrases alike. Block "latest" unless said otherwise.
RpcCall chainIdCall();
RpcCall balanceCall(const Address& account);
RpcCall codeCall(const Address& account);
RpcCall latestBlockCall();
RpcCall contractCall(const Address& to, BytesView calldata);
RpcCall receiptCall(const Hash256& transaction);

}  // namespace peaqos::evm
