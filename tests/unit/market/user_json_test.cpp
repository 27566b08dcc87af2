// SPDX-License-Identifier: Apache-2.0
#include "market/user_json.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::market {
namespace {

TEST(UserJson, GoesOnAsItsOwnText) {
  const std::string text = R"({ "snake_key": 1.00, "big": 123456789012345678901234567890, "x": -0, "é": "\u00e9" })";
  EXPECT_EQ(dumpJson(Json{{"input", verbatimUserObject(text + "\n", "--input file")}}), R"({"input":)" + text + "}");
}

TEST(UserJson, IsOneObject) {
  const auto refusal = [](std::string_view text) {
    try {
      parseUserObject(text, "--input file 'x'");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Input);
      return error.message;
    }
    return std::string();
  };
  EXPECT_EQ(refusal("{}"), "");
  EXPECT_EQ(refusal("[]"), "--input file 'x' is a list, not an object");
  EXPECT_EQ(refusal("1.5"), "--input file 'x' is a number, not an object");
  EXPECT_EQ(refusal("null"), "--input file 'x' is null, not an object");
  for (const char* bad : {"", "{", "\xEF\xBB\xBF{}", "{} {}", "{\"a\":NaN}", "\xFF"}) {
    EXPECT_EQ(refusal(bad), "--input file 'x' is not JSON") << bad;
  }
}

TEST(ProviderCredentials, AreThoseOfKnownProviders) {
  EXPECT_EQ(dumpJson(providerCredentials(R"({"world_id":{"rp_id":"r","appId":"a","other":1},"walrus":5,
                                             "aethir":{"ak":"k","sk":null},"unknown":{"x":1}})",
                                         "--provider-credentials")),
            R"({"worldId":{"rpId":"r","appId":"a"},"aethir":{"ak":"k"}})");
  EXPECT_EQ(providerCredentials(R"({"geodnet":"x","unknown":{"x":1}})", "--provider-credentials"), nullptr);
}

}  // namespace
}  // namespace peaqos::market
