// SPDX-License-Identifier: Apache-2.0
#include "market/redaction.hpp"

#include <gtest/gtest.h>

namespace peaqos::market {
namespace {

TEST(Redactor, HidesValuesWhereverTheyStand) {
  Redactor redactor;
  redactor.hide(asBytes("sesame-1"));
  redactor.hide(asBytes("sesame-1-and-more"));
  EXPECT_EQ(redactor.clean(std::string("a sesame-1 b sesame-1-and-more c")), "a [REDACTED] b [REDACTED] c");
  EXPECT_EQ(dumpJson(redactor.clean(parseJson(R"(["sesame-1",{"x sesame-1":1}])").value())),
            R"(["[REDACTED]",{"x [REDACTED]":1}])");
}

TEST(Redactor, HidesMembersThatSpeakOfSecrets) {
  const Json value = parseJson(R"({"apiKey":"a","field":"b","deep":[{"Password":1,"n":2}],"authHeader":{}})").value();
  EXPECT_EQ(
      dumpJson(Redactor().clean(value)),
      R"({"apiKey":"[REDACTED]","field":"b","deep":[{"Password":"[REDACTED]","n":2}],"authHeader":"[REDACTED]"})");
}

TEST(Redactor, LeavesShortTextsAlone) {
  Redactor redactor;
  redactor.hideTexts(parseJson(R"({"aethir":{"ak":"abc","sk":"secret-canary"}})").value());
  EXPECT_EQ(redactor.clean(std::string("abc secret-canary")), "abc [REDACTED]");
}

// With a search, or a shift of what follows, for each of them, this would take minutes.
TEST(Redactor, TakesManyMembersAndManyHits) {
  constexpr std::size_t kMany = 200'000;
  Redactor redactor;
  redactor.hide(asBytes("abcd"));
  std::string text;
  Json object = Json::object();
  auto& members = object.get_ref<Json::object_t&>();
  for (std::size_t i = 0; i < kMany; ++i) {
    text += "abcd";
    members.emplace_back(std::to_string(i), "abcd");
  }
  EXPECT_EQ(redactor.clean(text).size(), kMany * std::string_view("[REDACTED]").size());
  const Json cleaned = redactor.clean(object);
  EXPECT_EQ(cleaned.size(), kMany);
  EXPECT_EQ(cleaned.rbegin()->get<std::string>(), "[REDACTED]");
}

}  // namespace
}  // namespace peaqos::market
