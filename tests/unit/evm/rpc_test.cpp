// SPDX-License-Identifier: Apache-2.0
#include "evm/rpc.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "evm/node_errors.hpp"
#include "evm/rate_limit.hpp"
#include "host/transport_error.hpp"
#include "scripted_endpoint.hpp"

namespace peaqos::evm {
namespace {

using Sizes = std::vector<std::size_t>;
using std::chrono::milliseconds;
using std::chrono::seconds;

host::Response http(int status, const std::string& text, std::vector<host::Header> headers = {}) {
  return ScriptedEndpoint::http(status, text, std::move(headers));
}

// The Error of a read that must fail.
Error failureOf(ScriptedEndpoint& endpoint, std::size_t calls, milliseconds patience = seconds(30)) {
  RpcClient rpc = endpoint.client(patience);
  try {
    outcomeOf(rpc.read(callsOf(calls)));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Network);
    EXPECT_EQ(error.message.find("Abcdefghij0123456789x"), std::string::npos) << "the key in the URL is not shown";
    return error;
  }
  ADD_FAILURE() << "the read succeeded";
  return networkError("", "");
}

void expectReads(RpcClient& rpc, std::size_t calls) {
  EXPECT_EQ(textsOf(outcomeOf(rpc.read(callsOf(calls)))), methodsOf(calls));
}

TEST(RpcClient, ReadsManyCallsInOneRequest) {
  ScriptedEndpoint endpoint;
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 13);
  expectReads(rpc, 1);
  EXPECT_EQ(endpoint.sizes(), (Sizes{13, 1}));
  EXPECT_TRUE(endpoint.sleeps.empty());
  EXPECT_EQ(endpoint.requests[0][0]["jsonrpc"], "2.0");
  EXPECT_TRUE(std::ranges::all_of(endpoint.replayable, std::identity()));
}

TEST(RpcClient, KeepsItsRequestsBelowWhatServersTake) {
  ScriptedEndpoint endpoint;
  RpcClient rpc = endpoint.client();
  std::vector<RpcCall> calls = callsOf(40);
  for (RpcCall& call : calls) call.params = Json::array({std::string(100'000, 'a')});
  calls[7].params = Json::array({std::string(2'000'000, 'a')});  // one alone leaves whatever its size
  EXPECT_EQ(textsOf(outcomeOf(rpc.read(std::move(calls)))), methodsOf(40));
  EXPECT_EQ(endpoint.sizes(), (Sizes{5, 2, 1, 5, 5, 5, 5, 5, 5, 2}));
}

TEST(RpcClient, AsksNothingForNoCalls) {
  ScriptedEndpoint endpoint;
  RpcClient rpc = endpoint.client();
  EXPECT_TRUE(outcomeOf(rpc.read({})).empty());
  EXPECT_TRUE(endpoint.requests.empty());
}

TEST(RpcClient, TakesRepliesInAnyOrderAndIdsAsStrings) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    Json replies = Json::array();
    for (const Json& call : calls) {
      Json reply = ScriptedEndpoint::result(call);
      reply["id"] = std::to_string(call["id"].get<int>());
      replies.insert(replies.begin(), reply);
    }
    return http(200, dumpJson(calls.size() == 1 ? replies[0] : replies));
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 4);
  expectReads(rpc, 1);
  EXPECT_EQ(endpoint.requests.size(), 2U);
}

TEST(RpcClient, AsksAgainOneByOneForWhatAnArrayLeavesOut) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    Json some = calls;
    if (calls.size() > 1) some.erase(1);
    return ScriptedEndpoint::replyTo(some);
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 4);
  EXPECT_EQ(endpoint.sizes(), (Sizes{4, 1}));
  expectReads(rpc, 3);
  EXPECT_EQ(endpoint.sizes(), (Sizes{4, 1, 3, 1})) << "arrays are still taken";
}

// An answer to somebody else's question, or a late one to an earlier question of ours.
TEST(RpcClient, NeverTakesAForeignIdForItsOwn) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    if (calls.size() == 1) return ScriptedEndpoint::replyTo(calls);
    Json replies = Json::array();
    for (const Json& call : calls) replies.push_back(ScriptedEndpoint::result(call));
    replies[0]["id"] = 700;
    replies[0]["result"] = "foreign";
    return http(200, dumpJson(replies));
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 3);
  EXPECT_EQ(endpoint.sizes(), (Sizes{3, 1}));

  endpoint.script = [](const Json&) { return http(200, R"({"jsonrpc":"2.0","id":700,"result":"foreign"})"); };
  EXPECT_EQ(failureOf(endpoint, 1).code, "BAD_RPC_ANSWER");
}

