// SPDX-License-Identifier: Apache-2.0
#include "vault/families.hpp"

#include <algorithm>
#include <array>

#include "crypto/ed25519.hpp"
#include "crypto/hashes.hpp"
#include "evm/address.hpp"
#include "vault/derivation.hpp"
#include "vault/encodings.hpp"

namespace peaqos::vault {
namespace {

using Ed25519Key = Hash256;
using CompressedKey = std::array<std::uint8_t, 33>;

Bytes joined(std::initializer_list<BytesView> parts) {
  Bytes out;
  for (const BytesView part : parts) append(out, part);
  return out;
}

Bytes behind(std::uint8_t first, BytesView rest) { return joined({BytesView(&first, 1), rest}); }

crypto::Hash160 hash160(BytesView bytes) { return crypto::ripemd160(crypto::sha256(bytes)); }

// The short form of a point, hashed: what the families descended from Bitcoin identify a key by.
crypto::Hash160 keyHash(const crypto::PublicKey& key) { return hash160(crypto::compressed(key)); }

std::string evmAddress(const crypto::PublicKey& key) { return evm::toChecksum(evm::addressOf(key)); }

std::string bitcoinAddress(const crypto::PublicKey& key) {
  return bech32("bc", behind(0, fiveBitGroups(keyHash(key))));  // witness version 0 (BIP-141, BIP-173)
}

std::string cosmosAddress(const crypto::PublicKey& key) { return bech32("cosmos", fiveBitGroups(keyHash(key))); }

std::string tronAddress(const crypto::PublicKey& key) {
  return base58Check(behind(0x41, evm::addressOf(key).bytes), kBitcoinBase58);
}

std::string sparkAddress(const crypto::PublicKey& key) { return "spark:" + toHex(crypto::compressed(key)); }

std::string filecoinAddress(const crypto::PublicKey& key) {
  constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";  // RFC 4648, lower case
  const Bytes hash = crypto::blake2b(behind(4, key), 20);
  const Bytes checksum = crypto::blake2b(behind(1, hash), 4);
  return "f1" + spell(fiveBitGroups(joined({hash, checksum})), kBase32);
}

std::string xrplAddress(const crypto::PublicKey& key) { return base58Check(behind(0, keyHash(key)), kXrplBase58); }

std::string solanaAddress(const Ed25519Key& key) { return base58(key, kBitcoinBase58); }

// The address of a v5r1 wallet contract (docs/vault.md#ton): the hash of its initial state, which is code and data.
std::string tonAddress(const Ed25519Key& key) {
  constexpr Hash256 kCodeHash = {0x20, 0x83, 0x4b, 0x7b, 0x72, 0xb1, 0x12, 0x14, 0x7e, 0x1b, 0x2f,
                                 0xb4, 0x57, 0xb8, 0x4e, 0x74, 0xd1, 0xa3, 0x0f, 0x04, 0xf7, 0x37,
                                 0xd4, 0xf6, 0x2a, 0x66, 0x8e, 0x95, 0x52, 0xd2, 0xb7, 0x2f};
  constexpr std::array<std::uint8_t, 2> kDataDescriptors = {0x00, 0x51};
  constexpr std::array<std::uint8_t, 7> kStateDescriptors = {0x02, 0x01, 0x34, 0x00, 0x06, 0x00, 0x00};
  constexpr std::array<std::uint8_t, 2> kAddressHead = {0x51, 0x00};  // not bounceable, workchain 0
  constexpr std::array<std::uint8_t, 9> kHead = {0x80, 0, 0, 0, 0x3F, 0xFF, 0xFF, 0x88, 0x80};
  // 322 bits: 1, a sequence number of 32 bits, the wallet's id 0x7FFFFF11, the key, 0; then 1 as the end mark.
  // The key thus begins at bit 65, so everything after it is one bit off the bytes.
  Bytes data(41);
  std::copy(kHead.begin(), kHead.end(), data.begin());
  for (std::size_t i = 0; i < key.size(); ++i) {
    data[8 + i] |= static_cast<std::uint8_t>(key[i] >> 1U);
    data[9 + i] |= static_cast<std::uint8_t>(key[i] << 7U);
  }
  data[40] = static_cast<std::uint8_t>((data[40] & 0x80U) | 0x20U);
  const Hash256 dataHash = crypto::sha256(joined({kDataDescriptors, data}));
  const Hash256 state = crypto::sha256(joined({kStateDescriptors, kCodeHash, dataHash}));
  Bytes address = joined({kAddressHead, state});
  append(address, crc16(address));
  return base64Url(address);
}

std::string suiAddress(const Ed25519Key& key) { return toHex0x(crypto::blake2b(behind(0, key), 32)); }

std::string nanoAddress(const Ed25519Key& key) {
  constexpr std::string_view kNano = "13456789abcdefghijkmnopqrstuwxyz";
  // 260 bits for the key, filled at the front: half a byte of zeros less than 33 bytes have.
  Bytes padded = fiveBitGroups(joined({std::array<std::uint8_t, 3>{}, key}));
  padded.erase(padded.begin(), padded.begin() + 4);
  Bytes checksum = crypto::blake2b(key, 5);
  std::ranges::reverse(checksum);
  return "nano_" + spell(padded, kNano) + spell(fiveBitGroups(checksum), kNano);
}

std::string nearAddress(const Ed25519Key& key) { return toHex(key); }

struct Family {
  std::string_view chainId;
  std::string_view path;                                 // `#` stands for the index
  std::string (*ofSecp256k1)(const crypto::PublicKey&);  // or null
  std::string (*ofEd25519)(const Ed25519Key&);
  Ed25519Key (*publicKey)(BytesView) = crypto::ed25519PublicKey;
};

constexpr Family kFamilies[] = {
    {"eip155:1", "m/44'/60'/0'/0/#", evmAddress, nullptr},
    {"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "m/44'/501'/#'/0'", nullptr, solanaAddress},
    {"bip122:000000000019d6689c085ae165831e93", "m/84'/0'/0'/0/#", bitcoinAddress, nullptr},
    {"cosmos:cosmoshub-4", "m/44'/118'/0'/0/#", cosmosAddress, nullptr},
    {"tron:mainnet", "m/44'/195'/0'/0/#", tronAddress, nullptr},
    {"ton:mainnet", "m/44'/607'/#'", nullptr, tonAddress},
    {"spark:mainnet", "m/84'/0'/0'/0/#", sparkAddress, nullptr},
    {"fil:mainnet", "m/44'/461'/0'/0/#", filecoinAddress, nullptr},
    {"sui:mainnet", "m/44'/784'/#'/0'/0'", nullptr, suiAddress},
    {"xrpl:mainnet", "m/44'/144'/0'/0/#", xrplAddress, nullptr},
    {"nano:mainnet", "m/44'/165'/#'", nullptr, nanoAddress, crypto::ed25519Blake2bPublicKey},
    {"near:mainnet", "m/44'/397'/#'", nullptr, nearAddress},
};

std::string pathOf(const Family& family, std::uint32_t index) {
  std::string path(family.path);
  return path.replace(path.find('#'), 1, std::to_string(index));
}

std::optional<std::string> addressOf(const Family& family, const Keys& keys, const std::string& path) {
  const bool tree = !keys.seed.empty();
  if (family.ofSecp256k1) {
    if (!tree) return family.ofSecp256k1(crypto::publicKeyOf(*keys.secp256k1));
    const auto key = deriveSecp256k1(keys.seed.expose(), *parsePath(path));
    return key ? std::optional(family.ofSecp256k1(crypto::publicKeyOf(*key))) : std::nullopt;
  }
  if (!tree) return family.ofEd25519(family.publicKey(keys.ed25519.expose()));
  const auto key = deriveEd25519(keys.seed.expose(), *parsePath(path));
  return key ? std::optional(family.ofEd25519(family.publicKey(key->expose()))) : std::nullopt;
}

}  // namespace

std::optional<std::vector<Account>> accountsOf(const Keys& keys, std::uint32_t index) {
  std::vector<Account> accounts;
  for (const Family& family : kFamilies) {
    const std::string path = pathOf(family, index);
    auto address = addressOf(family, keys, path);
    if (!address) return std::nullopt;
    const std::string chainId(family.chainId);
    accounts.push_back({chainId + ":" + *address, *address, chainId, keys.seed.empty() ? std::string() : path});
  }
  return accounts;
}

std::optional<crypto::PrivateKey> evmKeyOf(const Keys& keys, std::string_view path) {
  if (keys.seed.empty()) return crypto::PrivateKey::fromBytes(keys.secp256k1->expose());
  const auto parsed = parsePath(path);
  return parsed ? deriveSecp256k1(keys.seed.expose(), *parsed) : std::nullopt;
}

}  // namespace peaqos::vault
