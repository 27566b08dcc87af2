// qualify events in a simulated world: each line takes effect once, whatever happens on the way.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "base/json.hpp"
#include "cli/run.hpp"
#include "evm/abi.hpp"
#include "evm/outbox_fixture.hpp"
#include "peaq/batch.hpp"
#include "peaq/event.hpp"
#include "support/fake_display.hpp"

namespace peaqos::cli {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

constexpr char kFolder[] = "/home/user/project";
constexpr std::uint64_t kRefusedMachine = 666;  // by the contract
const evm::Address kPrecompile = *evm::parseAddress("0x0000000000000000000000000000000000000805");

std::size_t wordAt(BytesView bytes, std::size_t at) {
  return static_cast<std::size_t>(evm::U256::fromBigEndian(bytes.subspan(at, 32))->toUint64().value_or(0));
}

// The registry: an event's index is its value, so that a test can tell which lines took effect.
CallResult registry(const Call& call) {
  if (call.data.size() < 4) return {};  // a transfer of somebody else's
  const BytesView arguments = BytesView(call.data).subspan(4);
  if (wordAt(arguments, 0) == kRefusedMachine) return revertWithError("NotAuthorizedSubmitter()");
  const evm::U256 value(wordAt(arguments, 64));
  return {.gas = 100'000,
          .logs = {{.emitter = call.to,
                    .topics = {evm::eventTopic("EventSubmitted(uint256,uint256,uint8,uint256,string)"),
                               evm::U256(wordAt(arguments, 0)).toWord(), value.toWord()},
                    .data = {}}}};
}

// The calls of a batch: the items of its third array.
std::vector<Bytes> callsOf(BytesView data) {
  const BytesView arguments = data.subspan(4);
  const BytesView array = arguments.subspan(wordAt(arguments, 64));
  const BytesView items = array.subspan(32);
  std::vector<Bytes> calls;
  for (std::size_t i = 0; i < wordAt(array, 0); ++i) {
    const BytesView item = items.subspan(wordAt(items, i * 32));
    const BytesView bytes = item.subspan(32, wordAt(item, 0));
    calls.emplace_back(bytes.begin(), bytes.end());
  }
  return calls;
}

CallResult precompile(const Call& call) {
  const bool all = toHex(BytesView(call.data).first(4)) == "96e292b8";
  CallResult result{.gas = 0};
  std::uint64_t number = 0;
  for (Bytes& each : callsOf(call.data)) {
    CallResult inner = registry({.from = call.from, .to = kRegistry, .value = {}, .data = std::move(each)});
    if (inner.reverted && all) return inner;
    result.gas += inner.gas;
    std::ranges::move(inner.logs, std::back_inserter(result.logs));
    const Hash256 word = evm::U256(number++).toWord();
    result.logs.push_back(
        {.emitter = kPrecompile,
         .topics = {evm::eventTopic(inner.reverted ? "SubcallFailed(uint256)" : "SubcallSucceeded(uint256)")},
         .data = Bytes(word.begin(), word.end())});
  }
  return result;
}

struct QualifyEvents : testing::Test {
  World world;
  ScriptedChain chain{world};
  evm::KeySigner signer = testSigner();

  QualifyEvents() {
    world.disk.makeFolder("/home/user");
    world.disk.makeFolder(kFolder);
    chain.truth.setBalance(signer.address(), coins(1000));
    chain.truth.setContract(kRegistry, registry);
    chain.truth.setContract(kPrecompile, precompile);
  }

  struct Machine {
    FakeHost host;
    FakeDisplay display;
    explicit Machine(QualifyEvents& test, std::uint64_t seed = 1) : host(test.world, kFolder, seed) {
      auto& variables = host.environment.variables;
      variables["HOME"] = "/home/user";
      variables["PEAQOS_NETWORK"] = "devnet";
      variables["PEAQOS_RPC_URL"] = test.chain.url;
      variables["PEAQOS_PRIVATE_KEY"] = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
      variables["EVENT_REGISTRY_ADDRESS"] = evm::toChecksum(kRegistry);
      for (const char* other : {"IDENTITY_REGISTRY_ADDRESS", "IDENTITY_STAKING_ADDRESS", "MACHINE_NFT_ADDRESS"}) {
        variables[other] = evm::toChecksum(kRegistry);
      }
    }
  };

