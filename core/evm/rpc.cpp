// SPDX-License-Identifier: Apache-2.0
#include "evm/rpc.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/text.hpp"
#include "evm/rate_limit.hpp"
#include "host/redact_url.hpp"
#include "host/transport_error.hpp"

namespace peaqos::evm {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{125}, kLongestPause{4'000}, kLongestAsked{20'000};
constexpr unsigned kRetries = 6;  // of a server in trouble

// When one request is asked again, and when no more.
class Patience {
 public:
  Patience(host::Clock& clock, milliseconds budget) : clock_(clock), deadline_(now() + budget) {}

  // The pause before the next attempt: what the server asked for, or twice the last one. Returns std::nullopt if no
  // time is left.
  std::optional<milliseconds> next(std::optional<milliseconds> asked) {
    const milliseconds left = deadline_ - now();
    if (left <= milliseconds::zero()) return std::nullopt;
    const milliseconds pause = asked ? std::clamp(*asked, kFirstPause, kLongestAsked) : backoff_;
    backoff_ = std::min(backoff_ * 2, kLongestPause);
    return std::min(pause, left);
  }

 private:
  milliseconds now() { return std::chrono::duration_cast<milliseconds>(clock_.monotonic()); }

  host::Clock& clock_;
  milliseconds deadline_;
  milliseconds backoff_ = kFirstPause;
};

Json envelope(const RpcCall& call, std::int64_t id) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"method", call.method}, {"params", call.params}};
}

// In place of an answer that a large array did not get: half as many calls at once.
RpcAnswer unanswered(std::size_t count) {
  return {.replies = std::vector<std::optional<RpcReply>>(count), .next = Next::Split, .takes = count / 2};
}

}  // namespace

std::string RpcClient::endpoint() const { return host::redactUrl(url_); }

// As many of the calls as fit, in their order, one at least. Web servers before a node often take no body above 1 MiB,
// and some nodes answer a larger one with an error that does not speak of its size.
RpcClient::Body RpcClient::bodyOf(std::span<const RpcCall> calls, std::span<const std::size_t> which) {
  constexpr std::size_t kLargest = 512U << 10;
  std::string list;
  std::size_t count = 0;
  for (const std::size_t call : which) {
    const std::string text = dumpJson(envelope(calls[call], lastId_ + 1));
    if (count > 0 && list.size() + text.size() > kLargest) break;
    list += (count > 0 ? "," : "") + text;
    ++lastId_;
    ++count;
  }
  return {.text = count == 1 ? std::move(list) : "[" + list + "]", .count = count};
}

