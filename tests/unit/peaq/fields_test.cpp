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

TEST(Fields, KeepManyUnknownOnes) {
  constexpr std::size_t kMany = 200'000;
  std::string text = R"({"trend":"up","id":1)";
  for (std::size_t i = 0; i < kMany; ++i) text += ",\"later" + std::to_string(i) + "\":0";
  EXPECT_EQ(conform(parseJson(text + "}").value(), kFields, "the answer").size(), kMany + 4);
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

constexpr Field kRail[] = {
    {.name = "rail_type", .type = FieldType::Text, .wire = "type", .orWire = "railType"},
    {.name = "token_address", .type = FieldType::Text, .absence = Absence::NullForIt},
};
constexpr Field kOrder[] = {
    {.name = "created_at", .type = FieldType::Text, .absence = Absence::NullAllowed},
    {.name = "skill_keys", .type = FieldType::Array, .absence = Absence::EmptyForIt},
    {.name = "amount", .type = FieldType::Amount, .absence = Absence::NullForIt},
    {.name = "rails", .type = FieldType::Array, .members = kRail},
};

std::string camel(std::string_view text) {
  return dumpJson(conform(parseJson(text).value(), kOrder, "the answer", Spelling::CamelCase));
}

TEST(Fields, MayBeSpeltOtherwiseAndHaveMembers) {
  EXPECT_EQ(camel(R"({"rails":[{"railType":"x","tokenAddress":"0x1","newOne":1}],"createdAt":null,"amount":"1.50"})"),
            R"({"created_at":null,"skill_keys":[],"amount":"1.50","rails":[{"rail_type":"x","token_address":"0x1",)"
            R"("newOne":1}]})");
}

TEST(Fields, AreNamedByTheirPath) {
  const auto refusal = [](std::string_view text) {
    try {
      camel(text);
    } catch (const Error& error) {
      return error.message;
    }
    return std::string();
  };
  EXPECT_NE(refusal(R"({"createdAt":"t","rails":[{"type":5}]})").find("'rails.type'"), std::string::npos);
  EXPECT_NE(refusal(R"({"createdAt":"t","rails":[5]})").find("'rails' is not a list of objects"), std::string::npos);
  EXPECT_NE(refusal(R"({"rails":[]})").find("'createdAt' is not there"), std::string::npos);
  EXPECT_NE(refusal(R"({"createdAt":"t","rails":[],"amount":"x"})").find("'amount' is not a number"),
            std::string::npos);
}

}  // namespace
}  // namespace peaqos::peaq
