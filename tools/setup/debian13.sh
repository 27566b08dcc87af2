# A private apt state that knows only Debian 13, from the mirror that the system itself uses. Versions and hashes are
# pinned by those who fetch; apt verifies the signed index as well. The system's own apt state is not touched.
# SPDX-License-Identifier: Apache-2.0

DEBIAN13=$DEPS/debian13
export DEBIAN13

# fetch13 download NAME=VERSION... | fetch13 source --download-only NAME=VERSION...   (into the working directory)
fetch13() {
  [ -f "$DEBIAN13/indexed" ] || index13
  apt-get -qq "${DEBIAN13_OPTIONS[@]}" "$@" >&2
}

DEBIAN13_OPTIONS=(-o Dir::Etc::sourcelist="$DEBIAN13/trixie.sources" -o Dir::Etc::sourceparts="$DEBIAN13/parts"
  -o Dir::State::lists="$DEBIAN13/lists" -o Dir::State::status="$DEBIAN13/status" -o Dir::Cache="$DEBIAN13/cache"
  -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none)

index13() {
  local mirror
  mkdir -p "$DEBIAN13"/{lists/partial,cache/archives/partial,parts}
  # A bare image has no package lists yet, and with them no mirror to ask for.
  [ -n "$(apt-get indextargets 'Created-By: Packages' 2>/dev/null)" ] || as_root apt-get update -qq >&2
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Suite: stable' 'Label: Debian' | head -n1)
  [ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n1)
  [ -n "$mirror" ] || fail "apt's sources name no Debian mirror"
  printf 'Types: deb deb-src\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' "$mirror" \
    /usr/share/keyrings/debian-archive-keyring.gpg > "$DEBIAN13/trixie.sources"
  : > "$DEBIAN13/status"
  apt-get -qq "${DEBIAN13_OPTIONS[@]}" update >&2
  touch "$DEBIAN13/indexed"
}

remove_debian13() { rm -rf "$DEBIAN13"; }
