// SPDX-License-Identifier: Apache-2.0
#include "host/url.hpp"

#include <gtest/gtest.h>

namespace peaqos::host {
namespace {

TEST(Url, IsReadIntoItsParts) {
  const Url url = parseUrl("HTTPS://user:pass@Node.Example:8443/rpc?key=1#top").value();
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.userInfo, "user:pass");
  EXPECT_EQ(url.host, "node.example");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.path, "/rpc?key=1");
  EXPECT_EQ(parseUrl("http://[::1]:8545").value().host, "::1");
  EXPECT_EQ(parseUrl("http://h").value().port, 80);
  EXPECT_EQ(parseUrl("https://h").value().port, 443);
  EXPECT_EQ(parseUrl("http://h").value().path, "/");
}

TEST(Url, IsRefusedOtherwise) {
  for (const std::string_view text : {"", "node.example", "ftp://h", "ws://h", "http://", "http:///path", "http://h:0",
                                      "http://h:65536", "http://h:x", "http://a b", "http://h/\n", "http://[::1"}) {
    EXPECT_FALSE(parseUrl(text)) << text;
  }
}

TEST(Url, IsJoined) {
  EXPECT_EQ(joinUrl("http://h/api///", "/mcr/1"), "http://h/api/mcr/1");
  EXPECT_EQ(joinUrl("http://h", "/mcr/1"), "http://h/mcr/1");
}

}  // namespace
}  // namespace peaqos::host
