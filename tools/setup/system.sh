# The machine below the build: is it supported, and does it have the distribution's packages? Sourced by setup.sh.
# SPDX-License-Identifier: Apache-2.0

PACKAGES=(clang-19 lld-19 llvm-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev cmake ninja-build ccache
          pkg-config libcurl4-openssl-dev zlib1g-dev libbrotli-dev libutf8proc-dev googletest openssl ca-certificates xz-utils python3 python3-venv)
TEST_PACKAGES=(chromium fish groff-base nats-server zsh) # added by setup.sh --tests

log() { printf 'set-up: %s\n' "$*" >&2; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

have_packages() {
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Status}\n' "${PACKAGES[@]}" 2>/dev/null | grep -cx installed || true)
  [ "$installed" = "${#PACKAGES[@]}" ]
}

# The recorded toolchain may be one of the machine's own, which can go away.
have_compiler() { [ -f "$DEPS/emscripten/env.sh" ] && (. "$DEPS/emscripten/env.sh" && command -v emcc >/dev/null); }

require_supported_system() {
  local release
  release=$(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-unknown}") || release='unknown'
  case $release in
    'debian 12' | 'debian 13') ;;
    *) fail "this set-up knows Debian 12 and 13, and this is '$release'. Install by hand: ${PACKAGES[*]}, Emscripten >= 3.1.69" ;;
  esac
  [ "$(dpkg --print-architecture)" = amd64 ] || fail "the pinned toolchain is for amd64, and this is $(dpkg --print-architecture)"
  command -v node >/dev/null || fail 'Node.js >= 20 is missing. Debian 13 has it (apt-get install nodejs npm)'
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "Node.js >= 20 is needed, and this is $(node --version). The npm package 'node' carries a newer one (npm install --global node@20)"
  command -v npm >/dev/null || fail 'npm is missing (apt-get install npm)'
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || fail "packages are missing and neither root nor sudo is at hand. As root: apt-get install ${PACKAGES[*]}"
  sudo "$@"
}

# Debian starts a broker as it installs the package, and at every boot. Tests start brokers of their own.
keep_broker_off() {
  case " ${PACKAGES[*]} " in *' nats-server '*) ;; *) return 0 ;; esac
  [ -d /run/systemd/system ] && ! dpkg-query -s nats-server >/dev/null 2>&1 || return 0
  as_root systemctl --quiet mask nats-server
}

install_packages() {
  if have_packages; then return; fi
  log 'installing distribution packages'
  keep_broker_off
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${PACKAGES[@]}" >&2
}
