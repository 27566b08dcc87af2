// Watching a simulated chain: every event once, whatever nodes and processes do.
// SPDX-License-Identifier: Apache-2.0
#include "app/watch/watch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/watch/pace.hpp"
#include "app/watch/trail.hpp"
#include "app/watch/webhook.hpp"
#include "base/error.hpp"
#include "evm/abi.hpp"
#include "evm/outbox_fixture.hpp"

namespace peaqos::app {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

constexpr char kWatchFolder[] = "/home/user/project";
constexpr char kCursorPath[] = "/home/user/project/c.cursor";

// A transfer of n wei is the event n of machine n / 1000; a call reads an event.
CallResult registryOfEvents(const Call& call) {
  if (!call.data.empty()) {
    const Bytes event = evm::encodeArguments({evm::AbiValue::tuple(
        {std::uint64_t{0}, std::uint64_t{0}, std::uint64_t{0}, std::uint64_t{1'767'225'000}, Hash256{},
         std::uint64_t{1}, std::uint64_t{0}, Hash256{}, Bytes(), std::string_view("USD")})});
    return {.output = event};
  }
  const std::uint64_t number = *call.value.toUint64();
  Bytes data = evm::encodeArguments({std::uint64_t{0}, call.value});
  return {.gas = 0,
          .logs = {{.emitter = call.to,
                    .topics = {evm::eventTopic("EventSubmitted(uint256,uint256,uint8,uint256,string)"),
                               evm::U256(number / 1000).toWord(), evm::U256(number % 1000).toWord(), Hash256{}},
                    .data = std::move(data)}}};
}

// What a consumer holds that keeps to the rule of docs/commands.md: a known id is a repetition, a retraction takes one
// away.
struct WatchConsumer {
  std::set<std::string> ids;
  std::vector<std::string> events;  // "machine/event", sorted
  std::vector<Json> lines;

  void take(const std::vector<Json>& some) {
    for (const Json& line : some) {
      lines.push_back(line);
      if (textOrEmpty(line, "type") == "retraction") {
        if (ids.erase(textOrEmpty(line, "retracts")) > 0) std::erase(events, nameOf(textOrEmpty(line, "retracts")));
      } else if (ids.insert(textOrEmpty(line, "id")).second) {
        names[textOrEmpty(line, "id")] = textOrEmpty(line, "machine_id") + "/" + textOrEmpty(line, "event_index");
        events.push_back(nameOf(textOrEmpty(line, "id")));
        std::ranges::sort(events);
      }
    }
  }
  std::string nameOf(const std::string& id) { return names[id]; }
  std::map<std::string, std::string> names;
  std::size_t count(const std::string& type) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(lines, [&](const Json& line) { return textOrEmpty(line, "type") == type; }));
  }
};

struct WatchTest : testing::Test {
  World world;
  ScriptedChain chain{world, {.blockTime = seconds(0)}};
  evm::Address sender = testSigner().address();
  std::uint64_t nonce = 0;
  WatchConsumer consumer;
  std::unique_ptr<FakeHost> host;

  WatchTest() {
    world.disk.makeFolder("/home/user");
    world.disk.makeFolder(kWatchFolder);
    chain.truth.setBalance(sender, coins(1000));
    chain.truth.setContract(kRegistry, registryOfEvents);
    restart();
  }

  void restart() {
    host = std::make_unique<FakeHost>(world, kWatchFolder);
    auto& variables = host->environment.variables;
    variables["HOME"] = "/home/user";
    variables["PEAQOS_NETWORK"] = "devnet";
    variables["PEAQOS_RPC_URL"] = chain.url;
    variables["EVENT_REGISTRY_ADDRESS"] = evm::toChecksum(kRegistry);
    for (const char* other : {"IDENTITY_REGISTRY_ADDRESS", "IDENTITY_STAKING_ADDRESS", "MACHINE_NFT_ADDRESS"}) {
      variables[other] = evm::toChecksum(kRegistry);
    }
  }

