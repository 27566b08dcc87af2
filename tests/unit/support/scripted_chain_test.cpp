// The test world is tested itself: what it says about money must be true.
// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_chain.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/error.hpp"
#include "hex.hpp"

namespace peaqos::test {
namespace {

using evm::Address;
using evm::U256;

Address contractAt(std::uint8_t last) {
  Address address;
  address.bytes[19] = last;
  return address;
}

// Talks raw JSON-RPC, as simply as a client can.
struct ScriptedChainTest : testing::Test {
  World world;
  ScriptedChain chain{world};
  FakeHost host{world};
  // The first development account of every EVM test node.
  crypto::PrivateKey key =
      *crypto::PrivateKey::fromBytes(hex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
  Address sender = evm::addressOf(crypto::publicKeyOf(key));
  Address target = contractAt(0x77);

  void SetUp() override {
    chain.truth.setBalance(sender, coins(10));
    chain.truth.setContract(target);
  }

  evm::SignedTransaction sign(std::uint64_t nonce, U256 fee = gwei(3), U256 tip = gwei(1),
                              std::uint64_t gas = 100'000) {
    const evm::Transaction transaction{.chainId = 3338,
                                       .nonce = nonce,
                                       .maxPriorityFeePerGas = tip,
                                       .maxFeePerGas = fee,
                                       .gasLimit = gas,
                                       .to = target,
                                       .value = U256(5),
                                       .data = hex("01020304")};
    return evm::attachSignature(transaction, crypto::sign(key, evm::signingHash(transaction)));
  }

  host::Response post(const Json& body) {
    const std::string text = dumpJson(body);
    host::Request request{
        .method = "POST", .url = chain.url, .body = Bytes(asBytes(text).begin(), asBytes(text).end())};
    return *host.run(host.transport.send(std::move(request)));
  }
  static Json envelope(int id, const std::string& method, const Json& params) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}};
  }
  Json whole(const std::string& method, const Json& params = Json::array()) {
    return *parseJson(asText(post(envelope(7, method, params)).body));
  }
  Json call(const std::string& method, const Json& params = Json::array()) {
    const Json answer = whole(method, params);
    return answer.contains("result") ? answer["result"] : answer["error"];
  }
  std::string words(const Json& answer) { return textOrEmpty(answer, "message"); }
  Json send(const evm::SignedTransaction& transaction) {
    return call("eth_sendRawTransaction", Json::array({toHex0x(transaction.raw)}));
  }
  Json receipt(const Hash256& hash) { return call("eth_getTransactionReceipt", Json::array({toHex0x(hash)})); }
  Json nonce(const std::string& block) {
    return call("eth_getTransactionCount", Json::array({toHex0x(sender.bytes), block}));
  }
  // The code of what the transport throws.
  std::string failureOf(const std::string& method, const Json& params = Json::array()) {
    try {
      call(method, params);
    } catch (const Error& error) {
      return error.code;
    }
    return "none";
  }
};

// --- Transactions

TEST_F(ScriptedChainTest, DecodesWhatWasSigned) {
  const auto transaction = sign(4);
  const auto decoded = decodeTransaction(transaction.raw);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->sender, sender);
  EXPECT_EQ(decoded->hash, transaction.hash);
  EXPECT_EQ(decoded->content.nonce, 4U);
  EXPECT_EQ(decoded->content.maxFeePerGas, gwei(3));
  EXPECT_EQ(decoded->content.to, target);
  EXPECT_EQ(toHex(decoded->content.data), "01020304");
}

TEST_F(ScriptedChainTest, RefusesWhatIsNoTransaction) {
  Bytes raw = sign(0).raw;
  EXPECT_FALSE(decodeTransaction({}));
  EXPECT_FALSE(decodeTransaction(BytesView(raw).first(raw.size() - 1)));
  EXPECT_FALSE(decodeTransaction(BytesView(raw).subspan(1)));
  raw.push_back(0);
  EXPECT_FALSE(decodeTransaction(raw));
  EXPECT_EQ(call("eth_sendRawTransaction", Json::array({"0x02c0"}))["code"], -32602);
}