TEST(RpcClient, OfTwoRepliesWithOneIdTakesTheFirst) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    Json replies = Json::array();
    for (const Json& call : calls) replies.push_back(ScriptedEndpoint::result(call));
    replies.push_back({{"id", calls[0]["id"]}, {"result", "second"}});
    return http(200, dumpJson(replies));
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 2);
}

struct Refusal {
  std::string name;
  int status;
  std::string body;
  Sizes requests;  // of one read of 13 calls
};

const Refusal kRefusals[] = {
    {"BadRequest", 400, "", {13, 1}},
    {"MethodNotAllowed", 405, "no", {13, 1}},
    {"PayloadTooLarge", 413, "<html>", {13, 1}},
    {"UnsupportedMediaType", 415, "", {13, 1}},
    {"UnprocessableContent", 422, R"({"error":"body must be an object"})", {13, 1}},
    {"Forbidden", 403, "blocked", {13, 1}},
    {"AnErrorObject",
     200,
     R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid Request"}})",
     {13, 1}},
    {"NotSupported",
     200,
     R"({"id":null,"error":{"code":-32005,"message":"Batched requests are not supported by this server"}})",
     {13, 1}},
    {"AnErrorInAnArray",
     200,
     R"([{"id":null,"error":{"code":-32600,"message":"batch too large, at most 1 call"}}])",
     {13, 1}},
    {"AnEmptyArray", 200, "[]", {13, 1}},
    {"AnObject", 200, R"({"id":1,"result":"m1"})", {13, 1}},
    {"ARubbishAnswer", 200, "true", {13, 1}},
    {"NotJson", 200, "<html>", {13, 1}},
    {"DrpcsSize",
     500,
     R"({"message":"Batch of more than 3 requests are not allowed on free tier","code":31})",
     {13, 3}},
    {"JsonrpseesSize",
     200,
     R"({"id":null,"error":{"code":-32010,"message":"The batch request was too large","data":"Exceeded max limit of 5"}})",
     {13, 5}},
    {"BesusSize",
     200,
     R"({"id":null,"error":{"code":-32005,"message":"Number of requests exceeds max batch size"}})",
     {13, 6}},
    {"AtMost", 413, R"({"error":{"code":1,"message":"at most 4 calls"}})", {13, 4}},
    {"ASizeThatCannotBe", 200, R"({"id":null,"error":{"code":1,"message":"batch too large, at most 100"}})", {13, 6}},
};

class ArrayRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(ArrayRefusal, IsMetWithSmallerArraysAndRemembered) {
  const Refusal& refusal = GetParam();
  const std::size_t taken = refusal.requests[1];
  ScriptedEndpoint endpoint;
  endpoint.script = [&](const Json& calls) {
    return calls.size() > taken ? http(refusal.status, refusal.body) : ScriptedEndpoint::replyTo(calls);
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 13);
  const Sizes sizes = endpoint.sizes();
  EXPECT_EQ(sizes[0], 13U);
  EXPECT_EQ(sizes[1], taken);
  EXPECT_EQ(std::ranges::count_if(sizes, [&](std::size_t size) { return size > taken; }), 1);
  EXPECT_TRUE(endpoint.sleeps.empty());
  endpoint.requests.clear();
  expectReads(rpc, 13);
  EXPECT_EQ(endpoint.requests.size(), (13 + taken - 1) / taken) << "no array is refused a second time";
}

INSTANTIATE_TEST_SUITE_P(Kinds, ArrayRefusal, testing::ValuesIn(kRefusals),
                         [](const auto& info) { return info.param.name; });

// go-ethereum: the first call of an array above the limit gets the error, the others nothing.
TEST(RpcClient, KnowsTheFirstCallsErrorForTheArrays) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    if (calls.size() <= 6) return ScriptedEndpoint::replyTo(calls);
    return http(200, dumpJson(Json::array({ScriptedEndpoint::error(calls[0], -32600, "batch too large")})));
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 13);
  EXPECT_EQ(endpoint.sizes(), (Sizes{13, 6, 6, 1}));
}