  // An event in the pool.
  void submit(std::uint64_t machine, std::uint64_t index) {
    chain.truth.usurp(sender, nonce++, kRegistry, evm::U256(machine * 1000 + index));
  }
  // An event in a block of its own.
  void event(std::uint64_t machine, std::uint64_t index) {
    submit(machine, index);
    chain.truth.mine();
  }
  void mine(int blocks) {
    for (int i = 0; i < blocks; ++i) chain.truth.mine();
  }

  LineSink sink() {
    return [this](const std::vector<Json>& lines) { consumer.take(lines); };
  }
  Caller caller() { return {.host = host->lent(), .conversation = host->conversation}; }
  // Returns whether it ended by itself; throws what it throws.
  bool once(WatchEventsRequest request) {
    request.options.once = true;
    return host->run(watchEvents(std::move(request), sink(), caller()));
  }
  std::shared_ptr<FakeHost::Job<void>> follow(WatchEventsRequest request) {
    return host->spawn(watchEvents(std::move(request), sink(), caller()));
  }
  std::vector<std::string> eventsOnChain() {
    std::vector<std::string> out;
    for (const auto& [effect, times] : chain.truth.effects()) {
      const std::uint64_t number = *effect.value.toUint64();
      out.push_back(std::to_string(number / 1000) + "/" + std::to_string(number % 1000));
    }
    std::ranges::sort(out);
    return out;
  }
};

