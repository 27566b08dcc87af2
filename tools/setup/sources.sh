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

# source13 NAME TITLE PACKAGE=VERSION ARCHIVE SHA256 TAR-ARGUMENT...: Debian's archive of a source, unpacked.
source13() {
  local name=$1 title=$2 package=$3 archive=$4 sum=$5
  shift 5
  if unpacked "$name" "$sum"; then return; fi
  log "fetching $title"
  fetch13 source --download-only --tar-only "$package"
  verified "$archive" "$sum" || fail "$archive has another SHA-256 than the pinned one"
  rm -rf "${DEST:?}/$name"
  mkdir "$DEST/$name"
  tar -x -C "$DEST/$name" -f "$archive" "$@"
  echo "$sum" > "$DEST/$name/.archive"
}

source13 secp256k1 'libsecp256k1 0.5.0' libsecp256k1=0.5.0-2 libsecp256k1_0.5.0.orig.tar.xz \
  13b70138be52d7a23bdf0ea39ed79799a30eb855f2ed82c028357f6432cd536b --strip-components=1
source13 yyjson 'yyjson 0.10.0' yyjson=0.10.0+ds-1 yyjson_0.10.0+ds.orig.tar.xz \
  ae6fde69a193e10afab426ef13f113d6903446405f9db9ee98bfb572bd6c961a --strip-components=2 --wildcards '*/src/yyjson.?'
source13 qrcodegen 'qrcodegen 1.8.0' qr-code-generator=1.8.0-1.2 qr-code-generator_1.8.0.orig.tar.gz \
  2ec0a4d33d6f521c942eeaf473d42d5fe139abcfa57d2beffe10c5cf7d34ae60 --strip-components=2 --wildcards '*/c'
source13 ed25519 "TinySSH's Ed25519, 20250501" tinyssh=20250501-1 tinyssh_20250501.orig.tar.gz \
  f3ae622c765db4e0d791ea90a9feba39d7f693ef9cb949a797f7ad6b404a2d61 --strip-components=1 \
  --wildcards --no-wildcards-match-slash '*/LICENCE.md' '*/ge25519.?' '*/fe25519.?' '*/fe.?' '*/cleanup.?' \
  '*/crypto_verify_32.?' '*/cryptoint/crypto_*.h' '*/cryptoint/*_optblocker.c'
source13 botan 'Botan 3.7.1' botan3=3.7.1+dfsg-2 botan3_3.7.1+dfsg.orig.tar.xz \
  b164e8debd53d22e6b6dc6729388e798c935d1e4251c5d41e07397a57bbf2413 --strip-components=1 \
  --exclude='*/doc' --exclude='*/src/tests' --exclude='*/src/fuzzer' --exclude='*/src/examples'

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