TEST(RpcClient, HalvesAnArrayThatMeetsHttp500Twice) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    return calls.size() > 4 ? http(500, "") : ScriptedEndpoint::replyTo(calls);
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 13);
  EXPECT_EQ(endpoint.sizes(), (Sizes{13, 13, 6, 3, 3, 3, 3, 1}));
  EXPECT_EQ(endpoint.sleeps, (std::vector{milliseconds(125)}));
}

TEST(RpcClient, GivesUpAnEndpointThatIsDownAndForgetsTheSizeItTried) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json&) { return http(500, "database is gone\nat line 3"); };
  RpcClient rpc = endpoint.client();
  try {
    outcomeOf(rpc.read(callsOf(13)));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, "RPC_TROUBLE");
    EXPECT_NE(error.message.find("HTTP status 500: database is gone"), std::string::npos) << error.message;
    EXPECT_EQ(error.message.find('\n'), std::string::npos);
    EXPECT_TRUE(error.hint.starts_with("Run the command again")) << error.hint;
  }
  EXPECT_EQ(endpoint.sizes(), (Sizes{13, 13, 6, 3, 1, 1, 1, 1, 1, 1, 1}));
  endpoint.script = [](const Json& calls) { return ScriptedEndpoint::replyTo(calls); };
  endpoint.requests.clear();
  expectReads(rpc, 13);
  EXPECT_EQ(endpoint.sizes(), (Sizes{13}));
}

// Statuses of a server in trouble. None of them may cost a read more than eight seconds.
TEST(RpcClient, AsksAServerInTroubleAgain) {
  for (const int status : {408, 500, 502, 504, 521}) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json& calls) {
      return endpoint.requests.size() < 4 ? http(status, "") : ScriptedEndpoint::replyTo(calls);
    };
    RpcClient rpc = endpoint.client();
    expectReads(rpc, 1);
    EXPECT_EQ(endpoint.sleeps, (std::vector{milliseconds(125), milliseconds(250), milliseconds(500)}));

    endpoint.script = [&](const Json&) { return http(status, "<html>Bad Gateway"); };
    endpoint.requests.clear();
    const Error error = failureOf(endpoint, 1);
    EXPECT_EQ(error.code, "RPC_TROUBLE");
    EXPECT_TRUE(error.message.ends_with("answered with HTTP status " + std::to_string(status))) << error.message;
    EXPECT_EQ(endpoint.requests.size(), 7U);
  }
}

struct Limit {
  std::string name;
  int status;
  std::string body;
};

const Limit kLimits[] = {
    {"Http429", 429, ""},
    {"Http503", 503, "upstream unavailable"},
    {"AStringInJson", 429, R"({"error":"slow down"})"},
    {"Infura", 200,
     R"({"id":null,"error":{"code":-32005,"message":"daily request count exceeded","data":{"see":"https"}}})"},
    {"QuickNode", 200, R"({"id":null,"error":{"code":-32007,"message":"50/second request limit reached"}})"},
    {"Base", 200, R"({"id":null,"error":{"code":-32016,"message":"over rate limit"}})"},
    {"Alchemy", 200,
     R"({"id":null,"error":{"code":429,"message":"Your app has exceeded its Compute Units per second capacity"}})"},
    {"PlainText", 200, "Too Many Requests"},
};

class RateLimit : public testing::TestWithParam<Limit> {};

