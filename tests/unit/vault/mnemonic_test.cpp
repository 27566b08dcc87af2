// SPDX-License-Identifier: Apache-2.0
#include "vault/mnemonic.hpp"

#include <gtest/gtest.h>

#include <string>

#include "hex.hpp"
#include "vectors.hpp"

namespace peaqos::vault {
namespace {

constexpr std::string_view kAbandon =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

std::string spelled(const Secret& phrase) { return asText(phrase.expose()); }

// BIP-39's test vectors.
TEST(Mnemonic, MakesPhrases) {
  EXPECT_EQ(spelled(phraseOf(Bytes(16))), kAbandon);
  EXPECT_EQ(spelled(phraseOf(Bytes(16, 0xFF))), "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong");
  EXPECT_EQ(
      spelled(phraseOf(hex("9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863"))),
      "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash "
      "devote level hobby quick inner drive ghost inside");
}

TEST(Mnemonic, TakesEveryLengthOfBip39) {
  for (const Json& row : vectors("ows/wallets.json")["wallets"]) {
    if (text(row, "key_type") != "mnemonic") continue;
    const CheckedPhrase checked = checkPhrase(asBytes(text(row, "expected_secret")));
    EXPECT_EQ(checked.problem, PhraseProblem::None);
    EXPECT_EQ(spelled(checked.phrase), text(row, "expected_secret"));
  }
}

TEST(Mnemonic, TakesAnyWhiteSpaceAndLetterCase) {
  std::string typed = "  " + std::string(kAbandon) + "\r\n";
  for (std::size_t at = typed.find(' ', 10); at != std::string::npos; at = typed.find(' ', at + 3)) {
    typed.replace(at, 1, " \t\n");
  }
  typed[2] = 'A';
  EXPECT_EQ(spelled(checkPhrase(asBytes(typed)).phrase), kAbandon);
}

TEST(Mnemonic, SaysWhatIsWrong) {
  const std::string eleven(kAbandon.substr(8));
  EXPECT_EQ(checkPhrase(asBytes(eleven)).problem, PhraseProblem::Length);
  EXPECT_EQ(checkPhrase(asBytes(eleven)).number, 11U);
  EXPECT_EQ(checkPhrase({}).problem, PhraseProblem::Length);
  EXPECT_EQ(checkPhrase(asBytes("abandon " + eleven.substr(0, eleven.size() - 5) + "abandon")).problem,
            PhraseProblem::Checksum);
  const CheckedPhrase word = checkPhrase(asBytes("abandon aban about"));
  EXPECT_EQ(word.problem, PhraseProblem::Word);
  EXPECT_EQ(word.number, 2U);
  std::string many;
  for (int i = 0; i < 500; ++i) many += "abandon ";
  EXPECT_EQ(checkPhrase(asBytes(many)).problem, PhraseProblem::Length);
}

// What the reference refuses for more than white space and letter case is refused here too.
TEST(Mnemonic, RefusesWhatTheReferenceRefuses) {
  std::size_t forgiven = 0;
  for (const Json& row : vectors("ows/mnemonic_input.json")["vectors"]) {
    const CheckedPhrase checked = checkPhrase(asBytes(text(row, "input")));
    if (checked.problem != PhraseProblem::None) continue;
    EXPECT_EQ(spelled(checked.phrase), kAbandon);
    ++forgiven;
  }
  EXPECT_EQ(forgiven, 7U);
}

}  // namespace
}  // namespace peaqos::vault
