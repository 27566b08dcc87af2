// SPDX-License-Identifier: Apache-2.0
#include "peaq/fields.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::string_view kWords[] = {"up", "down"};
constexpr Field kFields[] = {
    {"id", FieldType::Integer},
    {"score", FieldType::Integer, Absence::ZeroForIt, 0, 100},
    {"seen", FieldType::Integer, Absence::NullForIt},
    {"trend", FieldType::OneOf, Absence::Refused, 0, 0, kWords},
    {"api", FieldType::Text, Absence::LeftOut},
};

std::string conformed(std::string_view text) {
  return dumpJson(conform(parseJson(text).value(), kFields, "the answer"));
}

TEST(Fields, StandInTheTablesOrderUnknownOnesLast) {
  EXPECT_EQ(conformed(R"({"later":1.50,"trend":"up","id":123456789012345678901234567890,"api":5})"),
            R"({"id":123456789012345678901234567890,"score":0,"seen":null,"trend":"up","later":1.50})");
}

TEST(Fields, AreNamedWhenTheyDoNotFit) {
  const auto refusal = [](std::string_view text) {
    try {
      conformed(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.code, "BAD_RESPONSE");
      EXPECT_EQ(error.kind, ErrorKind::Network);
      return error.message;
    }
    return std::string();
  };
  EXPECT_NE(refusal(R"({"trend":"up"})").find("id"), std::string::npos);
  EXPECT_NE(refusal(R"({"id":true,"trend":"up"})").find("id"), std::string::npos);
  EXPECT_NE(refusal(R"({"id":82.0,"trend":"up"})").find("id"), std::string::npos);
  EXPECT_NE(refusal(R"({"id":1,"score":101,"trend":"up"})").find("score"), std::string::npos);
  EXPECT_NE(refusal(R"({"id":1,"trend":"sideways"})").find("trend"), std::string::npos);
  EXPECT_FALSE(refusal("[]").empty());
}

}  // namespace
}  // namespace peaqos::peaq