TEST_P(RateLimit, IsWaitedForAndNamedWhenItLasts) {
  for (const std::size_t calls : {1U, 4U}) {
    ScriptedEndpoint endpoint;
    const host::Response limited = http(GetParam().status, GetParam().body);
    endpoint.script = [&](const Json& asked) {
      return endpoint.requests.size() < 3 ? limited : ScriptedEndpoint::replyTo(asked);
    };
    RpcClient rpc = endpoint.client();
    expectReads(rpc, calls);
    EXPECT_EQ(endpoint.sizes(), (Sizes{calls, calls, calls})) << "a limit is no refusal of arrays";

    endpoint.script = [&](const Json&) { return limited; };
    const std::int64_t start = endpoint.time;
    const Error error = failureOf(endpoint, calls, seconds(10));
    EXPECT_EQ(error.code, GetParam().status == 503 ? "RPC_TROUBLE" : "RATE_LIMITED");
    EXPECT_EQ(error.message.find("the contract"), std::string::npos);
    EXPECT_EQ(error.hint.find("Check that PEAQOS_RPC_URL"), std::string::npos);
    EXPECT_EQ(endpoint.time - start, 10'000'000) << "not a moment beyond the patience";
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, RateLimit, testing::ValuesIn(kLimits),
                         [](const auto& info) { return info.param.name; });

TEST(RpcClient, WaitsAsLongAsItIsAskedTo) {
  const auto sleepsFor = [](std::vector<host::Header> headers) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json& calls) {
      return endpoint.requests.size() < 2 ? http(429, "", headers) : ScriptedEndpoint::replyTo(calls);
    };
    RpcClient rpc = endpoint.client();
    expectReads(rpc, 1);
    return endpoint.sleeps;
  };
  EXPECT_EQ(sleepsFor({{"retry-after", "4"}}), std::vector{milliseconds(4'000)});
  EXPECT_EQ(sleepsFor({{"retry-after", "Mon, 23 Nov 2026 09:27:22 GMT"}}), std::vector{milliseconds(7'000)});
  EXPECT_EQ(sleepsFor({{"retry-after", "3600"}}), std::vector{milliseconds(20'000)}) << "at most";
  EXPECT_EQ(sleepsFor({{"retry-after", "0"}}), std::vector{milliseconds(125)}) << "at least";
  EXPECT_EQ(sleepsFor({{"retry-after", "soon"}}), std::vector{milliseconds(125)});
}

TEST(RpcClient, AsksAgainOnlyForTheCallsThatWereLimited) {
  ScriptedEndpoint endpoint;
  endpoint.script = [&](const Json& calls) {
    const bool first = endpoint.requests.size() == 1;
    return ScriptedEndpoint::replyTo(calls, [&](const Json& call) {
      const bool limited = first && (call["method"] == "m2" || call["method"] == "m4");
      return limited ? ScriptedEndpoint::error(call, -32005, "rate limit exceeded") : ScriptedEndpoint::result(call);
    });
  };
  RpcClient rpc = endpoint.client();
  expectReads(rpc, 5);
  EXPECT_EQ(endpoint.sizes(), (Sizes{5, 2}));
  EXPECT_EQ(endpoint.requests[1][0]["method"], "m2");
  EXPECT_EQ(endpoint.requests[1][1]["method"], "m4");
}

TEST(RpcClient, KeepsTheRefusalOfOneCall) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    return ScriptedEndpoint::replyTo(calls, [](const Json& call) {
      return call["method"] == "m2" ? ScriptedEndpoint::error(call, 3, "execution reverted: rate limit exceeded")
                                    : ScriptedEndpoint::result(call);
    });
  };
  RpcClient rpc = endpoint.client();
  EXPECT_EQ(textsOf(outcomeOf(rpc.read(callsOf(3)))),
            (std::vector<std::string>{"m1", "error: execution reverted: rate limit exceeded", "m3"}));
  EXPECT_EQ(endpoint.sizes(), (Sizes{3}));
}

// A JSON-RPC error says more than the HTTP status before it.
TEST(RpcClient, ReadsAnErrorBehindAnHttpStatus) {
  for (const int status : {200, 400, 404, 500}) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json& calls) {
      return ScriptedEndpoint::replyTo(
          calls, [](const Json& call) { return ScriptedEndpoint::error(call, -32601, "no such method"); }, status);
    };
    RpcClient rpc = endpoint.client();
    EXPECT_EQ(textsOf(outcomeOf(rpc.read(callsOf(1)))), std::vector<std::string>{"error: no such method"});
    EXPECT_EQ(endpoint.requests.size(), 1U);
  }
}

TEST(RpcClient, ToleratesErrorsOfOddShapes) {
  const auto errorFor = [](const std::string& error) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json& calls) {
      return http(200, R"({"id":)" + dumpJson(calls[0]["id"]) + R"(,"error":)" + error + "}");
    };
    RpcClient rpc = endpoint.client();
    return std::get<RpcError>(outcomeOf(rpc.read(callsOf(1)))[0]);
  };
  EXPECT_EQ(errorFor(R"("no funds")").message, "no funds");
  EXPECT_EQ(errorFor(R"({"code":"-32000","message":"m"})").code, -32000);
  EXPECT_EQ(errorFor(R"({"code":1e99,"message":{"a":1}})").code, 0);
  EXPECT_EQ(errorFor(R"({"code":99999999999999999999})").code, 0);
  EXPECT_EQ(errorFor("true").message, "");
  EXPECT_EQ(errorFor("[]").message, "");
}

TEST(RpcClient, GivesTheAdviceThatFits) {
  const auto failed = [](int status, const std::string& body) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json&) { return http(status, body); };
    const Error error = failureOf(endpoint, 1);
    EXPECT_EQ(endpoint.requests.size(), 1U);
    return error;
  };
  for (const auto& [status, body, words] : {std::tuple{404, "Not Found", "HTTP status 404: Not Found"},
                                            {404, "<html>", "HTTP status 404"},
                                            {200, "<html>", "not JSON"},
                                            {200, "", "not JSON"},
                                            {200, "\"soon\"", "without result or error"},
                                            {200, "{}", "without result or error"}}) {
    const Error error = failed(status, body);
    EXPECT_EQ(error.code, "BAD_RPC_ANSWER");
    EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
    EXPECT_EQ(error.hint, "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
  }
  for (const int status : {401, 403}) {
    const Error error = failed(status, R"({"id":null,"error":{"code":-32000,"message":"invalid project id"}})");
    EXPECT_EQ(error.code, "RPC_ACCESS");
    EXPECT_NE(error.message.find("invalid project id"), std::string::npos);
    EXPECT_EQ(error.hint, "Check the key in PEAQOS_RPC_URL");
  }
}

TEST(RpcClient, PassesOnATransportFailure) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json&) -> host::Response {
    throw host::transportError(host::TransportFailure::Reset, {.url = "http://node.example/"});
  };
  EXPECT_EQ(failureOf(endpoint, 1).code, "CONNECTION_RESET");
  EXPECT_EQ(endpoint.requests.size(), 1U);
}

