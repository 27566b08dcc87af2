// JSON-RPC 2.0 over HTTP, as Ethereum nodes speak it (EIP-1474).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/u256.hpp"
#include "host/http.hpp"

namespace peaqos::evm {

struct RpcCall {
  std::string method;
  Json params = Json::array();
};

// The node's own refusal of one call.
struct RpcError {
  std::int64_t code = 0;
  std::string message;
  std::optional<Json> data;  // as sent: revert data as hex text, an object, null, or absent
};

// What one call of a batch came to.
using RpcReply = std::variant<Json, RpcError>;

// The value of a reply. Throws Error (Network, "RPC_ERROR") when the node refused the call; `what` names it in words,
// e.g. "the balance of 0xf39F...2266".
const Json& valueOf(const RpcReply& reply, const std::string& what);

// Typed readings of a value; each throws Error (Network, "BAD_RPC_ANSWER") for anything else.
U256 quantityOf(const RpcReply& reply, const std::string& what);
std::uint64_t uint64Of(const RpcReply& reply, const std::string& what);
Bytes dataOf(const RpcReply& reply, const std::string& what);

// The Error for a node's refusal: "could not read <what>: <the node's words>".
Error rpcRefusal(const RpcError& error, const std::string& what);

class RpcClient {
 public:
  RpcClient(host::HttpClient& http, std::string url) : http_(http), url_(std::move(url)) {}

  // Sends reads as one JSON-RPC batch; an endpoint that refuses arrays gets single requests from then on. An HTTP
  // status of 429 or 5xx is asked again, up to 5 times in all. Replies stand in the order of the calls. Throws Error
  // (Network) for a transport failure, an HTTP status or an answer that is no JSON-RPC.
  Task<std::vector<RpcReply>> read(std::vector<RpcCall> calls);

  // Sends one call that changes something (eth_sendRawTransaction), at most once.
  Task<RpcReply> write(RpcCall call);

  // For messages: the endpoint without its credentials.
  std::string endpoint() const;

 private:
  Task<host::Response> post(std::string body, bool replayable);
  Task<std::optional<std::vector<RpcReply>>> readBatch(const std::vector<RpcCall>& calls);
  Task<RpcReply> single(const RpcCall& call, bool replayable);
  Json envelope(const RpcCall& call);
  Error badAnswer(const std::string& why) const;
  RpcReply replyFrom(const Json& answer) const;

  host::HttpClient& http_;
  std::string url_;
  std::int64_t lastId_ = 0;
  bool takesArrays_ = true;
};

// Reads that every caller phrases alike. Block "latest" unless said otherwise.
RpcCall chainIdCall();
RpcCall balanceCall(const Address& account);
RpcCall codeCall(const Address& account);
RpcCall latestBlockCall();
RpcCall contractCall(const Address& to, BytesView calldata);
RpcCall receiptCall(const Hash256& transaction);

}  // namespace peaqos::evm