  struct End {
    int code = -1;  // -1: killed
    std::string out = {}, err = {};
    std::vector<Json> results() const {
      std::vector<Json> lines;
      for (std::size_t at = 0; at < out.size();) {
        const std::size_t end = out.find('\n', at);
        lines.push_back(parseJson(out.substr(at, end - at)).value());
        at = end + 1;
      }
      return lines;
    }
    std::map<std::string, int> counts() const {
      std::map<std::string, int> counts;
      for (const Json& result : results()) ++counts[result["status"].get<std::string>()];
      return counts;
    }
  };

  End run(std::vector<std::string> more, Machine& machine) {
    std::vector<std::string> words{"qualify", "events"};
    std::ranges::move(more, std::back_inserter(words));
    const auto code = machine.host.run(cli::run(std::move(words), machine.host.lent(), nullptr, &machine.display));
    return {.code = code.value_or(-1), .out = machine.host.terminal.out, .err = machine.host.terminal.err};
  }
  End run(std::vector<std::string> more) {
    Machine machine(*this);
    return run(std::move(more), machine);
  }

  void write(const std::string& text, const std::string& name = "day.jsonl") {
    Machine machine(*this);
    machine.host.run(machine.host.lent().files.replace(std::string(kFolder) + "/" + name, asBytes(text), 0600));
  }

  static std::string line(std::uint64_t value, const std::string& more = {}, std::uint64_t machine = 7) {
    return "{\"machine_id\":" + std::to_string(machine) + ",\"type\":\"revenue\",\"value\":" + std::to_string(value) +
           ",\"ts\":1767225600" + more + "}\n";
  }
  static std::string lines(std::uint64_t first, std::uint64_t count) {
    std::string text;
    for (std::uint64_t value = first; value < first + count; ++value) text += line(value);
    return text;
  }

  // How often each value took effect.
  std::map<std::uint64_t, int> onChain() {
    std::map<std::uint64_t, int> values;
    for (const Mined& mined : chain.truth.transactionsOf(signer.address())) {
      for (const evm::Log& log : mined.logs) {
        if (mined.succeeded && log.emitter == kRegistry) ++values[wordAt(log.topics[2], 0)];
      }
    }
    return values;
  }
  void expectExactly(std::uint64_t first, std::uint64_t count) {
    const auto values = onChain();
    EXPECT_EQ(values.size(), count);
    for (std::uint64_t value = first; value < first + count; ++value) {
      EXPECT_EQ(values.contains(value) ? values.at(value) : 0, 1) << value;
    }
  }
};

TEST_F(QualifyEvents, SendsAFileInGroups) {
  write(lines(1, 500));
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 0) << end.err;
  expectExactly(1, 500);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 500}}));
  EXPECT_LE(chain.truth.transactionsOf(signer.address()).size(), 10U);
  const auto results = end.results();
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i]["line"], i + 1);
    EXPECT_EQ(results[i]["index"], i + 1) << "the test registry's index is the value";
    EXPECT_TRUE(chain.truth.find(*fromHexExactly<32>(results[i]["tx_hash"].get<std::string>())));
  }
}

TEST_F(QualifyEvents, ARerunSendsNothingAndAnAppendedFileTheRest) {
  write(lines(1, 50));
  const End first = run({"day.jsonl", "-y", "--json"});
  const auto sent = chain.truth.transactionsOf(signer.address()).size();
  const End second = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(chain.truth.transactionsOf(signer.address()).size(), sent);
  write(lines(1, 80));
  const End third = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(third.code, 0) << third.err;
  EXPECT_EQ(third.counts()["confirmed"], 80);
  expectExactly(1, 80);
}

TEST_F(QualifyEvents, ALineThatTheContractRefusesIsSetAside) {
  write(lines(1, 20) + line(100, ",\"id\":\"bad\"", kRefusedMachine) + lines(21, 20));
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 2);
  expectExactly(1, 40);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 40}, {"rejected", 1}}));
  for (const Json& result : end.results()) {
    if (result["status"] != "rejected") continue;
    EXPECT_EQ(result["line"], 21);
    EXPECT_EQ(result["id"], "bad");
    EXPECT_NE(result["reason"].get<std::string>(), "");
    EXPECT_EQ(result["tx_hash"], nullptr);
  }
  EXPECT_NE(end.err.find("1 of 41 lines are not on the chain (1 rejected, 0 pending)"), std::string::npos) << end.err;
}