// Erigon closes the connection on an array of more than 100 calls.
TEST(RpcClient, HalvesAnArrayThatIsTooMuchForTheConnection) {
  for (const auto& [failure, most, sizes] :
       {std::tuple{host::TransportFailure::Reset, 100U, Sizes{250, 125, 62, 62, 62, 62, 2}},
        {host::TransportFailure::TooLarge, 3U, Sizes{9, 4, 2, 2, 2, 2, 1}}}) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json& calls) {
      if (calls.size() > most) throw host::transportError(failure, {.url = "http://node.example/"});
      return ScriptedEndpoint::replyTo(calls);
    };
    RpcClient rpc = endpoint.client();
    expectReads(rpc, sizes[0]);
    EXPECT_EQ(endpoint.sizes(), sizes);
  }
}

TEST(RpcClient, PassesOnAResetOfALargeArrayThatSmallerOnesMeetToo) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json&) -> host::Response {
    throw host::transportError(host::TransportFailure::Reset, {.url = "http://node.example/"});
  };
  EXPECT_EQ(failureOf(endpoint, 150).code, "CONNECTION_RESET");
  EXPECT_EQ(endpoint.sizes(), (Sizes{150, 75}));
}

// Sending.

const std::vector<Bytes> kThree{{1}, {2}, {3}};

std::vector<bool> repeatedIn(const std::vector<SendReply>& replies) {
  std::vector<bool> out;
  for (const SendReply& reply : replies) out.push_back(reply.repeated);
  return out;
}

TEST(RpcSend, SendsAllInOneExchangeOverKeptConnections) {
  ScriptedEndpoint endpoint;
  RpcClient rpc = endpoint.client();
  const auto replies = outcomeOf(rpc.send(kThree));
  EXPECT_EQ(endpoint.sizes(), (Sizes{3}));
  EXPECT_EQ(endpoint.requests[0][2]["method"], "eth_sendRawTransaction");
  EXPECT_EQ(endpoint.requests[0][2]["params"], Json::array({"0x03"}));
  EXPECT_TRUE(endpoint.replayable[0]);
  EXPECT_EQ(repeatedIn(replies), (std::vector{false, false, false}));
}

