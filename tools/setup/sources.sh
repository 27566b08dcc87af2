#!/usr/bin/env bash
# Fetches third-party C and C++ sources, pinned by SHA-256, into DEST/<name>.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
DEST=$1
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DEPS=$(dirname "$DEST")
. "$HERE/system.sh"
. "$HERE/debian13.sh"
mkdir -p "$DEST/archives"
cd "$DEST/archives"

# verified FILE SHA256
verified() { echo "$2  $1" | sha256sum --check --status 2>/dev/null; }
# unpacked NAME SHA256: the folder holds what that archive held.
unpacked() { [ "$(cat "$DEST/$1/.archive" 2>/dev/null)" = "$2" ]; }

secp256k1=13b70138be52d7a23bdf0ea39ed79799a30eb855f2ed82c028357f6432cd536b
if ! unpacked secp256k1 $secp256k1; then
  log 'fetching libsecp256k1 0.5.0'
  fetch13 source --download-only libsecp256k1=0.5.0-2
  verified libsecp256k1_0.5.0.orig.tar.xz $secp256k1 || fail 'libsecp256k1_0.5.0.orig.tar.xz has another SHA-256 than the pinned one'
  rm -rf "$DEST/secp256k1"
  mkdir "$DEST/secp256k1"
  tar -x -C "$DEST/secp256k1" --strip-components=1 -f libsecp256k1_0.5.0.orig.tar.xz
  echo $secp256k1 > "$DEST/secp256k1/.archive"
fi

json=741a6a32f61a14eaf9560ba1814b27da8e78fa3b9bed9e8867ab46316ddf3793
if ! unpacked nlohmann-json $json; then
  log 'fetching nlohmann-json 3.11.3'
  fetch13 download nlohmann-json3-dev=3.11.3-2.1
  verified nlohmann-json3-dev_3.11.3-2.1_all.deb $json || fail 'nlohmann-json3-dev_3.11.3-2.1_all.deb has another SHA-256 than the pinned one'
  rm -rf "$DEST/nlohmann-json"
  mkdir "$DEST/nlohmann-json"
  dpkg-deb --fsys-tarfile nlohmann-json3-dev_3.11.3-2.1_all.deb | tar -x -C "$DEST/nlohmann-json" --strip-components=3 ./usr/include
  echo $json > "$DEST/nlohmann-json/.archive"
fi
yyjson=ae6fde69a193e10afab426ef13f113d6903446405f9db9ee98bfb572bd6c961a
if ! unpacked yyjson $yyjson; then
  log 'fetching yyjson 0.10.0'
  fetch13 source --download-only --tar-only yyjson=0.10.0+ds-1
  verified yyjson_0.10.0+ds.orig.tar.xz $yyjson || fail 'yyjson_0.10.0+ds.orig.tar.xz has another SHA-256 than the pinned one'
  rm -rf "$DEST/yyjson"
  mkdir "$DEST/yyjson"
  tar -x -C "$DEST/yyjson" --strip-components=2 --wildcards -f yyjson_0.10.0+ds.orig.tar.xz '*/src/yyjson.?'
  echo $yyjson > "$DEST/yyjson/.archive"
fi
qrcodegen=2ec0a4d33d6f521c942eeaf473d42d5fe139abcfa57d2beffe10c5cf7d34ae60
if ! unpacked qrcodegen $qrcodegen; then
  log 'fetching qrcodegen 1.8.0'
  fetch13 source --download-only --tar-only qr-code-generator=1.8.0-1.2
  verified qr-code-generator_1.8.0.orig.tar.gz $qrcodegen || fail 'qr-code-generator_1.8.0.orig.tar.gz has another SHA-256 than the pinned one'
  rm -rf "$DEST/qrcodegen"
  mkdir "$DEST/qrcodegen"
  tar -x -C "$DEST/qrcodegen" --strip-components=2 --wildcards -f qr-code-generator_1.8.0.orig.tar.gz '*/c'
  echo $qrcodegen > "$DEST/qrcodegen/.archive"
fi
botan=b164e8debd53d22e6b6dc6729388e798c935d1e4251c5d41e07397a57bbf2413
if ! unpacked botan $botan; then
  log 'fetching Botan 3.7.1'
  fetch13 source --download-only --tar-only botan3=3.7.1+dfsg-2
  verified botan3_3.7.1+dfsg.orig.tar.xz $botan || fail 'botan3_3.7.1+dfsg.orig.tar.xz has another SHA-256 than the pinned one'
  rm -rf "$DEST/botan"
  mkdir "$DEST/botan"
  tar -x -C "$DEST/botan" --strip-components=1 --exclude='*/doc' --exclude='*/src/tests' --exclude='*/src/fuzzer' \
    --exclude='*/src/examples' -f botan3_3.7.1+dfsg.orig.tar.xz
  echo $botan > "$DEST/botan/.archive"
fi
ed25519=f3ae622c765db4e0d791ea90a9feba39d7f693ef9cb949a797f7ad6b404a2d61
if ! unpacked ed25519 $ed25519; then
  log "fetching TinySSH's Ed25519, 20250501"
  fetch13 source --download-only --tar-only tinyssh=20250501-1
  verified tinyssh_20250501.orig.tar.gz $ed25519 || fail 'tinyssh_20250501.orig.tar.gz has another SHA-256 than the pinned one'
  rm -rf "$DEST/ed25519"
  mkdir "$DEST/ed25519"
  tar -x -C "$DEST/ed25519" --strip-components=1 --wildcards --no-wildcards-match-slash -f tinyssh_20250501.orig.tar.gz \
    'tinyssh-*/ge25519.?' 'tinyssh-*/fe25519.?' 'tinyssh-*/fe.?' 'tinyssh-*/cleanup.?' 'tinyssh-*/crypto_verify_32.?' \
    'tinyssh-*/cryptoint/crypto_*.h' 'tinyssh-*/cryptoint/*_optblocker.c'
  echo $ed25519 > "$DEST/ed25519/.archive"
fi
# The English word list of BIP-39, as the reference implementation of its authors ships it.
words=2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda
if ! verified "$DEST/bip39/english.txt" $words; then
  log 'fetching the word list of BIP-39'
  fetch13 download python3-mnemonic=0.21-2
  mkdir -p "$DEST/bip39"
  dpkg-deb --fsys-tarfile python3-mnemonic_0.21-2_all.deb |
    tar -x -O ./usr/lib/python3/dist-packages/mnemonic/wordlist/english.txt > "$DEST/bip39/english.txt"
  verified "$DEST/bip39/english.txt" $words || fail 'english.txt of python3-mnemonic has another SHA-256 than the pinned one'
fi
rm -rf "$DEST/archives"