TEST_F(ScriptedChainTest, MinesASentTransactionInTheNextBlock) {
  const auto transaction = sign(0);
  EXPECT_EQ(send(transaction), toHex0x(transaction.hash));
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_EQ(nonce("latest"), "0x0");
  EXPECT_EQ(nonce("pending"), "0x1");
  EXPECT_TRUE(call("eth_getTransactionByHash", Json::array({toHex0x(transaction.hash)}))["blockNumber"].is_null());
  EXPECT_EQ(chain.truth.effectsOn(target), 0);

  world.loop.advance(seconds(6));
  const Json mined = receipt(transaction.hash);
  EXPECT_EQ(mined["status"], "0x1");
  EXPECT_EQ(mined["blockNumber"], "0x1");
  EXPECT_EQ(nonce("latest"), "0x1");
  EXPECT_EQ(call("eth_getTransactionByHash", Json::array({toHex0x(transaction.hash)}))["blockNumber"], "0x1");
  EXPECT_EQ(chain.truth.effectsOn(target, sender), 1);
  EXPECT_EQ((chain.truth.effects()[{sender, target, U256(5), hex("01020304")}]), 1);

  const std::uint64_t gas = Chain::intrinsicGas(hex("01020304")) + 30'000;
  EXPECT_EQ(chain.truth.head().account(sender).balance, coins(10) - U256(5) - gwei(2) * U256(gas));
  EXPECT_EQ(chain.truth.head().account(target).balance, U256(5));
}

TEST_F(ScriptedChainTest, TheSameBytesTakeEffectOnce) {
  const auto transaction = sign(0);
  send(transaction);
  EXPECT_EQ(words(send(transaction)), "already known");
  world.loop.advance(seconds(6));
  EXPECT_EQ(words(send(transaction)), "nonce too low: next nonce 1, tx nonce 0");
  chain.truth.settle();
  EXPECT_EQ(chain.truth.effectsOn(target), 1);
}

TEST_F(ScriptedChainTest, MinesInTheOrderOfNoncesAndWaitsForGaps) {
  send(sign(2));
  send(sign(1));
  world.loop.advance(seconds(12));
  EXPECT_EQ(chain.truth.transactionsOf(sender).size(), 0U);
  EXPECT_EQ(nonce("pending"), "0x0");
  send(sign(0));
  EXPECT_EQ(nonce("pending"), "0x3");
  world.loop.advance(seconds(6));
  const auto mined = chain.truth.transactionsOf(sender);
  ASSERT_EQ(mined.size(), 3U);
  EXPECT_EQ(mined[2].transaction.content.nonce, 2U);
}

TEST_F(ScriptedChainTest, AFeeCapBelowTheBaseFeeKeepsATransactionWaiting) {
  chain.truth.change().baseFee = gwei(50);
  world.loop.advance(seconds(6));
  const auto transaction = sign(0);
  EXPECT_EQ(send(transaction), toHex0x(transaction.hash));
  world.loop.advance(seconds(60));
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  chain.truth.change().baseFee = gwei(1);
  world.loop.advance(seconds(6));
  EXPECT_EQ(receipt(transaction.hash)["status"], "0x1");
}

TEST_F(ScriptedChainTest, AReplacementPaysATenthMoreAndOneOfTheTwoIsMined) {
  const auto first = sign(0, gwei(10), gwei(10));
  send(first);
  EXPECT_EQ(words(send(sign(0, gwei(10), gwei(9)))), "replacement transaction underpriced");
  EXPECT_EQ(words(send(sign(0, gwei(12), gwei(10)))), "replacement transaction underpriced");
  const auto second = sign(0, gwei(11), gwei(11));
  EXPECT_EQ(send(second), toHex0x(second.hash));
  world.loop.advance(seconds(6));
  EXPECT_TRUE(receipt(first.hash).is_null());
  EXPECT_EQ(receipt(second.hash)["status"], "0x1");
  EXPECT_EQ(chain.truth.effectsOn(target), 1);
}