TEST_F(QualifyEvents, ALineThatFailsInItsBlockIsRejectedAlone) {
  write(lines(1, 10));
  bool refusing = false;
  chain.truth.setContract(kPrecompile, [&refusing](const Call& call) {
    Call changed = call;
    CallResult result = precompile(changed);
    if (!refusing) return result;
    // The third call fails: its event is gone, and so is the good word about it.
    std::erase_if(result.logs,
                  [](const evm::Log& log) { return log.emitter == kRegistry && wordAt(log.topics[2], 0) == 3; });
    for (evm::Log& log : result.logs) {
      if (log.emitter == kPrecompile && wordAt(log.data, 0) == 2)
        log.topics = {evm::eventTopic("SubcallFailed(uint256)")};
    }
    return result;
  });
  chain.truth.setContract(kRegistry, [&refusing](const Call& call) {
    if (refusing && wordAt(BytesView(call.data).subspan(4), 64) == 3) return revertWithError("MachineDeactivated()");
    return registry(call);
  });
  chain.weather.add(weather::run([&] { refusing = true; })).on("eth_sendRawTransaction");
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 2);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 9}, {"rejected", 1}}));
  for (const Json& result : end.results()) {
    if (result["status"] == "rejected") {
      EXPECT_EQ(result["line"], 3);
      EXPECT_NE(result["tx_hash"], nullptr) << "the transaction that it was in";
    }
  }
  refusing = false;
  chain.truth.setContract(kPrecompile, precompile);
  EXPECT_EQ(run({"day.jsonl", "-y"}).code, 0);
  expectExactly(1, 10);
}

TEST_F(QualifyEvents, BadLinesStopNothing) {
  write(lines(1, 5) + "nonsense\n" + line(6, ",\"surprise\":1") + line(7, ",\"currency\":\"eur\"") + line(3) +
        line(8, ",\"id\":\"a\"") + line(9, ",\"id\":\"a\"") + line(10));
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 1);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 7}, {"duplicate", 2}, {"invalid", 3}}));
  EXPECT_NE(end.err.find("3 of 12 lines are invalid"), std::string::npos);
  EXPECT_EQ(onChain().size(), 7U);
}

TEST_F(QualifyEvents, EqualLinesWithIdsAreTwo) {
  write(line(1, ",\"id\":\"a\"") + line(1, ",\"id\":\"b\""));
  EXPECT_EQ(run({"day.jsonl", "-y"}).code, 0);
  EXPECT_EQ(onChain().at(1), 2);
}

TEST_F(QualifyEvents, CheckSendsNothingAndNeedsNoConfiguration) {
  write(lines(1, 3) + "nonsense\n" + line(2));
  Machine machine(*this);
  machine.host.environment.variables.clear();
  const End end = run({"day.jsonl", "--check"}, machine);
  EXPECT_EQ(end.code, 1);
  EXPECT_EQ(end.out,
            "Line 4: invalid: the line is not a JSON object, or has a member twice\n"
            "Line 5: duplicate: equal to line 2\n"
            "Lines checked; nothing was sent.\n"
            "  Lines:       5\n"
            "  Good:        3\n"
            "  Duplicates:  1\n"
            "  Invalid:     1\n");
  EXPECT_EQ(chain.requests(), 0U);
}

TEST_F(QualifyEvents, StrictSendsNothingIfALineIsBad) {
  write(lines(1, 3) + "nonsense\n");
  const End end = run({"day.jsonl", "--strict", "-y", "--json"});
  EXPECT_EQ(end.code, 1);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"invalid", 1}}));
  EXPECT_EQ(onChain().size(), 0U);
  write(lines(1, 3));
  EXPECT_EQ(run({"day.jsonl", "--strict", "-y"}).code, 0);
  expectExactly(1, 3);
}

