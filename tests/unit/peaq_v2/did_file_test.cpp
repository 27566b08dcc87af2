// What a file of a DID document may hold, and how the rest is refused.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/did_file.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr char kGoodDidFile[] = R"({
  "verificationMethods": [{"id": "#key-1", "methodType": "EcdsaSecp256k1RecoveryMethod2020",
                           "controller": "0xF39Fd6e51aad88f6f4ce6ab8827279cfffb92266", "publicKeyMultibase": "0xf39f"}],
  "authentication": [0],
  "serviceEndpoints": [{"id": "#docs", "serviceType": "Documentation", "serviceEndpoint": "https://example.com/Straße"}]
})";

std::string refusalOf(const std::string& text) {
  try {
    static_cast<void>(readDidFile(text, "--did-document file 'did.json'"));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Input);
    EXPECT_EQ(error.code, "BAD_DID_DOCUMENT");
    EXPECT_FALSE(error.hint.empty());
    constexpr std::string_view kStart = "--did-document file 'did.json': ";
    EXPECT_TRUE(error.message.starts_with(kStart)) << error.message;
    return error.message.substr(kStart.size());
  }
  return "accepted";
}

std::string with(const std::string& methods, const std::string& authentication, const std::string& endpoints) {
  return R"({"serviceEndpoints":)" + endpoints + R"(,"authentication":)" + authentication +
         R"(,"verificationMethods":)" + methods + "}";
}

TEST(DidFileV2, IsReadAndWrittenAgain) {
  const DidDocument document = readDidFile(kGoodDidFile, "file");
  EXPECT_EQ(document.id, "");
  ASSERT_EQ(document.verificationMethods.size(), 1U);
  EXPECT_EQ(document.verificationMethods[0].methodType, "EcdsaSecp256k1RecoveryMethod2020");
  EXPECT_EQ(evm::toChecksum(document.verificationMethods[0].controller), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  EXPECT_EQ(document.authentication, std::vector{evm::U256(0)});
  EXPECT_EQ(document.serviceEndpoints[0].serviceEndpoint, "https://example.com/Straße");
  EXPECT_EQ(readDidFile(didFileOf(document), "file"), document);
  EXPECT_EQ(readDidFile(with("[]", "[]", "[]"), "file"), DidDocument());
}

TEST(DidFileV2, WhatIsWrongIsNamedByItsPath) {
  const std::string method = R"("id":"#k","methodType":"T","controller":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")";
  const std::string good = "{" + method + R"(,"publicKeyMultibase":"z"})";
  EXPECT_EQ(refusalOf("{"), "it is not JSON");
  EXPECT_EQ(refusalOf("\xEF\xBB\xBF" + with("[]", "[]", "[]")), "it is not JSON");
  EXPECT_EQ(refusalOf("[]"), "it is not an object");
  EXPECT_EQ(refusalOf("{}"), "verificationMethods is missing");
  EXPECT_EQ(refusalOf(R"({"id":"x"})"), "id is not given by the file: the contract and the key that signs make it");
  EXPECT_TRUE(refusalOf(R"({"controller":"x"})").starts_with("controller is not given by the file"));
  EXPECT_EQ(refusalOf(R"({"verificationMethods":[],"authentication":[],"serviceEndpoints":[],"more":1})"),
            "more is no member of it");
  EXPECT_EQ(
      refusalOf(R"({"verificationMethods":[],"authentication":[],"verificationMethods":[],"serviceEndpoints":[]})"),
      "verificationMethods is there twice");
  EXPECT_EQ(refusalOf(with("{}", "[]", "[]")), "verificationMethods is not an array");
  EXPECT_EQ(refusalOf(with("[1]", "[]", "[]")), "verificationMethods[0] is not an object");
  EXPECT_EQ(refusalOf(with("[" + good + ",{" + method + "}]", "[]", "[]")),
            "verificationMethods[1].publicKeyMultibase is missing");
  EXPECT_EQ(refusalOf(with("[{" + method + R"(,"publicKeyMultibase":"z","extra":{}}])", "[]", "[]")),
            "verificationMethods[0].extra is no member of it");
  EXPECT_EQ(refusalOf(with("[" + good + ",{" + method + R"(,"publicKeyMultibase":"z","id":"again"}])", "[]", "[]")),
            "verificationMethods[1].id is there twice");
  EXPECT_EQ(refusalOf(with("[{" + method + R"(,"publicKeyMultibase":""}])", "[]", "[]")),
            "verificationMethods[0].publicKeyMultibase is not a text with at least one character");
  EXPECT_EQ(
      refusalOf(with(R"([{"id":"#k","methodType":"T","controller":"f39f","publicKeyMultibase":"z"}])", "[]", "[]")),
      "verificationMethods[0].controller is not an address");
  for (const char* index : {"true", "0.0", "-1", "\"0\"", "null", "1e0"}) {
    EXPECT_EQ(refusalOf(with("[" + good + "]", "[" + std::string(index) + "]", "[]")),
              "authentication[0] is not a whole number from 0")
        << index;
  }
  EXPECT_EQ(refusalOf(with("[" + good + "]", "[0,1]", "[]")),
            "authentication[1] is 1, and there are 1 verificationMethods");
  EXPECT_EQ(refusalOf(with("[]", "[]", R"([{"id":"#d","serviceType":"D","serviceEndpoint":5}])")),
            "serviceEndpoints[0].serviceEndpoint is not a text with at least one character");
}

TEST(DidFileV2, AnArrayAlone) {
  EXPECT_TRUE(readMethodsFile("[]", "file").empty());
  EXPECT_EQ(readEndpointsFile(R"([{"id":"#d","serviceType":"D","serviceEndpoint":"x"}])", "file").size(), 1U);
  EXPECT_THROW(readMethodsFile("{}", "file"), Error);
}

}  // namespace
}  // namespace peaqos::peaq::v2
