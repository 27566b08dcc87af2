// Which contracts a run works with, by its settings and by what the chain has (decision 27).
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "app/settings/whoami.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

// A node with contracts at some addresses.
class DeploymentNode : public test::Server {
 public:
  test::Answer answer(const host::Request& request, const std::string&) override {
    ++requests;
    const Json body = parseJson(asText(request.body)).value();
    Json answers = Json::array();
    for (const Json& call : body.is_array() ? body : Json::array({body})) {
      const bool isCode = call["method"] == "eth_getCode";
      if (isCode) asked.push_back(call["params"][0].get<std::string>());
      const Json result = isCode ? Json(code.contains(asked.back()) ? "0x60" : "0x") : Json(chainId);
      answers.push_back({{"jsonrpc", "2.0"}, {"id", call["id"]}, {"result", result}});
    }
    const std::string text = dumpJson(body.is_array() ? answers : answers[0]);
    const BytesView bytes = asBytes(text);
    return {.outcome = host::Response{.status = 200, .headers = {}, .body = Bytes(bytes.begin(), bytes.end())}};
  }
  std::set<std::string> code;
  std::string chainId = "0xd0a";
  std::vector<std::string> asked;
  int requests = 0;
};

constexpr char kMainnetDesk[] = "0x6C7426ada37212D94477Ac4CFcA43A38177D6A82";
constexpr char kSomeAddress[] = "0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5";

struct DeploymentTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  DeploymentNode node;
  DeploymentTest() {
    world.disk.makeFolder("/home/user/project");
    set("PEAQOS_RPC_URL", "http://node");
    set("PEAQOS_PRIVATE_KEY", "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    world.network.serve("http://node", node);
  }
  void set(const std::string& name, const std::string& value) { host.environment.variables[name] = value; }

  static Task<Json> identity(Caller caller) {
    std::optional<Error> failure;
    try {
      co_return toJson(co_await whoami(caller));
    } catch (const Error& error) {
      failure = error;
    }
    co_return Json{
        {"code", failure->code}, {"kind", name(failure->kind)}, {"message", failure->message}, {"hint", failure->hint}};
  }
  Json me() { return *host.run(identity({host.lent(), host.conversation})); }
  std::string deployment() {
    const Json known = me();
    const Json* found = findMember(known, "deployment");
    return found ? textOrEmpty(*found, "id") : textOrEmpty(known, "code");
  }
};

TEST_F(DeploymentTest, TheChainSaysWhichWhereNothingIsSet) {
  EXPECT_EQ(deployment(), "peaq-mainnet-1");
  node.code.insert(kMainnetDesk);
  const Json mine = me();
  EXPECT_EQ(mine["deployment"]["id"], "peaq-mainnet");
  EXPECT_EQ(mine["deployment"]["generation"], 2);
  EXPECT_EQ(mine["deployment"]["date"], "2026-09-01");
  EXPECT_EQ(mine["deployment"]["since"], "the InfoDesk of peaq-mainnet has code on this chain");
  EXPECT_EQ(mine["contracts"]["infoDesk"], kMainnetDesk);
  EXPECT_FALSE(mine["contracts"].contains("identityRegistry"));
  EXPECT_EQ(node.requests, 2) << "the code is asked for in the batch that is read anyway";
}

TEST_F(DeploymentTest, WhoNamesAContractMeansItsGeneration) {
  node.code.insert(kMainnetDesk);
  for (const char* variable : {"IDENTITY_REGISTRY_ADDRESS", "IDENTITY_STAKING_ADDRESS", "EVENT_REGISTRY_ADDRESS",
                               "MACHINE_NFT_ADDRESS", "DID_REGISTRY_ADDRESS", "BATCH_PRECOMPILE_ADDRESS"}) {
    set(variable, kSomeAddress);
    const Json mine = me();
    EXPECT_EQ(mine["deployment"]["id"], "peaq-mainnet-1") << variable;
    EXPECT_EQ(mine["deployment"]["since"], std::string(variable) + " is set");
    set(variable, "");
  }
  EXPECT_TRUE(node.asked.empty());
}

TEST_F(DeploymentTest, AnIdSettlesIt) {
  for (const char* id : {"peaq-mainnet", "peaq-mainnet-1", " agung-2026-08-28 ", "agung-1"}) {
    set("PEAQOS_DEPLOYMENT_ID", id);
    EXPECT_EQ(deployment(), trim(id));
  }
  set("PEAQOS_DEPLOYMENT_ID", "peaq-mainnet");
  set("IDENTITY_REGISTRY_ADDRESS", kSomeAddress);
  EXPECT_EQ(deployment(), "peaq-mainnet");
  set("PEAQOS_DEPLOYMENT_ID", "  ");
  EXPECT_EQ(deployment(), "peaq-mainnet-1");
  EXPECT_TRUE(node.asked.empty());
}

TEST_F(DeploymentTest, AnUnknownIdEndsBeforeAnyRequest) {
  set("PEAQOS_DEPLOYMENT_ID", "peaq-mainnet-michael");
  const Json error = me();
  EXPECT_EQ(error["code"], "DEPLOYMENT_UNKNOWN");
  EXPECT_EQ(error["kind"], "configuration");
  for (const char* known : {"peaq-mainnet,", "peaq-mainnet-1", "agung-2026-08-28", "agung-1"}) {
    EXPECT_NE(error["hint"].get<std::string>().find(known), std::string::npos) << known;
  }
  EXPECT_EQ(node.requests, 0);
}

TEST_F(DeploymentTest, AnIdOfAnotherNetworkIsRefused) {
  set("PEAQOS_DEPLOYMENT_ID", "agung-2026-08-28");
  EXPECT_EQ(deployment(), "agung-2026-08-28");
  set("PEAQOS_NETWORK", "agung");
  EXPECT_EQ(deployment(), "agung-2026-08-28");
  set("PEAQOS_NETWORK", "mainnet");
  EXPECT_EQ(deployment(), "BAD_PEAQOS_DEPLOYMENT_ID");
}

TEST_F(DeploymentTest, RolesAreReplacedOnDevelopmentChainsAlone) {
  set("PEAQOS_MACHINE_REGISTRY_ADDRESS", kSomeAddress);
  set("PEAQOS_DEPLOYMENT_ID", "peaq-mainnet");
  const Json error = me();
  EXPECT_EQ(error["code"], "BAD_PEAQOS_MACHINE_REGISTRY_ADDRESS");
  EXPECT_EQ(error["kind"], "configuration");
  set("PEAQOS_DEPLOYMENT_ID", "devnet");
  EXPECT_EQ(me()["contracts"]["machineRegistry"], kSomeAddress);
  set("PEAQOS_DEPLOYMENT_ID", "");
  set("PEAQOS_NETWORK", "devnet");
  EXPECT_EQ(me()["contracts"]["machineRegistry"], kSomeAddress);
  EXPECT_EQ(me()["deployment"]["since"], "PEAQOS_MACHINE_REGISTRY_ADDRESS is set");
}

}  // namespace
}  // namespace peaqos::app