TEST_F(QualifyEvents, AsksAPersonBeforeItSends) {
  write(lines(1, 3) + line(4, {}, 8));
  Machine refusing(*this);
  refusing.host.terminal.person = true;
  refusing.host.terminal.lines = {"n"};
  const End end = run({"day.jsonl"}, refusing);
  EXPECT_EQ(end.code, 1);
  EXPECT_NE(end.err.find("Send 4 events of 2 machines from " + evm::toChecksum(signer.address())), std::string::npos);
  EXPECT_EQ(onChain().size(), 0U);
  Machine agreeing(*this);
  agreeing.host.terminal.person = true;
  agreeing.host.terminal.lines = {"y"};
  EXPECT_EQ(run({"day.jsonl"}, agreeing).code, 0);
  expectExactly(1, 4);
}

TEST_F(QualifyEvents, WhereNobodyCanBeAskedNothingIsSent) {
  write(lines(1, 3));
  const End file = run({"day.jsonl"});
  EXPECT_EQ(file.code, 1);
  EXPECT_NE(file.err.find("Add -y to send without asking"), std::string::npos) << file.err;
  const End pipe = run({"-"});
  EXPECT_EQ(pipe.code, 1);
  EXPECT_NE(pipe.err.find("Add -y to send without asking"), std::string::npos) << pipe.err;
  EXPECT_EQ(run({"-", "-y", "--strict"}).code, 1);
  EXPECT_EQ(onChain().size(), 0U);
}

TEST_F(QualifyEvents, ReadsStandardInput) {
  Machine machine(*this);
  machine.host.terminal.input = "machine_id,type,value,ts\n7,revenue,1,1767225600\n7,revenue,2,1767225600";
  const End end = run({"-", "-y", "--json"}, machine);
  EXPECT_EQ(end.code, 0) << end.err;
  expectExactly(1, 2);
}

TEST_F(QualifyEvents, AnEmptyFileIsDone) {
  write("");
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 0) << end.err;
  EXPECT_EQ(end.out, "");
  EXPECT_EQ(run({"nowhere.jsonl", "-y"}).code, 1);
}

TEST_F(QualifyEvents, WithoutAPrecompileEachLineIsATransaction) {
  ScriptedChain bare(world, {}, "http://bare.test/");
  bare.truth.setBalance(signer.address(), coins(1000));
  bare.truth.setContract(kRegistry, registry);
  write(lines(1, 40));
  Machine machine(*this);
  machine.host.environment.variables["PEAQOS_RPC_URL"] = bare.url;
  const End end = run({"day.jsonl", "-y", "--json"}, machine);
  EXPECT_EQ(end.code, 0) << end.err;
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 40}}));
  EXPECT_EQ(bare.truth.transactionsOf(signer.address()).size(), 40U);
  EXPECT_EQ(end.results()[39]["index"], 40);
}

TEST_F(QualifyEvents, KeepsToItsLimits) {
  write(lines(1, 30));
  EXPECT_EQ(run({"day.jsonl", "-y", "--batch", "10", "--in-flight", "2"}).code, 0);
  EXPECT_EQ(chain.truth.transactionsOf(signer.address()).size(), 3U);
  EXPECT_EQ(run({"day.jsonl", "-y", "--batch", "0"}).code, 1);
  EXPECT_EQ(run({"day.jsonl", "-y", "--in-flight", "x"}).code, 1);
}

TEST_F(QualifyEvents, StopsBeforeTheFeesExceedTheirLimit) {
  write(lines(1, 200));
  const End none = run({"day.jsonl", "-y", "--json", "--max-total-fee", "0.000001"});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(onChain().size(), 0U);
  EXPECT_NE(none.err.find("--max-total-fee"), std::string::npos) << none.err;
  const End some = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "1", "--max-total-fee", "0.02"});
  EXPECT_EQ(some.code, 2) << some.err;
  EXPECT_GT(onChain().size(), 0U);
  EXPECT_LT(onChain().size(), 200U);
  EXPECT_EQ(run({"day.jsonl", "-y"}).code, 0);
  expectExactly(1, 200);
}

TEST_F(QualifyEvents, ResultsGoToAFileToo) {
  write(lines(1, 3) + "nonsense\n");
  const End end = run({"day.jsonl", "-y", "--json", "--results", "results.jsonl"});
  EXPECT_EQ(world.disk.text(std::string(kFolder) + "/results.jsonl"), end.out);
  const End again = run({"day.jsonl", "-y", "--results", "results.jsonl"});
  EXPECT_EQ(world.disk.text(std::string(kFolder) + "/results.jsonl").size(), end.out.size())
      << "the file of the run before is replaced";
  EXPECT_NE(again.out.find("Line 4: invalid"), std::string::npos);
  EXPECT_NE(again.out.find("Earlier:"), std::string::npos);
}

