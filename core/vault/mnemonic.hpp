// Mnemonic phrases (BIP-39, English).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace peaqos::vault {

// The phrase of 16 or 32 bytes of entropy (12 or 24 words): lower-case words, single blanks.
Secret phraseOf(BytesView entropy);

enum class PhraseProblem { None, Word, Length, Checksum };

struct CheckedPhrase {
  Secret phrase;  // the words in lower case with single blanks between them; empty when there is a problem
  PhraseProblem problem = PhraseProblem::None;
  std::size_t number = 0;  // Word: which one, from 1. Length: how many there are
};

// Reads a phrase as a person types it: any white space between words, any letter case. 12, 15, 18, 21 or 24 words.
CheckedPhrase checkPhrase(BytesView typed);

// The seed of a phrase, 64 bytes; the BIP-39 passphrase is empty.
Secret seedOf(BytesView phrase);

}  // namespace peaqos::vault
