#!/bin/sh
# `peaqos` where @peaqos/linux-x64 is installed beside it: the native command, but for the console, which is Node's.
# SPDX-License-Identifier: Apache-2.0
self=$(readlink -f "$0")
here=${self%/*}
native=$here/../../@peaqos/linux-x64/bin/peaqos
case " $* " in
  *' console '*) ;;
  *) [ -x "$native" ] && exec "$native" "$@" ;;
esac
exec node "$here/peaqos-node.cjs" "$@"