TEST_F(QualifyEvents, KilledAtAnyMomentEachLineTakesEffectOnce) {
  constexpr std::uint64_t kLines = 60;
  std::mt19937 random(20261127);
  write(lines(1, kLines));
  int kills = 0;
  for (int attempt = 0; attempt < 60; ++attempt) {
    Machine machine(*this, static_cast<std::uint64_t>(attempt) + 1);
    machine.host.life.dieAt(2 + random() % 60);
    const End end = run({"day.jsonl", "-y", "--json", "--batch", "4", "--in-flight", "2"}, machine);
    if (end.code == 0) break;
    ++kills;
  }
  EXPECT_GT(kills, 2);
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 0) << end.err;
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", kLines}}));
  expectExactly(1, kLines);
}

TEST_F(QualifyEvents, TwoRunsAtOnceAreOne) {
  write(lines(1, 50));
  Machine one(*this, 1), two(*this, 2);
  const auto start = [](Machine& machine) {
    return machine.host.spawn(cli::run({"qualify", "events", "day.jsonl", "-y", "--json"}, machine.host.lent()));
  };
  const auto first = start(one), second = start(two);
  world.loop.runUntil([&] { return first->ended() && second->ended(); });
  EXPECT_EQ(first->result(), 0) << one.host.terminal.err;
  EXPECT_EQ(second->result(), 0) << two.host.terminal.err;
  expectExactly(1, 50);
}

TEST_F(QualifyEvents, WhatIsNotMinedInTimeIsPendingAndSettledLater) {
  write(lines(1, 10));
  chain.truth.change().blockTime = seconds(0);  // no block comes by itself
  Machine impatient(*this);
  impatient.host.environment.variables["PEAQOS_RECEIPT_TIMEOUT"] = "5";
  const End end = run({"day.jsonl", "-y", "--json"}, impatient);
  EXPECT_EQ(end.code, 2);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"pending", 10}}));
  EXPECT_NE(end.results()[0]["tx_hash"], nullptr);
  chain.truth.mine();
  const End again = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(again.counts(), (std::map<std::string, int>{{"confirmed", 10}}));
  EXPECT_EQ(chain.truth.transactionsOf(signer.address()).size(), 1U);
}

TEST_F(QualifyEvents, AnIdIsTheIdempotencyKeyOfQualifyEvent) {
  Machine machine(*this);
  const auto code = machine.host.run(cli::run({"qualify", "event", "--machine-id", "7", "--type", "revenue", "--value",
                                               "1", "--ts", "1767225600", "--idempotency-key", "a"},
                                              machine.host.lent()));
  ASSERT_EQ(code, 0) << machine.host.terminal.err;
  write(line(1, ",\"id\":\"a\"") + line(2, ",\"id\":\"b\""));
  EXPECT_EQ(run({"day.jsonl", "-y"}).code, 0);
  expectExactly(1, 2);
}

