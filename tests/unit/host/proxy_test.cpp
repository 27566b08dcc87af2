// SPDX-License-Identifier: Apache-2.0
#include "host/proxy.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/error.hpp"

namespace peaqos::host {
namespace {

// The variables of a process that a test makes up.
class Variables : public Environment {
 public:
  explicit Variables(std::map<std::string, std::string> values) : values_(std::move(values)) {}
  std::optional<std::string> get(const std::string& name) override {
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, std::string> values_;
};

std::optional<std::string> proxy(std::string_view url, std::map<std::string, std::string> variables) {
  Variables environment(std::move(variables));
  return proxyFor(parseUrl(url).value(), environment);
}

TEST(Proxy, IsChosenByScheme) {
  EXPECT_EQ(proxy("http://h/", {{"http_proxy", "http://p:1"}}), "http://p:1");
  EXPECT_EQ(proxy("https://h/", {{"HTTPS_PROXY", "http://p:1"}}), "http://p:1");
  EXPECT_EQ(proxy("https://h/", {{"http_proxy", "http://p:1"}}), std::nullopt);
  EXPECT_EQ(proxy("http://h/", {{"HTTP_PROXY", "http://p:1"}}), std::nullopt) << "a request header can set it (CGI)";
  EXPECT_EQ(proxy("http://h/", {{"ALL_PROXY", "p:1"}}), "http://p:1");
  EXPECT_EQ(proxy("http://h/", {}), std::nullopt);
}

TEST(Proxy, IsPassedByForListedHosts) {
  const auto through = [](std::string_view url, const std::string& list) {
    return proxy(url, {{"http_proxy", "http://p:1"}, {"no_proxy", list}}).has_value();
  };
  EXPECT_FALSE(through("http://node.example/", "*"));
  EXPECT_FALSE(through("http://node.example/", "example"));
  EXPECT_FALSE(through("http://node.example/", ".example"));
  EXPECT_FALSE(through("http://node.example:8080/", "other, node.example:8080"));
  EXPECT_FALSE(through("http://10.1.2.3/", "10.0.0.0/8"));
  EXPECT_TRUE(through("http://node.example:8080/", "node.example:9090"));
  EXPECT_TRUE(through("http://anode.example/", "node.example"));
  EXPECT_TRUE(through("http://11.1.2.3/", "10.0.0.0/8"));
}

TEST(Proxy, OfAnotherKindIsRefused) { EXPECT_THROW(proxy("http://h/", {{"http_proxy", "socks5://p:1"}}), Error); }

}  // namespace
}  // namespace peaqos::host