TEST(WatchPace, IsQuickAfterNewsAndSlowInQuietAndTrouble) {
  Pace pace = chainPace();
  EXPECT_EQ(pace.after(true), milliseconds(1000));
  EXPECT_EQ(pace.after(false), milliseconds(1500));
  for (int i = 0; i < 10; ++i) pace.after(false);
  EXPECT_EQ(pace.after(false), milliseconds(6000));
  EXPECT_EQ(pace.afterTrouble(milliseconds(0)), milliseconds(12'000));
  EXPECT_EQ(pace.afterTrouble(milliseconds(90'000)), milliseconds(90'000));
  for (int i = 0; i < 10; ++i) pace.afterTrouble(milliseconds(0));
  EXPECT_EQ(pace.afterTrouble(milliseconds(0)), milliseconds(60'000));
  EXPECT_EQ(pace.after(false), milliseconds(6000));
  EXPECT_EQ(pace.after(true), milliseconds(1000));
}

TEST_F(WatchTest, FollowsFromNowOn) {
  event(7, 1);
  const auto job = follow({.machineIds = {"7"}});
  world.loop.advance(seconds(5));
  EXPECT_TRUE(consumer.lines.empty());
  event(7, 2);
  event(8, 1);
  world.loop.advance(seconds(10));
  ASSERT_EQ(consumer.lines.size(), 1U);
  const Json& line = consumer.lines[0];
  EXPECT_EQ(line["machine_id"], "7");
  EXPECT_EQ(line["event_index"], "2");
  EXPECT_EQ(line["event_type"], "revenue");
  EXPECT_EQ(line["value"], "7002");
  EXPECT_EQ(line["currency"], "USD");
  EXPECT_EQ(line["trust"], "onchain");
  EXPECT_EQ(line["block"], 2);
  EXPECT_EQ(line["id"], toHex0x(chain.truth.block(2)->hash) + ":0");
  EXPECT_FALSE(job->ended());
}

TEST_F(WatchTest, ReadsFromABlockOnInHalvesThatTheNodeTakes) {
  chain.backends[0].logRange = 10;
  for (std::uint64_t i = 0; i < 40; ++i) {
    event(7 + i % 2, i);
    mine(4);
  }
  submit(7, 100);
  submit(8, 101);
  chain.truth.mine();
  EXPECT_TRUE(once({.since = 0}));
  EXPECT_EQ(consumer.lines.size(), 42U);
  EXPECT_EQ(consumer.events, eventsOnChain());
  EXPECT_EQ(consumer.lines[40]["log_index"], 0);
  EXPECT_EQ(consumer.lines[41]["log_index"], 1);
}

TEST_F(WatchTest, TellsARefusalOfOneBlockAsTheNodeDoes) {
  chain.backends[0].logRange = 0;
  mine(3);
  try {
    once({.since = 0});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Network);
    EXPECT_NE(error.message.find("max block range"), std::string::npos) << error.message;
  }
}

TEST_F(WatchTest, TakesBackWhatAReorganisationDropped) {
  const auto job = follow({});
  world.loop.advance(seconds(2));
  event(7, 1);
  world.loop.advance(seconds(8));
  event(7, 2);
  world.loop.advance(seconds(8));
  ASSERT_EQ(consumer.events, (std::vector<std::string>{"7/1", "7/2"}));
  const std::string id = consumer.lines[1]["id"].get<std::string>();
  chain.truth.reorg(1, Chain::Fate::Return);
  world.loop.advance(seconds(8));
  ASSERT_EQ(consumer.lines.size(), 3U);
  EXPECT_EQ(consumer.lines[2]["type"], "retraction");
  EXPECT_EQ(consumer.lines[2]["retracts"], id);
  chain.truth.mine();
  world.loop.advance(seconds(8));
  EXPECT_EQ(consumer.events, (std::vector<std::string>{"7/1", "7/2"}));
  EXPECT_NE(consumer.lines[3]["id"], id);

  chain.truth.reorg(3, Chain::Fate::Vanish);
  world.loop.advance(seconds(8));
  EXPECT_TRUE(consumer.events.empty());
  EXPECT_EQ(consumer.count("retraction"), 3U);
}

TEST_F(WatchTest, TakesBackAfterARestartToo) {
  event(7, 1);
  const WatchEventsRequest request{.since = 0, .options = {.cursor = kCursorPath}};
  once(request);
  EXPECT_EQ(consumer.events, (std::vector<std::string>{"7/1"}));
  chain.truth.reorg(1, Chain::Fate::Vanish);
  nonce = 0;
  event(9, 9);
  restart();
  once(request);
  EXPECT_EQ(consumer.events, (std::vector<std::string>{"9/9"}));
}

TEST_F(WatchTest, LosesNothingToNodesThatLag) {
  chain.backends = std::deque<Backend>(3);
  chain.backends[1].lag.blocks = 3;
  chain.backends[2].lag.blocks = 1;
  chain.balance = ScriptedChain::Balance::Random;
  const auto job = follow({.since = 0});
  for (std::uint64_t i = 0; i < 60; ++i) {
    event(7, i);
    world.loop.advance(seconds(3));
  }
  mine(4);
  world.loop.advance(seconds(60));
  EXPECT_EQ(consumer.events, eventsOnChain());
  EXPECT_EQ(consumer.count("retraction"), 0U);
  EXPECT_EQ(consumer.lines.size(), 60U);
}

TEST_F(WatchTest, GoesOnAfterAKillAtAnyStepWithoutLossOrUnknownRepetition) {
  for (std::uint64_t i = 0; i < 6; ++i) {
    submit(7, 2 * i);
    event(7, 2 * i + 1);
    mine(1);
  }
  const WatchEventsRequest request{.since = 0, .options = {.cursor = kCursorPath}};
  std::size_t kills = 0;
  for (std::size_t step = 1;; ++step) {
    consumer = {};
    if (world.disk.exists(kCursorPath)) host->run(host->lent().files.remove(kCursorPath));
    restart();
    host->life.dieAt(step);
    const bool survived = once(request);
    restart();
    ASSERT_TRUE(once(request));
    ASSERT_EQ(consumer.events, eventsOnChain()) << "killed at step " << step;
    restart();
    const std::size_t lines = consumer.lines.size();
    ASSERT_TRUE(once(request));
    ASSERT_EQ(consumer.lines.size(), lines);
    if (survived) break;
    ++kills;
  }
  EXPECT_GT(kills, 20U);
}

TEST_F(WatchTest, KeepsTheCursorOfAnotherWatch) {
  once({.machineIds = {"7"}, .options = {.cursor = kCursorPath}});
  restart();
  EXPECT_THROW(
      {
        try {
          once({.machineIds = {"8"}, .options = {.cursor = kCursorPath}});
        } catch (const Error& error) {
          EXPECT_EQ(error.code, "OTHER_CURSOR");
          EXPECT_EQ(error.kind, ErrorKind::Input);
          throw;
        }
      },
      Error);
  host->run(host->lent().files.replace(kCursorPath, asBytes("{\"version\":1,\"state\":{}}"), 0600));
  EXPECT_THROW(once({.machineIds = {"7"}, .options = {.cursor = kCursorPath}}), Error);
}

TEST_F(WatchTest, EndsAfterSoManyLinesAndGoesOnBehindThem) {
  for (std::uint64_t i = 0; i < 5; ++i) event(7, i);
  const WatchEventsRequest request{.since = 0, .options = {.cursor = kCursorPath, .count = 2}};
  for (const std::size_t lines : {2U, 4U}) {
    restart();
    host->run(watchEvents(request, sink(), caller()));
    EXPECT_EQ(consumer.lines.size(), lines);
  }
  restart();
  once(request);
  EXPECT_EQ(consumer.events, eventsOnChain());
}

TEST_F(WatchTest, WaitsOutTroubleAndAsLongAsTheServerAsks) {
  const auto job = follow({.since = 0});
  world.loop.advance(seconds(2));
  chain.weather.add(weather::retryAfter(429, 300).always().until(world.loop.now() + seconds(100)));
  event(7, 1);
  world.loop.advance(seconds(290));
  const std::size_t before = chain.requests();
  EXPECT_TRUE(consumer.events.empty());
  EXPECT_EQ(host->conversation.count("watch", "trouble"), 1U);
  world.loop.advance(seconds(100));
  EXPECT_GT(chain.requests(), before);
  EXPECT_EQ(consumer.events, eventsOnChain());
  EXPECT_EQ(host->conversation.count("watch", "recovered"), 1U);
}

TEST_F(WatchTest, EndsAtTroubleBeforeItHasBegun) {
  chain.weather.add(weather::status(500).always());
  EXPECT_THROW(host->run(watchEvents({}, sink(), caller())), Error);
}

TEST_F(WatchTest, FollowsABalance) {
  const auto job = host->spawn(watchBalance({.address = evm::toChecksum(kRegistry)}, sink(), caller()));
  world.loop.advance(seconds(2));
  event(7, 1);
  world.loop.advance(seconds(8));
  mine(2);
  world.loop.advance(seconds(8));
  ASSERT_EQ(consumer.lines.size(), 2U);
  EXPECT_EQ(consumer.lines[0]["balance"], "0");
  EXPECT_EQ(consumer.lines[0]["before"], nullptr);
  EXPECT_EQ(consumer.lines[1]["balance"], "7001");
  EXPECT_EQ(consumer.lines[1]["change"], "7001");
  EXPECT_EQ(consumer.lines[1]["block"], 1);
  chain.truth.reorg(3, Chain::Fate::Vanish);
  chain.truth.mine();
  world.loop.advance(seconds(8));
  ASSERT_EQ(consumer.lines.size(), 3U);
  EXPECT_EQ(consumer.lines[2]["retracts"], consumer.lines[1]["id"]);
}

// Takes posts as a receiver does, after so many refusals.
class HookReceiver : public Server {
 public:
  Answer answer(const host::Request& request, const std::string&) override {
    posts.push_back(request);
    if (refusals > 0) {
      --refusals;
      return {host::Response{.status = 500, .headers = {}, .body = {}}};
    }
    return {host::Response{.status = 204, .headers = {}, .body = {}}};
  }
  std::vector<host::Request> posts;
  int refusals = 0;
};

TEST_F(WatchTest, PostsSignedLinesUntilTheyAreTaken) {
  HookReceiver receiver;
  receiver.refusals = 2;
  world.network.serve("http://hook.test", receiver);
  host->environment.variables["PEAQOS_WEBHOOK_URL"] = "http://hook.test/x";
  host->environment.variables["PEAQOS_WEBHOOK_SECRET"] = "s3cret";
  event(7, 1);
  once({.since = 0, .options = {.webhook = true}});
  ASSERT_EQ(receiver.posts.size(), 3U);
  const auto header = [](const host::Request& request, std::string_view name) {
    return *host::findHeader(request.headers, name);
  };
  const std::string body = asText(receiver.posts[2].body);
  EXPECT_EQ(parseJson(body).value(), consumer.lines[0]);
  const Secret secret(asBytes("s3cret"));
  for (const host::Request& post : receiver.posts) {
    EXPECT_EQ(header(post, "peaqos-delivery"), header(receiver.posts[0], "peaqos-delivery"));
    EXPECT_EQ(header(post, "peaqos-signature"), webhookSignature(secret, header(post, "peaqos-timestamp"), body));
  }
}

TEST_F(WatchTest, AWebhookThatIsAwayEndsItAndTheLineComesAgain) {
  HookReceiver receiver;
  receiver.refusals = 6;
  world.network.serve("http://hook.test", receiver);
  event(7, 1);
  const WatchEventsRequest request{.since = 0, .options = {.cursor = kCursorPath, .webhook = true}};
  for (const bool fails : {true, false}) {
    restart();
    host->environment.variables["PEAQOS_WEBHOOK_URL"] = "http://hook.test/x";
    host->environment.variables["PEAQOS_WEBHOOK_SECRET"] = "s3cret";
    if (fails) {
      EXPECT_THROW(host->run(watchEvents(request, sink(), caller())), WebhookError);
    } else {
      once(request);
    }
  }
  ASSERT_EQ(receiver.posts.size(), 7U);
  EXPECT_EQ(receiver.posts[6].body, receiver.posts[0].body);
}

// Computed by another implementation: OpenSSL's.
TEST(WebhookSignature, IsHmacSha256OfTimeDotAndBody) {
  const Secret secret(asBytes("key"));
  EXPECT_EQ(webhookSignature(secret, "1767225600", "{\"a\":1}"),
            "sha256=80f7b75f8618b9b24d72673996a625f1a43f7387a26b6739d667431724fe4d23");
}

TEST(WatchTrail, ComesBackFromItsJsonAndFromNothingElse) {
  Trail trail;
  trail.beginAt(3);
  trail.reach({.block = 5, .hash = evm::U256(5).toWord(), .lines = {"0", "2"}});
  trail.reach({.block = 400, .hash = evm::U256(400).toWord(), .value = "12"});
  EXPECT_EQ(trail.upTo(400).size(), 1U) << "what is deeper than 256 blocks is forgotten";
  trail.addOlder({.block = 399, .hash = evm::U256(399).toWord(), .lines = {"1"}});
  const auto again = Trail::from(trail.toJson());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->toJson(), trail.toJson());
  EXPECT_EQ(again->next(), 401U);
  EXPECT_EQ(trail.cut(0), (std::vector<std::string>{lineId(evm::U256(399).toWord(), "1")}));
  EXPECT_EQ(trail.next(), 399U);
  for (const char* text : {"{}", R"({"next":3})", R"({"next":3,"blocks":[{}]})", R"({"next":-1,"blocks":[]})",
                           R"({"next":3,"blocks":[{"block":3,"hash":"0x00"}]})", "[]"}) {
    EXPECT_FALSE(Trail::from(parseJson(text).value())) << text;
  }
}

}  // namespace
}  // namespace peaqos::app