TEST_F(ScriptedChainTest, RefusesAsNodesDo) {
  const auto refused = [&](const evm::SignedTransaction& transaction) { return words(send(transaction)); };
  EXPECT_EQ(refused(sign(0, gwei(3), gwei(1), 20'000)), "intrinsic gas too low: gas 20000, minimum needed 21064");
  EXPECT_EQ(refused(sign(0, gwei(3), gwei(4))), "max priority fee per gas higher than max fee per gas");
  EXPECT_EQ(refused(sign(0, gwei(3), gwei(1), 31'000'000)), "exceeds block gas limit");
  EXPECT_TRUE(refused(sign(0, gwei(900'000))).starts_with("insufficient funds for gas * price + value"));
  chain.backends[0].chainId = 9990;
  EXPECT_TRUE(refused(sign(0)).find("invalid chain id") != std::string::npos);
  EXPECT_EQ(call("eth_chainId"), "0x2706");
  EXPECT_EQ(chain.truth.poolSize(), 0U);
}

TEST_F(ScriptedChainTest, ARevertedTransactionCostsGasAndHasNoEffect) {
  chain.truth.setContract(target, [](const Call&) { return revertWith("not today"); });
  const Json object{{"from", toHex0x(sender.bytes)}, {"to", toHex0x(target.bytes)}, {"data", "0x01020304"}};
  for (const char* method : {"eth_call", "eth_estimateGas"}) {
    const Json error = call(method, Json::array({object, "latest"}));
    EXPECT_EQ(error["code"], 3);
    EXPECT_EQ(words(error), "execution reverted: not today");
    EXPECT_TRUE(textOrEmpty(error, "data").starts_with("0x08c379a0"));
  }
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  EXPECT_EQ(receipt(transaction.hash)["status"], "0x0");
  EXPECT_EQ(nonce("latest"), "0x1");
  EXPECT_EQ(chain.truth.effectsOn(target), 0);
}

TEST_F(ScriptedChainTest, ATransactionOutOfGasReverts) {
  const auto transaction = sign(0, gwei(3), gwei(1), 22'000);
  send(transaction);
  world.loop.advance(seconds(6));
  EXPECT_EQ(receipt(transaction.hash)["status"], "0x0");
  EXPECT_EQ(receipt(transaction.hash)["gasUsed"], "0x55f0");
}

TEST_F(ScriptedChainTest, ContractsAnswerCallsAndLog) {
  chain.truth.setContract(target, [&](const Call& seen) {
    return CallResult{.output = seen.data, .gas = 1000, .logs = {{target, {hash(std::string(64, 'a'))}, hex("beef")}}};
  });
  const Json object{{"from", toHex0x(sender.bytes)}, {"to", toHex0x(target.bytes)}, {"data", "0x01020304"}};
  EXPECT_EQ(call("eth_call", Json::array({object, "latest"})), "0x01020304");
  EXPECT_EQ(call("eth_estimateGas", Json::array({object})), U256(21'064 + 1000).toQuantity());
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  EXPECT_EQ(receipt(transaction.hash)["logs"][0]["data"], "0xbeef");
  EXPECT_EQ(call("eth_getCode", Json::array({toHex0x(target.bytes), "latest"})), "0x60806040");
  EXPECT_EQ(call("eth_getCode", Json::array({toHex0x(sender.bytes), "latest"})), "0x");
}

// --- Blocks

TEST_F(ScriptedChainTest, BlocksComeWithTime) {
  EXPECT_EQ(call("eth_blockNumber"), "0x0");
  world.loop.advance(seconds(61));
  EXPECT_EQ(call("eth_blockNumber"), "0xa");
  const Json block = call("eth_getBlockByNumber", Json::array({"latest", false}));
  EXPECT_EQ(block["number"], "0xa");
  EXPECT_EQ(block["baseFeePerGas"], "0x3b9aca00");
  EXPECT_EQ(block["timestamp"], U256(1'767'225'600 + 60).toQuantity());
  EXPECT_EQ(call("eth_getBlockByHash", Json::array({block["hash"], false})), block);
  EXPECT_EQ(call("eth_getBlockByNumber", Json::array({"finalized", false}))["number"], "0x8");
  EXPECT_EQ(call("eth_getBlockByNumber", Json::array({"pending", false}))["number"], "0xb");
  EXPECT_EQ(call("eth_getBlockByNumber", Json::array({"0x3", false}))["number"], "0x3");
  EXPECT_TRUE(call("eth_getBlockByNumber", Json::array({"0x30", false})).is_null());
}

TEST_F(ScriptedChainTest, BlocksShowTheirTransactionsWhole) {
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  const Json hashes = call("eth_getBlockByNumber", Json::array({"0x1", false}))["transactions"];
  EXPECT_EQ(hashes, Json::array({toHex0x(transaction.hash)}));
  const Json full = call("eth_getBlockByNumber", Json::array({"0x1", true}))["transactions"];
  EXPECT_EQ(full[0]["from"], toHex0x(sender.bytes));
  EXPECT_EQ(full[0]["nonce"], "0x0");
}

TEST_F(ScriptedChainTest, StateIsKeptForEachBlock) {
  send(sign(0));
  world.loop.advance(seconds(12));
  EXPECT_EQ(nonce("0x0"), "0x0");
  EXPECT_EQ(nonce("0x1"), "0x1");
  EXPECT_EQ(call("eth_getBalance", Json::array({toHex0x(sender.bytes), "0x0"})), coins(10).toQuantity());
}

TEST_F(ScriptedChainTest, InstantMiningNeedsNoTime) {
  chain.truth.change().blockTime = seconds(0);
  chain.truth.change().instant = true;
  const auto transaction = sign(0);
  send(transaction);
  EXPECT_EQ(receipt(transaction.hash)["blockNumber"], "0x1");
}

TEST_F(ScriptedChainTest, FeeHistoryShowsTips) {
  send(sign(0, gwei(9), gwei(5)));
  world.loop.advance(seconds(12));
  const Json history = call("eth_feeHistory", Json::array({"0x2", "latest", Json::array({50})}));
  EXPECT_EQ(history["oldestBlock"], "0x1");
  EXPECT_EQ(history["baseFeePerGas"].size(), 3U);
  EXPECT_EQ(history["reward"], Json::parse(R"([["0x12a05f200"],["0x3b9aca00"]])"));
  EXPECT_EQ(call("eth_maxPriorityFeePerGas"), "0x3b9aca00");
  EXPECT_EQ(call("eth_gasPrice"), "0x77359400");
}

// --- What others do

TEST_F(ScriptedChainTest, AReorgReturnsTransactionsToThePool) {
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  const Json before = receipt(transaction.hash);
  chain.truth.reorg(1, Chain::Fate::Return);
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_EQ(chain.truth.effectsOn(target), 0);
  EXPECT_EQ(nonce("latest"), "0x0");
  world.loop.advance(seconds(6));
  const Json after = receipt(transaction.hash);
  EXPECT_EQ(after["status"], "0x1");
  EXPECT_NE(after["blockHash"], before["blockHash"]);
  EXPECT_EQ(chain.truth.effectsOn(target), 1);
}

TEST_F(ScriptedChainTest, AReorgMayLoseTransactionsOrMoveThem) {
  const auto lost = sign(0);
  send(lost);
  world.loop.advance(seconds(6));
  chain.truth.reorg(1, Chain::Fate::Vanish);
  chain.truth.settle();
  EXPECT_EQ(chain.truth.effectsOn(target), 0);

  const auto moved = sign(0, gwei(5));
  send(moved);
  world.loop.advance(seconds(6));
  const Json before = receipt(moved.hash);
  chain.truth.reorg(1, Chain::Fate::Remine);
  EXPECT_EQ(receipt(moved.hash)["blockNumber"], before["blockNumber"]);
  EXPECT_NE(receipt(moved.hash)["blockHash"], before["blockHash"]);
}

TEST_F(ScriptedChainTest, AnotherWalletMayTakeTheNonce) {
  const auto transaction = sign(0);
  send(transaction);
  const Hash256 foreign = chain.truth.usurp(sender, 0);
  world.loop.advance(seconds(6));
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_EQ(receipt(foreign)["status"], "0x1");
  EXPECT_EQ(words(send(transaction)), "nonce too low: next nonce 1, tx nonce 0");
  EXPECT_EQ(chain.truth.effectsOn(target), 0);
}

// --- Backends

TEST_F(ScriptedChainTest, ABackendMayLagByTimeOrBlocks) {
  chain.backends.push_back({.lag = {.time = seconds(10)}});
  chain.backends.push_back({.lag = {.blocks = 3}});
  world.loop.advance(seconds(60));
  EXPECT_EQ(call("eth_blockNumber"), "0xa");
  EXPECT_EQ(call("eth_blockNumber"), "0x8");
  EXPECT_EQ(call("eth_blockNumber"), "0x7");
  EXPECT_EQ(call("eth_blockNumber"), "0xa");
}

TEST_F(ScriptedChainTest, LookupsMayLagBehindNonces) {
  chain.backends[0].lookupLag.blocks = 1;
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  EXPECT_EQ(nonce("latest"), "0x1");
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_TRUE(call("eth_getTransactionByHash", Json::array({toHex0x(transaction.hash)})).is_null());
  world.loop.advance(seconds(6));
  EXPECT_FALSE(receipt(transaction.hash).is_null());

  chain.backends[0] = {.blindLookups = 2};
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_FALSE(receipt(transaction.hash).is_null());
}

TEST_F(ScriptedChainTest, NoncesMayLagAsWell) {
  chain.backends[0].nonceLag.blocks = 2;
  send(sign(0));
  world.loop.advance(seconds(6));
  EXPECT_EQ(nonce("latest"), "0x0");
  EXPECT_EQ(nonce("0x1"), "0x1");
}

TEST_F(ScriptedChainTest, PoolsAreSharedAfterAWhileOrNever) {
  chain.backends.push_back({.gossip = seconds(2)});
  const auto transaction = sign(0);
  send(transaction);
  EXPECT_EQ(nonce("pending"), "0x0");
  EXPECT_EQ(nonce("pending"), "0x1");
  world.loop.advance(seconds(2));
  EXPECT_EQ(nonce("pending"), "0x1");
}

TEST_F(ScriptedChainTest, ABackendMayKeepTransactionsToItself) {
  chain.backends[0].passesOn = false;
  const auto transaction = sign(0);
  EXPECT_EQ(send(transaction), toHex0x(transaction.hash));
  EXPECT_FALSE(call("eth_getTransactionByHash", Json::array({toHex0x(transaction.hash)})).is_null());
  world.loop.advance(seconds(600));
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  EXPECT_EQ(chain.truth.effectsOn(target), 0);
  chain.backends[0].passesOn = true;
  EXPECT_EQ(send(transaction), toHex0x(transaction.hash));
  world.loop.advance(seconds(6));
  EXPECT_EQ(chain.truth.effectsOn(target), 1);
}

TEST_F(ScriptedChainTest, EachClientMayStickToABackend) {
  chain.backends.push_back({.lag = {.blocks = 1}});
  chain.balance = ScriptedChain::Balance::Sticky;
  world.loop.advance(seconds(60));
  EXPECT_EQ(call("eth_blockNumber"), "0xa");
  EXPECT_EQ(call("eth_blockNumber"), "0xa");
}

TEST_F(ScriptedChainTest, EachFamilyHasItsWords) {
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  const auto refused = [&](Family family) {
    chain.backends[0].family = family;
    return words(send(transaction));
  };
  EXPECT_EQ(refused(Family::Besu), "Nonce too low");
  EXPECT_EQ(refused(Family::Frontier), "nonce too low");
  EXPECT_EQ(refused(Family::Substrate), "Invalid Transaction");
  chain.truth.change().baseFee = gwei(50);
  world.loop.advance(seconds(6));
  EXPECT_EQ((chain.backends[0].family = Family::Frontier, words(send(sign(1)))), "gas price less than block base fee");
}

TEST(NodeWords, EveryRowIsFilledIn) {
  for (const Words& words : allWords()) {
    const auto error = refusalFrom(words, {{"hash", "0x12"}, {"reason", ": no"}});
    EXPECT_FALSE(error.message.empty());
    EXPECT_EQ(error.message.find("{hash}"), std::string::npos);
    EXPECT_EQ(error.message.find("{nonce}"), std::string::npos) << error.message;
  }
  EXPECT_EQ(refusalOf(Family::Erigon, Refusal::TipAboveFee).message,
            "max priority fee per gas higher than max fee per gas");
  EXPECT_EQ(refusalOf(Family::Anvil, Refusal::AlreadyKnown).message, "transaction already imported");
}

// --- Weather

TEST_F(ScriptedChainTest, AnAnswerMayBeLostAfterTheWork) {
  Rule& rule = chain.weather.add(weather::lostAfterWork().on("eth_sendRawTransaction"));
  const auto transaction = sign(0);
  EXPECT_EQ(failureOf("eth_sendRawTransaction", Json::array({toHex0x(transaction.raw)})), "CONNECTION_RESET");
  EXPECT_EQ(rule.acted(), 1U);
  EXPECT_EQ(words(send(transaction)), "already known");
  world.loop.advance(seconds(6));
  EXPECT_EQ(chain.truth.effectsOn(target), 1);
  EXPECT_EQ(chain.log[0].outcome, "ok, CONNECTION_RESET");
}

TEST_F(ScriptedChainTest, OrBeforeIt) {
  chain.weather.add(weather::lostBeforeWork().on("eth_sendRawTransaction"));
  const auto transaction = sign(0);
  EXPECT_EQ(failureOf("eth_sendRawTransaction", Json::array({toHex0x(transaction.raw)})), "CONNECTION_RESET");
  EXPECT_EQ(send(transaction), toHex0x(transaction.hash));
}

TEST_F(ScriptedChainTest, ATimeoutTakesTheClientsTime) {
  chain.weather.add(weather::timeoutAfterWork());
  EXPECT_EQ(failureOf("eth_blockNumber"), "TIMEOUT");
  EXPECT_EQ(world.loop.now(), seconds(30));
  chain.weather.add(weather::slow(seconds(40)));
  EXPECT_EQ(failureOf("eth_blockNumber"), "TIMEOUT");
  chain.weather.add(weather::slow(seconds(10)));
  EXPECT_EQ(failureOf("eth_blockNumber"), "none");
  EXPECT_EQ(world.loop.now(), seconds(70) + 2 * world.network.latency);
}

TEST_F(ScriptedChainTest, RulesCountAndHaveTimes) {
  chain.weather.add(weather::status(503).on("eth_blockNumber").skip(1).times(2));
  const auto status = [&] { return post(envelope(1, "eth_blockNumber", Json::array())).status; };
  EXPECT_EQ(status(), 200);
  EXPECT_EQ(status(), 503);
  EXPECT_EQ(status(), 503);
  EXPECT_EQ(status(), 200);
  chain.weather.add(weather::retryAfter(429, 3).always().from(seconds(10)).until(seconds(13)));
  EXPECT_EQ(status(), 200);
  world.loop.advance(seconds(10));
  const auto limited = post(envelope(1, "eth_chainId", Json::array()));
  EXPECT_EQ(limited.status, 429);
  EXPECT_EQ(host::findHeader(limited.headers, "Retry-After"), "3");
  world.loop.advance(seconds(3));
  EXPECT_EQ(status(), 200);
}

TEST_F(ScriptedChainTest, CallsMayBeRefusedWithinHttp200) {
  chain.weather.add(weather::rpcError(-32005, "rate limit exceeded", Json{{"see", "docs"}}).on("eth_chainId"));
  const Json error = call("eth_chainId");
  EXPECT_EQ(error["code"], -32005);
  EXPECT_EQ(error["data"]["see"], "docs");
  EXPECT_EQ(call("eth_chainId"), "0xd0a");

  chain.weather.add(weather::errorAfterWork(-32000, "nonce too low").on("eth_sendRawTransaction"));
  EXPECT_EQ(words(send(sign(0))), "nonce too low");
  EXPECT_EQ(chain.truth.poolSize(), 1U);
  chain.weather.add(weather::refusal(Family::Substrate, Refusal::Banned).on("eth_sendRawTransaction"));
  EXPECT_EQ(words(send(sign(1))), "Transaction is temporarily banned");
  EXPECT_EQ(chain.truth.poolSize(), 1U);
}

TEST_F(ScriptedChainTest, ResultsMayBeChangedOnTheirWay) {
  const auto transaction = sign(0);
  send(transaction);
  world.loop.advance(seconds(6));
  chain.weather.add(weather::without("blockNumber").on("eth_getTransactionReceipt"));
  EXPECT_FALSE(receipt(transaction.hash).contains("blockNumber"));
  chain.weather.add(weather::with("transactionHash", "0x00").on("eth_getTransactionReceipt"));
  EXPECT_EQ(receipt(transaction.hash)["transactionHash"], "0x00");
  chain.weather.add(weather::null().on("eth_getTransactionReceipt"));
  EXPECT_TRUE(receipt(transaction.hash).is_null());
  chain.weather.add(weather::rubbish());
  EXPECT_FALSE(parseJson(asText(post(envelope(1, "eth_chainId", Json::array())).body)));
}

TEST_F(ScriptedChainTest, ADeliveryMayHappenTwice) {
  chain.weather.add(weather::deliveredTwice().on("eth_sendRawTransaction"));
  const auto response = post(envelope(1, "eth_sendRawTransaction", Json::array({toHex0x(sign(0).raw)})));
  EXPECT_TRUE(response.repeated);
  EXPECT_NE(asText(response.body).find("already known"), std::string::npos);
  chain.truth.settle();
  EXPECT_EQ(chain.truth.effectsOn(target), 1);
}

TEST_F(ScriptedChainTest, HooksRunBeforeTheWork) {
  chain.weather.add(weather::run([&] { chain.truth.change().baseFee = gwei(40); }).on("eth_sendRawTransaction"));
  EXPECT_EQ(call("eth_getBlockByNumber", Json::array({"latest", false}))["baseFeePerGas"], "0x3b9aca00");
  send(sign(0));
  world.loop.advance(seconds(60));
  EXPECT_EQ(chain.truth.effectsOn(target), 0);
}

struct Arrays : ScriptedChainTest {
  host::Response batch(std::vector<std::string> methods) {
    Json body = Json::array();
    for (const auto& method : methods) body.push_back(envelope(static_cast<int>(body.size()), method, Json::array()));
    return post(body);
  }
  Json answers(std::vector<std::string> methods) { return *parseJson(asText(batch(std::move(methods)).body)); }
};

TEST_F(Arrays, AreAnsweredInTheirOrder) {
  const Json all = answers({"eth_chainId", "eth_blockNumber", "eth_nonsense"});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1]["id"], 1);
  EXPECT_EQ(all[0]["result"], "0xd0a");
  EXPECT_EQ(all[2]["error"]["code"], -32601);
  EXPECT_EQ(chain.requests(), 1U);
  EXPECT_EQ(chain.count("eth_chainId"), 1U);
}

TEST_F(Arrays, AreRefusedByStatusOrByAnErrorObject) {
  for (const int status : {400, 405, 413, 415, 422, 500}) {
    chain.weather.clear();
    chain.weather.add(weather::arraysRefused(status));
    EXPECT_EQ(batch({"eth_chainId"}).status, status);
    EXPECT_EQ(call("eth_chainId"), "0xd0a");
  }
  chain.weather.clear();
  chain.weather.add(weather::arraysRefusedByError(-32600, "batch too large"));
  EXPECT_TRUE(answers({"eth_chainId"})["id"].is_null());
  chain.weather.clear();
  chain.weather.add(weather::arraysRefusedByErrorInArray(-32600, "batch too large"));
  EXPECT_TRUE(answers({"eth_chainId", "eth_chainId"})[0]["id"].is_null());
}

TEST_F(Arrays, MayBeLimited) {
  chain.weather.add(weather::arraysLimited(2, 500, R"({"message":"Batch of more than 2","code":31})"));
  EXPECT_EQ(batch({"eth_chainId", "eth_chainId"}).status, 200);
  EXPECT_EQ(batch({"eth_chainId", "eth_chainId", "eth_chainId"}).status, 500);
}

TEST_F(Arrays, MayBeAnsweredInPartAndOutOfOrder) {
  chain.weather.add(weather::partlyAnswered(1));
  EXPECT_EQ(answers({"eth_chainId", "eth_blockNumber"}).size(), 1U);
  chain.weather.clear();
  chain.weather.add(weather::shuffled());
  EXPECT_EQ(answers({"eth_chainId", "eth_blockNumber"})[0]["id"], 1);
}

TEST_F(Arrays, MayHaveStringsOrForeignIds) {
  chain.weather.add(weather::stringIds());
  EXPECT_EQ(answers({"eth_chainId", "eth_blockNumber"})[1]["id"], "1");
  EXPECT_EQ(whole("eth_chainId")["id"], "7");
  chain.weather.clear();
  chain.weather.add(weather::foreignIds());
  EXPECT_EQ(answers({"eth_chainId"})[0]["id"], 987'654'321);
  EXPECT_EQ(whole("eth_chainId")["id"], 987'654'321);
}

// --- Processes

Task<void> sendRaw(FakeHost& host, std::string url, evm::SignedTransaction transaction) {
  const std::string text = dumpJson(Json{{"jsonrpc", "2.0"},
                                         {"id", 1},
                                         {"method", "eth_sendRawTransaction"},
                                         {"params", Json::array({toHex0x(transaction.raw)})}});
  co_await host.transport.send(
      {.method = "POST", .url = std::move(url), .body = Bytes(asBytes(text).begin(), asBytes(text).end())});
}

TEST_F(ScriptedChainTest, AProcessMayDieBeforeOrAfterTheNodeHears) {
  host.life.dieAt(1);
  EXPECT_FALSE(host.run(sendRaw(host, chain.url, sign(0))));
  EXPECT_EQ(chain.truth.poolSize(), 0U);
  host.life.dieAt(2);
  EXPECT_FALSE(host.run(sendRaw(host, chain.url, sign(0))));
  EXPECT_EQ(chain.truth.poolSize(), 1U);
}

TEST_F(ScriptedChainTest, CancellingEndsWhatIsUnderWay) {
  chain.weather.add(weather::slow(seconds(20)));
  world.loop.after(seconds(1), [&] { host.transport.cancelAll(); });
  EXPECT_EQ(failureOf("eth_chainId"), "CANCELLED");
  EXPECT_EQ(world.loop.now(), seconds(1));
}

TEST_F(ScriptedChainTest, AnUnknownUrlIsARefusedConnection) {
  try {
    host.run(host.transport.send({.method = "GET", .url = "http://elsewhere.test/"}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, "CONNECTION_REFUSED");
  }
  EXPECT_EQ(world.network.log[0].outcome, "CONNECTION_REFUSED");
}

}  // namespace
}  // namespace peaqos::test
