#!/usr/bin/env bash
# Proves the two commands on a machine that has nothing: makes a root of a Debian release with git, Node >= 20 and npm
# alone, clones this repository into it, and runs the demo and the tests there.
#
#   sudo tools/fresh-root.sh bookworm|trixie [FOLDER]
#
# FOLDER (default: a new one under /var/tmp) is removed at the end. MIRROR names another Debian mirror. Certificate
# authorities, npm and pip settings of this machine are taken along, since a network may need them.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

release=${1:-}
case $release in bookworm | trixie) ;; *) echo 'Usage: sudo tools/fresh-root.sh bookworm|trixie [FOLDER]' >&2; exit 1 ;; esac
[ "$(id -u)" = 0 ] || { echo 'fresh-root: making a root needs root: run it with sudo' >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -qq -y --no-install-recommends debootstrap
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=${2:-$(mktemp -d "/var/tmp/peaqos-$release-XXXXXX")}
mirror=${MIRROR:-http://deb.debian.org/debian}

clean_up() {
  local mount
  for mount in "$root/dev/shm" "$root/dev/pts" "$root/dev" "$root/proc" "$root/sys"; do
    if mountpoint -q "$mount"; then umount --lazy "$mount"; fi
  done
  # Never across a mount that would not go.
  rm -rf --one-file-system "$root"
}
trap clean_up EXIT

debootstrap --variant=minbase --include=ca-certificates,git "$release" "$root" "$mirror" >/dev/null
mount -t proc proc "$root/proc"
mount --rbind --make-rslave /dev "$root/dev"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mkdir -p "$root/etc/ssl/certs"
cp --dereference /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/machine.crt"
for settings in /etc/pip.conf /etc/npmrc "$HOME/.npmrc"; do
  if [ -f "$settings" ]; then install -D "$settings" "$root$settings"; fi
done
git clone -q "$source" "$root/root/peaqos"

inside() {
  chroot "$root" /usr/bin/env -i HOME="$HOME" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive NODE_EXTRA_CA_CERTS=/etc/ssl/certs/machine.crt PIP_CERT=/etc/ssl/certs/machine.crt \
    npm_config_cafile=/etc/ssl/certs/machine.crt \
    ${npm_config_registry:+npm_config_registry="$npm_config_registry"} ${PIP_INDEX_URL:+PIP_INDEX_URL="$PIP_INDEX_URL"} \
    bash -c "$1"
}

inside 'apt-get update -qq && apt-get install -qq -y --no-install-recommends nodejs npm' >/dev/null 2>&1
# Debian 12's own Node is 18; the npm package `node` carries the binary.
if [ "$release" = bookworm ]; then inside 'npm install --global --loglevel=error node@20 && hash -r && node --version'; fi

for task in demo test; do
  echo "== npm run $task on $release, from nothing"
  start=$SECONDS
  inside "cd /root/peaqos && npm run $task"
  echo "== npm run $task on $release: $((SECONDS - start)) s"
done
start=$SECONDS
inside 'cd /root/peaqos && npm test' >/dev/null 2>&1
echo "== npm test again on $release: $((SECONDS - start)) s"