TEST_F(QualifyEvents, APlanIsWhatWouldBeSent) {
  write(lines(1, 150) + "nonsense\n" + line(3) + line(900, {}, kRefusedMachine));
  const End end = run({"day.jsonl", "--plan", "--json"});
  ASSERT_EQ(end.code, 0) << end.err;
  EXPECT_EQ(onChain().size(), 0U);
  EXPECT_EQ(chain.count("eth_sendRawTransaction"), 0U);
  EXPECT_FALSE(world.disk.exists(std::string(kFolder) + "/peaqos.log"));
  EXPECT_FALSE(world.disk.exists("/home/user/.peaqos"));
  const Json plan = parseJson(end.out).value()["plan"];
  EXPECT_EQ(plan["command"], "qualify events");
  EXPECT_EQ(plan["chain_id"], 3338);
  EXPECT_EQ(plan["signer"], evm::toChecksum(signer.address()));
  EXPECT_EQ(plan["reads"].back()["value"]["lines"], 153);
  EXPECT_EQ(plan["reads"].back()["value"]["rejected"], 1);
  std::size_t calls = 0, listed = 0;
  evm::U256 most;
  for (const Json& transaction : plan["transactions"]) {
    EXPECT_EQ(transaction["contract"], "Batch precompile");
    EXPECT_EQ(transaction["function"], peaq::kBatchSome);
    listed += transaction["calls"].size();
    calls += transaction["calls"].size() + transaction["calls_left_out"].get<std::size_t>();
    most = most + *evm::U256::fromDecimal(transaction["max_fee"].get<std::string>());
  }
  EXPECT_EQ(calls, 150U);
  EXPECT_EQ(listed, 100U);
  EXPECT_EQ(plan["transactions"][0]["calls"][1]["line"], 2);
  EXPECT_EQ(plan["transactions"][0]["calls"][1]["arguments"][2], (Json{{"name", "value"}, {"value", "2"}}));
  EXPECT_EQ(plan["sums"]["PEAQ"]["max_total"], most.toDecimal());

  EXPECT_EQ(run({"day.jsonl", "-y"}).code, 2) << "a line is rejected";
  EXPECT_EQ(chain.truth.transactionsOf(signer.address()).size(), plan["transactions"].size());
  const End again = run({"day.jsonl", "--plan"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_NE(again.out.find("No transaction would be sent."), std::string::npos) << again.out;
}

TEST_F(QualifyEvents, APlanOfWhatIsUnderWaySettlesNothing) {
  write(lines(1, 10));
  chain.truth.change().blockTime = seconds(0);
  Machine impatient(*this);
  impatient.host.environment.variables["PEAQOS_RECEIPT_TIMEOUT"] = "5";
  EXPECT_EQ(run({"day.jsonl", "-y", "--json"}, impatient).code, 2);
  chain.truth.mine();
  const std::string log = world.disk.text(std::string(kFolder) + "/peaqos.log");
  const End end = run({"day.jsonl", "--plan", "--json"});
  EXPECT_EQ(end.code, 0) << end.err;
  EXPECT_EQ(world.disk.text(std::string(kFolder) + "/peaqos.log"), log);
  const Json plan = parseJson(end.out).value()["plan"];
  EXPECT_EQ(plan["transactions"].size(), 0U);
  EXPECT_EQ(plan["reads"][0]["name"], "earlier_write");
  EXPECT_EQ(plan["reads"].back()["value"]["pending"], 10);
}

TEST_F(QualifyEvents, APlanFailsAsTheCommandWould) {
  write(lines(1, 5) + "nonsense\n");
  EXPECT_EQ(run({"day.jsonl", "--plan", "--strict"}).code, 1);
  EXPECT_EQ(run({"-", "--plan"}).code, 1);
  chain.truth.setBalance(signer.address(), evm::U256());
  const End poor = run({"day.jsonl", "--plan"});
  EXPECT_EQ(poor.code, 2);
  EXPECT_NE(poor.err.find("holds 0.0000 PEAQ"), std::string::npos) << poor.err;
}

TEST_F(QualifyEvents, QualifyEventKnowsTheIdsOfFiles) {
  write(line(1, ",\"id\":\"a\""));
  EXPECT_EQ(run({"day.jsonl", "-y"}).code, 0);
  const std::vector<std::string> words{"qualify", "event",      "--machine-id",      "7",
                                       "--type",  "revenue",    "--value",           "1",
                                       "--ts",    "1767225600", "--idempotency-key", "a"};
  Machine machine(*this);
  ASSERT_EQ(machine.host.run(cli::run(words, machine.host.lent())), 0) << machine.host.terminal.err;
  EXPECT_NE(machine.host.terminal.err.find("was used before"), std::string::npos) << machine.host.terminal.err;
  expectExactly(1, 1);
}

TEST_F(QualifyEvents, WaitsForConfirmations) {
  write(lines(1, 30));
  const std::uint64_t before = chain.truth.head().number;
  const End end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "1", "--confirmations", "5"});
  EXPECT_EQ(end.code, 0) << end.err;
  expectExactly(1, 30);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 30}}));
  EXPECT_LT(chain.truth.head().number, before + 14) << "what is not certain yet does not hold up the rest";
  for (const Json& result : end.results()) {
    EXPECT_GE(chain.truth.head().number, result["block"].get<std::uint64_t>() + 4);
  }
}

