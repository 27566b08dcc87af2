// SPDX-License-Identifier: Apache-2.0
#include "vault/mnemonic.hpp"

#include <algorithm>
#include <array>

#include "crypto/hashes.hpp"
#include "crypto/hmac.hpp"
#include "vault/bip39_words.hpp"

namespace peaqos::vault {
namespace {

constexpr unsigned kBitsPerWord = 11;
constexpr std::size_t kWords = 1U << kBitsPerWord;
constexpr std::size_t kMostWords = 24;
constexpr std::size_t kLongestWord = 8;
constexpr std::size_t kRounds = 2048;

using WordList = std::array<std::string_view, kWords>;

const WordList& words() {
  static const WordList list = [] {
    WordList out;
    std::string_view rest = kBip39Words;
    for (std::string_view& word : out) {
      word = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(word.size() + 1);
    }
    return out;
  }();
  return list;
}

// The bits of entropy and checksum (BIP-39, "Generating the mnemonic"), as bytes; one bit of checksum for 32 of
// entropy.
Secret withChecksum(BytesView entropy) {
  Bytes bits;
  bits.reserve(entropy.size() + 1);
  append(bits, entropy);
  bits.push_back(crypto::sha256(entropy)[0]);
  return Secret(std::move(bits));
}

std::size_t wordAt(BytesView bits, std::size_t position) {
  std::size_t index = 0;
  for (std::size_t bit = position * kBitsPerWord; bit < (position + 1) * kBitsPerWord; ++bit) {
    index = index << 1U | (bits[bit / 8] >> (7 - bit % 8) & 1U);
  }
  return index;
}

bool isSpace(std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::uint8_t lower(std::uint8_t c) { return c >= 'A' && c <= 'Z' ? static_cast<std::uint8_t>(c + 32) : c; }

// The typed words in lower case with single blanks between them.
Secret joined(BytesView typed) {
  Bytes out;
  out.reserve(typed.size());
  for (const std::uint8_t c : typed) {
    if (!isSpace(c)) {
      out.push_back(lower(c));
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return Secret(std::move(out));
}

}  // namespace

Secret phraseOf(BytesView entropy) {
  const Secret bits = withChecksum(entropy);
  const std::size_t count = entropy.size() * 8 / 32 * 33 / kBitsPerWord;
  Bytes phrase;
  phrase.reserve(count * (kLongestWord + 1));
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) phrase.push_back(' ');
    append(phrase, asBytes(words()[wordAt(bits.expose(), i)]));
  }
  return Secret(std::move(phrase));
}

CheckedPhrase checkPhrase(BytesView typed) {
  Secret phrase = joined(typed);
  std::string_view rest(reinterpret_cast<const char*>(phrase.expose().data()), phrase.expose().size());
  Bytes packed(kMostWords * kBitsPerWord / 8);  // the words' numbers, 11 bits each
  std::size_t count = 0;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    const auto found = std::ranges::lower_bound(words(), word);
    ++count;
    if (found == words().end() || *found != word) {
      wipe(packed);
      return {.phrase = {}, .problem = PhraseProblem::Word, .number = count};
    }
    const auto index = static_cast<std::size_t>(found - words().begin());
    for (unsigned bit = 0; count <= kMostWords && bit < kBitsPerWord; ++bit) {
      const std::size_t at = (count - 1) * kBitsPerWord + bit;
      if (index >> (kBitsPerWord - 1 - bit) & 1U) packed[at / 8] |= static_cast<std::uint8_t>(0x80U >> at % 8);
    }
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  const Secret bits(std::move(packed));
  if (count < 12 || count > kMostWords || count % 3 != 0) {
    return {.phrase = {}, .problem = PhraseProblem::Length, .number = count};
  }
  const std::size_t entropyBytes = count * kBitsPerWord * 32 / 33 / 8;
  const auto checksumBits = static_cast<unsigned>(count / 3);
  const BytesView entropy = bits.expose().first(entropyBytes);
  if ((bits.expose()[entropyBytes] ^ crypto::sha256(entropy)[0]) >> (8 - checksumBits) != 0) {
    return {.phrase = {}, .problem = PhraseProblem::Checksum, .number = count};
  }
  return {.phrase = std::move(phrase)};
}

Secret seedOf(BytesView phrase) { return crypto::pbkdf2Sha512(phrase, asBytes("mnemonic"), kRounds); }

}  // namespace peaqos::vault
