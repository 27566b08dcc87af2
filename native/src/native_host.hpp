// Everything that a POSIX process lends to the core, as one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "curl_transport.hpp"
#include "event_loop.hpp"
#include "posix_host.hpp"

namespace peaqos::native {

class NativeHost {
 public:
  NativeHost() = default;
  NativeHost(const NativeHost&) = delete;
  NativeHost& operator=(const NativeHost&) = delete;

  // What the core takes.
  host::Host& lent() { return lent_; }
  host::Display& display() { return terminal_; }

  EventLoop loop;

 private:
  PosixEnvironment environment_;
  CurlTransport transport_{loop, environment_.get("SSL_CERT_FILE").value_or("")};
  PosixClock clock_{loop};
  PosixRandom random_;
  PosixFiles files_;
  PosixTerminal terminal_;
  Utf8procNormalizer normalizer_;
  host::Host lent_{.transport = transport_,
                   .clock = clock_,
                   .random = random_,
                   .environment = environment_,
                   .files = files_,
                   .terminal = terminal_,
                   .runtime = "peaqos-native",
                   .normalizer = &normalizer_};
};

}  // namespace peaqos::native
