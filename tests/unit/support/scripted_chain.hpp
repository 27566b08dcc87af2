// An RPC endpoint over a simulated chain, in any weather. Start reading here.
//
//   World world;                                            // loop, disk, network
//   ScriptedChain chain(world);                             // answers at chain.url
//   FakeHost host(world);                                   // one process: host.lent() is what the core takes
//   chain.truth.setBalance(account, coins(5));
//   chain.truth.setContract(registry);
//   chain.weather.add(weather::lostAfterWork().on("eth_sendRawTransaction"));
//   host.run(someTask(host.lent(), chain.url));             // to its end, in virtual time
//   EXPECT_EQ(chain.truth.effectsOn(registry), 1);          // what really happened
//
// Who is who: `truth` is the chain itself, one for all. `backends` are the nodes behind the one URL; each may lag, keep
// its pool to itself, speak another family's words. `weather` is what happens to requests on their way. `log` is what
// was asked, with virtual times. FakeHost is a process, World a machine: kill -9 is host.life.dieAt(n) or host.kill(),
// a power cut Death::PowerCut or world.powerCut(). Everything is deterministic: the same test does the same each time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/chain.hpp"
#include "support/fake_host.hpp"
#include "support/node.hpp"
#include "support/weather.hpp"

namespace peaqos::test {

// One JSON-RPC call as it was answered.
struct LoggedCall {
  microseconds time;
  std::string client;   // FakeHost::folder
  std::size_t request;  // the number of its HTTP request, from 0
  std::size_t backend;
  std::string method;
  Json params;
  std::string outcome;  // "ok", "null", the error's code and words, or what happened to the request
};

class ScriptedChain : public Server {
 public:
  // How the endpoint chooses a backend for a request.
  enum class Balance {
    RoundRobin,
    Sticky,  // the same for each client, in the order in which they came
    Random,  // by the seed
  };

  explicit ScriptedChain(World& world, ChainSettings settings = {}, std::string endpoint = "http://rpc.test/",
                         std::uint64_t seed = 1);

  Answer answer(const host::Request& request, const std::string& client) override;

  const std::string url;
  Chain truth;
  std::deque<Backend> backends{1};  // at least one
  Balance balance = Balance::RoundRobin;
  Weather weather;
  std::vector<LoggedCall> log;

  // Calls of a method so far; HTTP requests so far.
  std::size_t count(std::string_view method) const;
  std::size_t requests() const { return requests_; }

 private:
  std::size_t choose(const std::string& client);
  std::optional<RequestSeen> read(const host::Request& request) const;
  Json work(const RequestSeen& request, std::size_t backend, std::size_t firstEntry);
  Json answerCall(const RequestSeen& request, const RpcCallSeen& call, std::size_t backend, LoggedCall& entry);

  World& world_;
  std::mt19937_64 random_;
  std::size_t requests_ = 0;
  std::size_t next_ = 0;
  std::map<std::string, std::size_t> clients_;
};

}  // namespace peaqos::test
