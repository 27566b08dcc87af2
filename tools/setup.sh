#!/usr/bin/env bash
# Installs what a build needs: distribution packages by apt, the Emscripten toolchain and third-party sources privately
# under .deps/. Idempotent: when nothing about the set-up has changed, it returns at once. --tests adds what only tests
# need.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
DEPS=$PWD/.deps
HERE=$PWD/tools/setup
. "$HERE/system.sh"
if [ "${1:-}" = --tests ]; then PACKAGES+=("${TEST_PACKAGES[@]}"); fi

want=$(cat tools/setup.sh "$HERE"/*.sh | sha256sum | cut -d' ' -f1)
if [ "$(cat "$DEPS/ready" 2>/dev/null)" = "$want" ] && have_packages && have_compiler; then exit 0; fi

mkdir -p "$DEPS"
rm -f "$DEPS/ready"
require_supported_system
install_packages
. "$HERE/debian13.sh"
bash "$HERE/emscripten.sh" "$DEPS/emscripten"
bash "$HERE/sources.sh" "$DEPS/sources"
remove_debian13
echo "$want" > "$DEPS/ready"
log ready
