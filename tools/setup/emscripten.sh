#!/usr/bin/env bash
# Finds or installs an Emscripten toolchain >= 3.1.69 and writes DEST/env.sh, which puts emcc on PATH.
# Order of preference: $EMSDK, an emcc on PATH, Debian 13's package unpacked privately.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
MINIMUM=3.1.69
DEST=$1
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DEPS=$(dirname "$DEST")
. "$HERE/system.sh"
. "$HERE/debian13.sh"
mkdir -p "$DEST"

new_enough() {  # EMCC -> true when its version is at least $MINIMUM
  local version
  version=$("$1" --version 2>/dev/null | sed -nE '1s/.* ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
  [ -n "$version" ] && [ "$(printf '%s\n%s\n' "$MINIMUM" "$version" | sort -V | head -n1)" = "$MINIMUM" ]
}
# use ROOT LINE...: ROOT is the folder of emcc and of its CMake files.
use() { printf 'export EMSCRIPTEN_ROOT=%q\n' "$1" > "$DEST/env.sh"; shift; printf '%s\n' "$@" >> "$DEST/env.sh"; exit 0; }

if [ -f "$DEST/env.sh" ] && (. "$DEST/env.sh" && [ -n "${EMSCRIPTEN_ROOT:-}" ] && new_enough emcc); then exit 0; fi
if [ -n "${EMSDK:-}" ] && new_enough "$EMSDK/upstream/emscripten/emcc"; then
  use "$EMSDK/upstream/emscripten" "export EMSDK='$EMSDK' EMSDK_QUIET=1" '. "$EMSDK/emsdk_env.sh"'
fi
if command -v emcc >/dev/null && new_enough emcc; then
  root=$(dirname "$(readlink -f "$(command -v emcc)")")
  use "$root" "export PATH='$root':\$PATH" ${EM_CONFIG:+"export EM_CONFIG='$EM_CONFIG'"}
fi

log "unpacking Emscripten $MINIMUM"
ROOT=$DEST/root
ARCHIVES=$DEST/archives
mkdir -p "$ARCHIVES"
cat > "$DEST/SHA256SUMS" <<'S'
d2ac788b952c56ab6736b4db2ac0825aa63cfb4c08b8abaefe19e324779d1b2d  emscripten_3.1.69+dfsg-3_all.deb
47be56009e56170f4338a0154fbff2028bd607bc3c8b6a5414658a985bef6470  binaryen_120-4_amd64.deb
S
# libc6 and its company change with Debian's point releases, so apt's signed index vouches for them, not a hash here.
( cd "$ARCHIVES"
  fetch13 download emscripten=3.1.69+dfsg-3 binaryen=120-4 libc6 libstdc++6 libgcc-s1
  sha256sum --check --quiet ../SHA256SUMS >&2 )
rm -rf "$ROOT"
mkdir -p "$ROOT"
# Library variants that no build here links make up 1.2 GB.
for archive in "$ARCHIVES"/*.deb; do
  dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$ROOT" --exclude=./usr/share/doc --exclude=./usr/share/man \
    --exclude=./usr/share/lintian --exclude=./usr/share/emscripten/test --exclude='*/wasm32-emscripten/*lto*' \
    --exclude='*/wasm32-emscripten/*pic' --exclude='*-mt*.a' --exclude='*-ww*.a'
done
rm -rf "$ARCHIVES"

# binaryen wants a newer glibc than Debian 12 has: its tools run with the unpacked loader.
mkdir -p "$DEST/binaryen/bin"
for tool in "$ROOT"/usr/bin/wasm*; do
  wrapper=$DEST/binaryen/bin/$(basename "$tool")
  printf '#!/bin/sh\nexec "%s/usr/lib64/ld-linux-x86-64.so.2" --library-path "%s/usr/lib/x86_64-linux-gnu" "%s" "$@"\n' \
    "$ROOT" "$ROOT" "$tool" > "$wrapper"
  chmod +x "$wrapper"
done

EMSCRIPTEN=$ROOT/usr/share/emscripten
printf '%s\n' "LLVM_ROOT = '/usr/lib/llvm-19/bin'" "BINARYEN_ROOT = '$DEST/binaryen'" "NODE_JS = 'node'" \
  "CACHE = '$EMSCRIPTEN/cache'" 'FROZEN_CACHE = False' > "$DEST/emscripten.config"

# Emscripten's own JavaScript optimiser needs acorn.
( cd "$EMSCRIPTEN"
  rm -rf node_modules
  echo '{"private": true, "dependencies": {"acorn": "8.14.0"}}' > package.json
  cat > package-lock.json <<'S'
{"lockfileVersion": 3, "requires": true, "packages": {
  "": {"dependencies": {"acorn": "8.14.0"}},
  "node_modules/acorn": {"version": "8.14.0",
    "integrity": "sha512-cl669nCJTZBsL97OF4kUQm5g5hC2uihk0NxY3WENAC0TYdILVkAyHymAntgxGkl7K+t0cXIrH5siy5S4XkFycA=="}}}
S
  npm ci --loglevel=error --no-audit --no-fund >&2 )
use "$EMSCRIPTEN" "export EM_CONFIG='$DEST/emscripten.config'" "export PATH='$EMSCRIPTEN':'$DEST/binaryen/bin':\$PATH"
