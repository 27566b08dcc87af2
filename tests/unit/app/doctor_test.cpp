// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/settings/variables.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

constexpr char kFolder[] = "/home/user/project";
constexpr char kKey[] = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

// A node that says the same to every call of a method.
class Node : public test::Server {
 public:
  test::Answer answer(const host::Request& request, const std::string&) override {
    const Json body = parseJson(asText(request.body)).value();
    Json answers = Json::array();
    for (const Json& call : body.is_array() ? body : Json::array({body})) {
      answers.push_back(
          {{"jsonrpc", "2.0"}, {"id", call["id"]}, {"result", results[call["method"].get<std::string>()]}});
    }
    const std::string text = dumpJson(body.is_array() ? answers : answers[0]);
    const BytesView bytes = asBytes(text);
    return {.outcome = host::Response{.status = 200, .headers = {}, .body = Bytes(bytes.begin(), bytes.end())}};
  }
  // The date of the fake machine is 1767225600.
  std::map<std::string, Json> results = {{"eth_chainId", "0xd0a"},
                                         {"eth_getBlockByNumber", {{"number", "0x10"}, {"timestamp", "0x6955b8fc"}}},
                                         {"eth_getCode", "0x60"},
                                         {"eth_getBalance", "0xde0b6b3a7640000"}};
};

struct DoctorTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  Node node;
  DoctorTest() {
    world.disk.makeFolder(kFolder);
    host.environment.variables["HOME"] = "/home/user";
  }

  void configure() {
    host.environment.variables["PEAQOS_RPC_URL"] = "http://node";
    host.environment.variables["PEAQOS_PRIVATE_KEY"] = kKey;
    world.network.serve("http://node", node);
  }
  std::vector<Finding> examine() { return *host.run(doctor({host.lent(), host.conversation})); }
  // The first finding of a check.
  Finding of(const std::string& check) {
    const auto findings = examine();
    const auto finding = std::ranges::find(findings, check, &Finding::check);
    return finding == findings.end() ? Finding{.check = "none"} : *finding;
  }
};

TEST_F(DoctorTest, WorksWhenThereIsNothing) {
  const auto findings = examine();
  EXPECT_GE(findings.size(), 10U);
  EXPECT_EQ(exitCode(findings), 0);
  EXPECT_EQ(of("rpc").status, FindingStatus::Skipped);
  EXPECT_EQ(of("vault").status, FindingStatus::Skipped);
}

TEST_F(DoctorTest, AWorldInOrderHasNoWarning) {
  configure();
  for (const Finding& finding : examine()) {
    EXPECT_TRUE(finding.status == FindingStatus::Ok || finding.status == FindingStatus::Skipped)
        << finding.check << ": " << finding.detail;
  }
  EXPECT_NE(of("rpc").detail.find("chain 3338 (mainnet), block 16"), std::string::npos);
  EXPECT_NE(of("signer").detail.find("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266: 1.0000 PEAQ"), std::string::npos);
}

TEST_F(DoctorTest, SaysWhereEachSettingComesFromAndHidesSecrets) {
  configure();
  world.disk.put(std::string(kFolder) + "/.env", "# mine\nPEAQOS_NETWORK=mainnet\nPEAQOS_RPC_URL=http://other\n");
  EXPECT_EQ(of("setting PEAQOS_NETWORK").detail, "mainnet (.env line 2)");
  EXPECT_EQ(of("setting PEAQOS_RPC_URL").detail, "http://node (environment)");
  EXPECT_EQ(of("setting PEAQOS_PRIVATE_KEY").detail, "set (environment)");
  for (const Finding& finding : examine()) EXPECT_EQ(finding.detail.find(kKey + 2), std::string::npos);
}

TEST_F(DoctorTest, AMalformedSettingIsAnErrorOfConfiguration) {
  configure();
  host.environment.variables["PEAQOS_TIMEOUT"] = "soon";
  EXPECT_EQ(of("setting PEAQOS_TIMEOUT").status, FindingStatus::Error);
  EXPECT_EQ(exitCode(examine()), 3);
}

TEST_F(DoctorTest, EveryVariableWithAFormIsChecked) {
  for (const Variable& variable : variables()) {
    const bool judgedElsewhere = variable.kind == VariableKind::Wallet || variable.kind == VariableKind::Passphrase ||
                                 variable.kind == VariableKind::File;
    if (judgedElsewhere) continue;
    const std::string name(variable.name);
    host.environment.variables[name] = "no good";
    const Finding finding = of("setting " + name);
    EXPECT_EQ(finding.status, FindingStatus::Error) << name;
    EXPECT_EQ(finding.kind, ErrorKind::Configuration) << name;
    EXPECT_NE(finding.detail.find(name), std::string::npos) << finding.detail;
    const bool hidden = variable.secret() || variable.kind == VariableKind::Url;
    EXPECT_EQ(finding.detail.find("no good") == std::string::npos, hidden) << finding.detail;
    host.environment.variables.erase(name);
  }
}

