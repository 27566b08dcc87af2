// What can go wrong between a client and a node.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "evm/rpc.hpp"
#include "host/transport.hpp"
#include "support/event_loop.hpp"
#include "support/node_words.hpp"

namespace peaqos::test {

// One JSON-RPC call of a request.
struct RpcCallSeen {
  Json id;
  std::string method;
  Json params;
};

// An HTTP request to the endpoint, as the weather sees it.
struct RequestSeen {
  bool array = false;
  std::vector<RpcCallSeen> calls;
  microseconds time{0};
  bool has(std::string_view method) const;
};

// Something that happens to requests, from its `skip`th match on and so many times. Make one with the functions of
// namespace weather and narrow it:
//   chain.weather.add(weather::lostAfterWork().on("eth_sendRawTransaction"));             // the first sending
//   chain.weather.add(weather::status(503).on("eth_getTransactionReceipt").skip(1).times(3));
//   chain.weather.add(weather::rpcError(-32005, "rate limited").always().until(seconds(4)));
class Rule {
 public:
  // The stage at which a rule acts; of the rules of one stage that match, the first added acts.
  enum class Stage {
    Hook,     // nothing but its function, before the work; all that match run
    Request,  // the whole HTTP request
    Array,    // a request that is an array
    Call,     // each call of the request
    Answers,  // the JSON on its way back; all that match change it
  };

  Rule& on(std::string method) { return methods_.push_back(std::move(method)), *this; }
  Rule& skip(std::size_t matches) { return skip_ = matches, *this; }
  Rule& times(std::size_t matches) { return times_ = matches, *this; }
  Rule& always() { return times(std::numeric_limits<std::size_t>::max()); }
  // Only before or from a virtual time on.
  Rule& until(microseconds time) { return until_ = time, *this; }
  Rule& from(microseconds time) { return from_ = time, *this; }
  // Only where this holds as well.
  Rule& where(std::function<bool(const RequestSeen&)> condition) { return condition_ = std::move(condition), *this; }

  // How often it acted.
  std::size_t acted() const { return acted_; }

 private:
  friend class Weather;
  friend struct RuleMaker;
  friend class ScriptedChain;
  bool takes(const RequestSeen& request, const RpcCallSeen* call);

  Stage stage_ = Stage::Request;
  std::vector<std::string> methods_;
  std::size_t skip_ = 0, times_ = 1, acted_ = 0;
  std::optional<microseconds> until_, from_;
  std::function<bool(const RequestSeen&)> condition_;

  // Request: before the node, or after it did its work.
  bool works_ = false;
  std::size_t deliveries_ = 1;
  microseconds delay_{0};
  std::optional<host::TransportFailure> failure_;
  std::optional<host::Response> response_;
  // Array: the answer of the endpoint that takes none, or none so long.
  std::function<std::optional<host::Response>(const RequestSeen&)> refuse_;
  // Answers: an array, or the one answer of a single call.
  std::function<void(Json& answers)> rearrange_;
  // Call: the answer instead of, or made of, the node's.
  std::function<evm::RpcReply(const RpcCallSeen&, std::function<evm::RpcReply()> node)> answer_;
  // Hook.
  std::function<void()> run_;
};

class Weather {
 public:
  // The rule stays valid, e.g. for acted(), as long as the weather.
  Rule& add(Rule rule) { return rules_.emplace_back(std::make_unique<Rule>(std::move(rule))), *rules_.back(); }
  // A clear sky.
  void clear() { rules_.clear(); }

 private:
  friend class ScriptedChain;
  Rule* find(Rule::Stage stage, const RequestSeen& request, const RpcCallSeen* call = nullptr);
  void runHooks(const RequestSeen& request);
  void rearrange(const RequestSeen& request, Json& answers);

  std::vector<std::unique_ptr<Rule>> rules_;
};

namespace weather {

// --- Whole requests

Rule lostBeforeWork();     // the connection is reset before the node hears of it
Rule lostAfterWork();      // the node did what was asked; the answer is lost
Rule timeoutBeforeWork();  // as above, without a reset: the client waits until its deadline
Rule timeoutAfterWork();
Rule refusedConnection();
Rule slow(microseconds delay);  // the answer is late by this
Rule deliveredTwice();          // the client's connection repeated it; the answer is to the second delivery
Rule status(int code, std::string body = "", std::vector<host::Header> headers = {});  // before the work
Rule statusAfterWork(int code, std::string body = "");
Rule retryAfter(int code, int waitSeconds);                   // 429 or 503 with Retry-After
Rule rubbish(std::string body = "<html>Bad gateway</html>");  // HTTP 200

// --- Arrays

Rule arraysRefused(int code, std::string body = "");                     // by HTTP status
Rule arraysRefusedByError(int code, std::string message);                // one error object with id null
Rule arraysRefusedByErrorInArray(int code, std::string message);         // an array with such an object alone
Rule arraysLimited(std::size_t most, int httpStatus, std::string body);  // longer ones get this answer
Rule partlyAnswered(std::size_t most);  // the answers beyond the first `most` are left out
Rule shuffled();                        // answers in the opposite order
Rule stringIds();                       // {"id": "7"}; of single answers as well
Rule foreignIds();                      // an answer to somebody else's call stands before the others

// --- Single calls, in arrays and alone

Rule rpcError(int code, std::string message, std::optional<Json> data = {});  // before the work
Rule errorAfterWork(int code, std::string message);                           // the node did it, and says this
Rule refusal(Family family, Refusal refusal);                                 // of that family's words, before the work
Rule words(const Words& words);                                               // a row of the table, before the work
Rule result(Json value);                                                      // instead of the node's; no work
Rule null();
Rule changed(std::function<void(Json& result)> change);  // the node's result, changed on its way
Rule without(std::string member);                        // e.g. a receipt without "blockNumber"
Rule with(std::string member, Json value);               // e.g. a receipt with another "transactionHash"

// --- Anything: runs before the request is worked on, e.g. a fee spike just before a sending

Rule run(std::function<void()> function);

}  // namespace weather

}  // namespace peaqos::test