Error RpcClient::failure(const RpcAnswer& answer, const host::Response& response) const {
  const std::string where = "the RPC endpoint " + endpoint();
  const std::string status = "HTTP status " + std::to_string(response.status);
  const std::string words = oneLine(answer.complaint.message);
  const std::string said = words.empty() ? "" : ": " + words;
  if (answer.next == Next::Wait && response.status != 503) {
    return networkError("RATE_LIMITED",
                        where + " limits its requests" + (response.status == 200 ? "" : " (" + status + ")") + said,
                        "Wait a little and run the command again, or set PEAQOS_RPC_URL to another endpoint");
  }
  if (response.status >= 500 || response.status == 408) {
    return networkError("RPC_TROUBLE", where + " answered with " + status + said,
                        "Run the command again in a moment, or set PEAQOS_RPC_URL to another endpoint");
  }
  if (response.status == 401 || response.status == 403) {
    return networkError("RPC_ACCESS", where + " refused access with " + status + said,
                        "Check the key in PEAQOS_RPC_URL");
  }
  const bool isJson = parseJson(asText(response.body)).has_value();
  const std::string why = response.status != 200 ? "answered with " + status + said
                          : !isJson              ? "sent an answer that is not JSON"
                                                 : "sent an answer without result or error for the request";
  return networkError("BAD_RPC_ANSWER", where + " " + why, "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
}

// Returns std::nullopt if the array was too much for the connection. Erigon closes it on more than 100 calls, and no
// host takes an answer of any length.
Task<std::optional<host::Response>> RpcClient::exchange(std::string body, std::size_t count) {
  constexpr std::size_t kLargeArray = 100;
  try {
    co_return co_await http_.postJson(url_, std::move(body), true);
  } catch (const Error& error) {
    const bool reset = error.code == host::code(host::TransportFailure::Reset) && count > kLargeArray;
    const bool tooLarge = error.code == host::code(host::TransportFailure::TooLarge) && count > 1;
    if (!reset && !tooLarge) throw;
  }
  co_return std::nullopt;
}

Task<std::vector<SendReply>> RpcClient::ask(std::vector<RpcCall> calls, Purpose purpose) {
  std::vector<SendReply> replies(calls.size());
  std::vector<bool> asked(calls.size());
  std::vector<std::size_t> open(calls.size());  // the calls without a reply
  std::iota(open.begin(), open.end(), 0U);
  Patience patience(http_.clock(), patience_);
  const std::size_t sizeBefore = arraySize_;
  std::size_t largest = calls.size();  // of an array in this request
  unsigned troubles = 0, guesses = 0;
  const host::Response none;

  while (!open.empty()) {
    const std::int64_t firstId = lastId_ + 1;
    Body body = bodyOf(calls, std::span(open).first(std::min({open.size(), arraySize_, largest})));
    const std::size_t count = body.count;
    const std::vector<std::size_t> now(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(count));
    const auto received = co_await exchange(std::move(body.text), count);
    const host::Response& response = received ? *received : none;
    RpcAnswer answer = received ? readAnswer(response, firstId, count) : unanswered(count);
    for (std::size_t i = 0; i < count; ++i) {
      SendReply& reply = replies[now[i]];
      reply.repeated = reply.repeated || response.repeated || asked[now[i]];
      asked[now[i]] = true;
      if (!answer.replies[i]) continue;
      reply.reply = std::move(*answer.replies[i]);
      std::erase(open, now[i]);
    }

    if (answer.next == Next::Nothing) continue;
    if (answer.next == Next::AskRest) {
      largest = 1;
      continue;
    }
    if (answer.next == Next::Split || (answer.next == Next::TrySplit && guesses++ > 0)) {
      arraySize_ = std::min(arraySize_, answer.next == Next::Split ? answer.takes : count / 2);
      continue;
    }
    const bool mayAsk = answer.next == Next::Wait || answer.next == Next::TrySplit ||
                        (answer.next == Next::Retry && purpose == Purpose::Read && troubles++ < kRetries);
    const auto pause = mayAsk ? patience.next(retryAfter(response, http_.clock().now() / 1'000'000)) : std::nullopt;
    if (pause) {
      co_await http_.clock().sleep(*pause);
      continue;
    }
    if (guesses > 1) arraySize_ = sizeBefore;  // it was trouble, not a limit
    if (purpose == Purpose::Read || answer.next != Next::Wait || response.status == 503) {
      const auto wanted = retryAfter(response, http_.clock().now() / 1'000'000);
      if (answer.next == Next::Wait) throw RateLimitError(failure(answer, response), wanted.value_or(milliseconds(0)));
      throw failure(answer, response);
    }
    if (!isRateLimit(answer.complaint)) answer.complaint.code = response.status;
    for (const std::size_t call : open) replies[call].reply = answer.complaint;
    open.clear();
  }
  co_return replies;
}

Task<std::vector<RpcReply>> RpcClient::read(std::vector<RpcCall> calls) {
  auto answers = co_await ask(std::move(calls), Purpose::Read);
  std::vector<RpcReply> replies;
  replies.reserve(answers.size());
  for (SendReply& answer : answers) replies.push_back(std::move(answer.reply));
  co_return replies;
}

Task<std::vector<SendReply>> RpcClient::send(std::vector<Bytes> transactions) {
  std::vector<RpcCall> calls;
  calls.reserve(transactions.size());
  for (const Bytes& raw : transactions) calls.push_back({"eth_sendRawTransaction", Json::array({toHex0x(raw)})});
  co_return co_await ask(std::move(calls), Purpose::Send);
}

RpcCall chainIdCall() { return {"eth_chainId"}; }

RpcCall balanceCall(const Address& account) { return {"eth_getBalance", {toChecksum(account), "latest"}}; }

RpcCall codeCall(const Address& account) { return {"eth_getCode", {toChecksum(account), "latest"}}; }

RpcCall latestBlockCall() { return {"eth_getBlockByNumber", {"latest", false}}; }

RpcCall contractCall(const Address& to, BytesView calldata) {
  return {"eth_call", Json::array({{{"to", toChecksum(to)}, {"data", toHex0x(calldata)}}, "latest"})};
}

RpcCall receiptCall(const Hash256& transaction) {
  return {"eth_getTransactionReceipt", Json::array({toHex0x(transaction)})};
}

}  // namespace peaqos::evm