TEST_F(QualifyEvents, LinesThatAReorgDropsGoOutAgain) {
  std::uint64_t first = 1;
  for (const char* rule : {"--confirmations=4", "--finality"}) {
    for (const Chain::Fate fate : {Chain::Fate::Vanish, Chain::Fate::Return}) {
      write(lines(first, 30));
      chain.weather.clear();
      // The last blocks go while transactions of a second wave are under way.
      int looks = 0;
      chain.weather
          .add(weather::run([&] {
            if (++looks == 12) chain.truth.reorg(2, fate);
          }))
          .on("eth_getTransactionReceipt")
          .times(100);
      End end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "1", rule});
      EXPECT_GE(looks, 12);
      // What is still under way when the time is up is pending, and ends with the next run.
      if (end.code == 2) end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "1", rule});
      EXPECT_EQ(end.code, 0) << end.err;
      chain.truth.settle();
      const auto values = onChain();
      for (std::uint64_t value = first; value < first + 30; ++value) {
        EXPECT_EQ(values.contains(value) ? values.at(value) : 0, 1) << value;
      }
      EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 30}}));
      for (const Json& result : end.results()) {
        const auto at = chain.truth.find(*fromHexExactly<32>(result["tx_hash"].get<std::string>()));
        ASSERT_TRUE(at);
        EXPECT_EQ(at->block->number, result["block"].get<std::uint64_t>());
      }
      first += 100;
    }
  }
}

TEST_F(QualifyEvents, LinesWhoseNonceIsTakenAfterAReorgGoOutAgain) {
  write(lines(1, 10));
  int looks = 0;
  chain.weather
      .add(weather::run([&] {
        if (++looks != 6) return;
        chain.truth.reorg(1, Chain::Fate::Vanish);
        chain.truth.usurp(signer.address(), 0, kRegistry);
        chain.truth.mine();
      }))
      .on("eth_getTransactionReceipt")
      .times(100);
  const End end = run({"day.jsonl", "-y", "--json", "--confirmations", "4"});
  EXPECT_EQ(end.code, 0) << end.err;
  expectExactly(1, 10);
}

TEST_F(QualifyEvents, WhatAChainThatStandsStillDoesNotConfirmIsPending) {
  write(lines(1, 10));
  Machine impatient(*this);
  impatient.host.environment.variables["PEAQOS_RECEIPT_TIMEOUT"] = "20";
  chain.weather.add(weather::run([&] { chain.truth.change().blockTime = seconds(0); })).on("eth_blockNumber");
  const End end = run({"day.jsonl", "-y", "--json", "--confirmations", "50"}, impatient);
  EXPECT_EQ(end.code, 2);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"pending", 10}})) << end.err;
  const End again = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(again.code, 0) << again.err;
  expectExactly(1, 10);
}

TEST_F(QualifyEvents, AFinalBlockAndANumberOfThemExcludeEachOther) {
  write(lines(1, 1));
  EXPECT_EQ(run({"day.jsonl", "-y", "--finality", "--confirmations", "3"}).code, 1);
  EXPECT_EQ(run({"-", "-y", "--reconcile-from", "0"}).code, 1);
  EXPECT_EQ(run({"day.jsonl", "-y", "--reconcile-from", "-1"}).code, 1);
}

TEST_F(QualifyEvents, WithoutMoneyNothingIsSentAndEveryLineIsNamed) {
  chain.truth.setBalance(signer.address(), evm::U256());
  write(lines(1, 5));
  const End end = run({"day.jsonl", "-y", "--json"});
  EXPECT_EQ(end.code, 2);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"pending", 5}}));
  EXPECT_NE(end.err.find("holds 0.0000 PEAQ"), std::string::npos) << end.err;
}

TEST_F(QualifyEvents, AGroupLeavesAsSoonAsOneIsMined) {
  write(lines(1, 60));
  chain.truth.change().gasLimit = 1'500'000;  // a block holds one transaction of ten events
  const End end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "3"});
  EXPECT_EQ(end.code, 0) << end.err;
  expectExactly(1, 60);
  std::vector<int> sent;  // transactions in each broadcast
  std::optional<std::size_t> request;
  for (const LoggedCall& call : chain.log) {
    if (call.method != "eth_sendRawTransaction") continue;
    if (std::exchange(request, call.request) != call.request) sent.push_back(0);
    ++sent.back();
  }
  EXPECT_EQ(sent, (std::vector<int>{3, 1, 1, 1}));
}