TEST(RpcSend, SaysWhenTheTransportRepeatedTheRequest) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    auto response = ScriptedEndpoint::replyTo(calls);
    response.repeated = true;
    return response;
  };
  RpcClient rpc = endpoint.client();
  EXPECT_EQ(repeatedIn(outcomeOf(rpc.send(kThree))), (std::vector{true, true, true}));
}

TEST(RpcSend, SendsAgainOnlyWhatWasLimitedAndSaysSo) {
  ScriptedEndpoint endpoint;
  endpoint.script = [&](const Json& calls) {
    return ScriptedEndpoint::replyTo(calls, [&](const Json& call) {
      const bool limited = endpoint.requests.size() == 1 && call["params"][0] == "0x02";
      return limited ? ScriptedEndpoint::error(call, 429, "slow down") : ScriptedEndpoint::result(call);
    });
  };
  RpcClient rpc = endpoint.client();
  EXPECT_EQ(repeatedIn(outcomeOf(rpc.send(kThree))), (std::vector{false, true, false}));
  EXPECT_EQ(endpoint.sizes(), (Sizes{3, 1}));
}

TEST(RpcSend, ReturnsALimitThatLastsAsTheReply) {
  for (const auto& [status, body] :
       {std::pair{429, ""}, {200, R"({"id":null,"error":{"code":-32005,"message":"no"}})"}}) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json&) { return http(status, body); };
    RpcClient rpc = endpoint.client(seconds(2));
    const auto replies = outcomeOf(rpc.send(kThree));
    ASSERT_EQ(replies.size(), 3U);
    for (const SendReply& reply : replies) {
      const auto& refusal = std::get<RpcError>(reply.reply);
      EXPECT_TRUE(isRateLimit(refusal)) << refusal.code;
      EXPECT_EQ(sendRefusal(refusal), SendRefusal::RateLimited);
      EXPECT_TRUE(reply.repeated);
    }
  }
}

TEST(RpcSend, GoesSmallerWhereArraysAreRefused) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    return calls.size() > 1 ? http(400, "") : ScriptedEndpoint::replyTo(calls);
  };
  RpcClient rpc = endpoint.client();
  EXPECT_EQ(repeatedIn(outcomeOf(rpc.send(kThree))), (std::vector{true, true, true})) << "who knows what 400 did";
  EXPECT_EQ(endpoint.sizes(), (Sizes{3, 1, 1, 1}));
  EXPECT_EQ(repeatedIn(outcomeOf(rpc.send(kThree))), (std::vector{false, false, false}));
}

TEST(RpcSend, LeavesEveryFailureOfTheExchangeToTheCaller) {
  for (const int status : {502, 504, 200}) {
    ScriptedEndpoint endpoint;
    endpoint.script = [&](const Json&) { return http(status, "<html>"); };
    RpcClient rpc = endpoint.client();
    EXPECT_THROW(outcomeOf(rpc.send({{1}})), Error);
    EXPECT_EQ(endpoint.requests.size(), 1U);
  }
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json&) -> host::Response {
    throw host::transportError(host::TransportFailure::Timeout, {.url = "http://node.example/"});
  };
  RpcClient rpc = endpoint.client();
  EXPECT_THROW(outcomeOf(rpc.send(kThree)), Error);
  EXPECT_EQ(endpoint.requests.size(), 1U);
}

TEST(RpcSend, KeepsEachTransactionsVerdict) {
  ScriptedEndpoint endpoint;
  endpoint.script = [](const Json& calls) {
    return ScriptedEndpoint::replyTo(calls, [](const Json& call) {
      return call["params"][0] == "0x02" ? ScriptedEndpoint::error(call, -32000, "nonce too low")
                                         : ScriptedEndpoint::result(call);
    });
  };
  RpcClient rpc = endpoint.client();
  const auto replies = outcomeOf(rpc.send(kThree));
  EXPECT_TRUE(std::holds_alternative<Json>(replies[0].reply));
  EXPECT_EQ(sendRefusal(std::get<RpcError>(replies[1].reply)), SendRefusal::NonceTooLow);
  EXPECT_TRUE(std::holds_alternative<Json>(replies[2].reply));
}

}  // namespace
}  // namespace peaqos::evm
