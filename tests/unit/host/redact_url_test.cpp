// SPDX-License-Identifier: Apache-2.0
#include "host/redact_url.hpp"

#include <gtest/gtest.h>

namespace peaqos::host {
namespace {

TEST(RedactUrl, HidesByPlaceWhateverItsLength) {
  EXPECT_EQ(redactUrl("http://127.0.0.1:1/?apikey=hunter2"), "http://127.0.0.1:1/?…");
  EXPECT_EQ(redactUrl("http://127.0.0.1:1?apikey=hunter2"), "http://127.0.0.1:1/?…");
  EXPECT_EQ(redactUrl("https://h/v2/Abc-Short_9"), "https://h/v2/…");
  EXPECT_EQ(redactUrl("https://h/v3/0123456789abcdef0123/"), "https://h/v3/…/");
  EXPECT_EQ(redactUrl("https://h/x?token=ab.cd.ef~gh#top"), "https://h/…?…");
  EXPECT_EQ(redactUrl("https://h/a%2Fb/rpc/pw"), "https://h/…/rpc/…");
  EXPECT_EQ(redactUrl("https://h/RPC"), "https://h/…");  // letter case counts in paths
}

TEST(RedactUrl, LeavesOutWhoIsAskedAs) {
  EXPECT_EQ(redactUrl("https://user:pass@h:8443/rpc"), "https://h:8443/rpc");
  EXPECT_EQ(redactUrl("https://token@[::1]:1/"), "https://[::1]:1/");
}

TEST(RedactUrl, ShowsWhatIsPublic) {
  EXPECT_EQ(redactUrl("http://127.0.0.1:8545"), "http://127.0.0.1:8545");
  EXPECT_EQ(redactUrl("https://peaq.api.onfinality.io/public"), "https://peaq.api.onfinality.io/public");
  EXPECT_EQ(redactUrl("https://h/ext/bc/C/rpc"), "https://h/ext/bc/C/rpc");
  const std::string did = "https://h/mcr/did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5";
  EXPECT_EQ(redactUrl(did), did);
  EXPECT_EQ(redactUrl("https://h/mcr/did:peaq:12"), "https://h/mcr/did:peaq:12");
  EXPECT_EQ(redactUrl("https://h/mcr/did:peaq:secret"), "https://h/mcr/…");
}

TEST(RedactUrl, ShowsNothingOfWhatIsNoUrl) {
  EXPECT_EQ(redactUrl("my secret"), "…");
  EXPECT_EQ(redactUrl("user:pass@host"), "…");
  EXPECT_EQ(redactUrl(""), "…");
}

}  // namespace
}  // namespace peaqos::host