TEST_F(DoctorTest, AnUnreadableDotenvStopsNothing) {
  configure();
  world.disk.put(std::string(kFolder) + "/.env", "\xff\xfe");
  EXPECT_EQ(of("settings").status, FindingStatus::Error);
  EXPECT_EQ(of("rpc").status, FindingStatus::Ok);
  EXPECT_EQ(exitCode(examine()), 3);
}

TEST_F(DoctorTest, ANodeThatIsNotThereIsAnErrorOfTheNetwork) {
  configure();
  host.environment.variables["PEAQOS_RPC_URL"] = "http://nowhere";
  const Finding finding = of("rpc");
  EXPECT_EQ(finding.status, FindingStatus::Error);
  EXPECT_EQ(finding.kind, ErrorKind::Network);
  EXPECT_EQ(exitCode(examine()), 2);
}

TEST_F(DoctorTest, ANodeOfAnotherChainIsAnErrorOfConfiguration) {
  configure();
  node.results["eth_chainId"] = "0x1";
  EXPECT_NE(of("rpc").detail.find("chain 1, but PEAQOS_NETWORK mainnet is chain 3338"), std::string::npos);
  EXPECT_EQ(exitCode(examine()), 3);
}

TEST_F(DoctorTest, AnOldBlockAndOneOfTheFutureAreWarnedOf) {
  configure();
  world.wall += std::chrono::seconds(600);
  EXPECT_EQ(of("clock").status, FindingStatus::Warning);
  world.wall -= std::chrono::seconds(1200);
  const Finding finding = of("clock");
  EXPECT_EQ(finding.status, FindingStatus::Warning);
  EXPECT_NE(finding.detail.find("behind the latest block"), std::string::npos);
  EXPECT_EQ(exitCode(examine()), 0);
}

TEST_F(DoctorTest, AContractWithoutCodeIsNamed) {
  configure();
  node.results["eth_getCode"] = "0x";
  const Finding finding = of("contracts");
  EXPECT_EQ(finding.status, FindingStatus::Error);
  EXPECT_TRUE(finding.detail.starts_with("IDENTITY_REGISTRY_ADDRESS 0x"));
}

TEST_F(DoctorTest, AnEmptyAccountIsWarnedOf) {
  configure();
  node.results["eth_getBalance"] = "0x0";
  EXPECT_EQ(of("signer").status, FindingStatus::Warning);
}

TEST_F(DoctorTest, LooseModesAreWarnedOf) {
  world.disk.put(std::string(kFolder) + "/.env", "A=1\n", 0644);
  EXPECT_EQ(of("file .env").status, FindingStatus::Warning);
  EXPECT_EQ(of("file .env").remedy, "chmod 600 .env");
}

TEST_F(DoctorTest, LittleSpaceIsWarnedOf) {
  world.disk.setFree(1 << 20);
  EXPECT_EQ(of("space").status, FindingStatus::Warning);
  world.disk.setFree(std::nullopt);
  EXPECT_EQ(of("space").check, "none");
}

TEST_F(DoctorTest, AProxyIsShownWithoutItsPassword) {
  configure();
  host.environment.variables["http_proxy"] = "http://me:hunter2@proxy:3128";
  const Finding finding = of("proxies");
  EXPECT_NE(finding.detail.find("proxy:3128"), std::string::npos);
  EXPECT_EQ(finding.detail.find("hunter2"), std::string::npos);
}

TEST_F(DoctorTest, ChecksRunSideBySide) {
  configure();
  world.network.latency = std::chrono::seconds(1);
  const auto start = world.loop.now();
  EXPECT_EQ(exitCode(examine()), 0);
  // Two exchanges are the most that one check needs in turn; five are made in all.
  EXPECT_LT(world.loop.now() - start, std::chrono::seconds(6));
}

TEST_F(DoctorTest, ItsJsonHasEveryFinding) {
  const auto findings = examine();
  const Json json = toJson(findings);
  EXPECT_EQ(json["findings"].size(), findings.size());
  EXPECT_EQ(json["exit_code"], 0);
  EXPECT_EQ(json["findings"][0]["status"], "ok");
}

}  // namespace
}  // namespace peaqos::app