TEST_F(QualifyEvents, ALineThatIsRefusedHoldsUpNothingUnderWay) {
  write(lines(1, 30) + line(100, {}, kRefusedMachine) + lines(31, 29));
  chain.truth.change().gasLimit = 1'500'000;
  const End end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "2"});
  EXPECT_EQ(end.code, 2);
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 59}, {"rejected", 1}}));
  expectExactly(1, 59);
}

TEST_F(QualifyEvents, MoneyForOneGroupAtATimeIsEnough) {
  write(lines(1, 40));
  chain.truth.setBalance(signer.address(), gwei(11'000'000));  // all fees, but the most of two groups at a time
  const End end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "4"});
  EXPECT_EQ(end.code, 0) << end.err;
  expectExactly(1, 40);
}

TEST_F(QualifyEvents, ABaseFeeThatRisesTenfoldHoldsUpNothing) {
  write(lines(1, 60));
  chain.truth.change().gasLimit = 1'500'000;
  chain.weather.add(weather::run([this] { chain.truth.change().baseFee = gwei(10); }).on("eth_sendRawTransaction"));
  const End end = run({"day.jsonl", "-y", "--json", "--batch", "10", "--in-flight", "3"});
  EXPECT_EQ(end.code, 0) << end.err;
  EXPECT_EQ(end.counts(), (std::map<std::string, int>{{"confirmed", 60}}));
  expectExactly(1, 60);
}

TEST_F(QualifyEvents, ATerminalShowsABarAboveWhichResultsStand) {
  write(lines(1, 30) + "nonsense\n");
  Machine machine(*this);
  machine.display.outColumns = machine.display.errColumns = 100;
  machine.host.environment.variables["TERM"] = "xterm";
  const End end = run({"day.jsonl", "-y", "--batch", "10", "--in-flight", "1"}, machine);
  EXPECT_EQ(end.code, 1);
  EXPECT_NE(end.err.find("\r\x1b[K[>"), std::string::npos) << end.err;
  EXPECT_NE(end.err.find(" 10/31 lines  "), std::string::npos) << end.err;
  EXPECT_NE(end.err.find(" left  fees 0."), std::string::npos) << end.err;
  EXPECT_EQ(end.err.find("events submitted"), std::string::npos);
  // The bar is gone before the result, and before the error.
  const std::size_t last = end.err.rfind("\r\x1b[K");
  EXPECT_EQ(end.err.substr(last, 10), "\r\x1b[KError:") << end.err;
}

TEST_F(QualifyEvents, WithoutATerminalLinesTellNowAndThen) {
  write(lines(1, 160));
  chain.truth.change().gasLimit = 1'500'000;  // a block holds one transaction of ten events
  Machine piped(*this, 6);
  piped.host.environment.variables["TERM"] = "xterm";
  const End slow = run({"day.jsonl", "-y", "--batch", "10", "--in-flight", "2"}, piped);
  EXPECT_EQ(slow.code, 0) << slow.err;
  EXPECT_EQ(slow.err.find('\r'), std::string::npos);
  const auto told = std::ranges::count(slow.err, '\n');
  EXPECT_GE(told, 8) << slow.err;
  EXPECT_LE(told, 16) << slow.err;  // 16 blocks of 6 s
  EXPECT_NE(slow.err.find("  160 of 160 lines, fees 0."), std::string::npos) << slow.err;
  Machine dumb(*this, 7);
  dumb.host.environment.variables["TERM"] = "dumb";
  dumb.display.errColumns = 80;
  write(lines(501, 5));
  const End brief = run({"day.jsonl", "-y"}, dumb);
  EXPECT_EQ(brief.code, 0) << brief.err;
  EXPECT_TRUE(brief.err.starts_with("  5 of 5 lines, fees 0.")) << brief.err;
  Machine quiet(*this, 8);
  quiet.display.errColumns = 80;
  quiet.host.environment.variables["TERM"] = "xterm";
  write(lines(1001, 20));
  const auto code = quiet.host.run(
      cli::run({"-q", "qualify", "events", "day.jsonl", "-y"}, quiet.host.lent(), nullptr, &quiet.display));
  EXPECT_EQ(code, 0);
  EXPECT_EQ(quiet.host.terminal.err, "");
}

}  // namespace
}  // namespace peaqos::cli
