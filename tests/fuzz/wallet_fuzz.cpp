// A wallet file from anywhere: reading it, rewriting it, checking its envelope and reading a plaintext must end in a
// value or an Error, never in a crash, a hang or a large allocation.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.hpp"
#include "vault/envelope.hpp"
#include "vault/wallet_file.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const BytesView bytes(data, size);
  for (const auto type : {vault::KeyType::Mnemonic, vault::KeyType::PrivateKey}) {
    if (size < 256) static_cast<void>(vault::readPlaintext(type, bytes));
  }
  const vault::Reading reading = vault::readWallet(text);
  if (!reading.wallet) return 0;
  const vault::WalletFile renamed = vault::renamed(*reading.wallet, "renamed");
  const vault::Reading again = vault::readWallet(vault::writeWallet(renamed));
  if (!again.wallet || again.wallet->id != reading.wallet->id) std::abort();
  if (vault::writeWallet(*again.wallet) != vault::writeWallet(renamed)) std::abort();
  try {
    vault::checkEnvelope(reading.wallet->json["crypto"], "the fuzzed one");
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
