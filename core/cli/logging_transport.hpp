// A transport that tells standard error about every exchange: what -v adds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/host.hpp"

namespace peaqos::cli {

class LoggingTransport : public host::Transport {
 public:
  explicit LoggingTransport(host::Host& host) : host_(host) {}
  Task<host::Response> send(host::Request request) override;
  void cancelAll() override { host_.transport.cancelAll(); }

 private:
  void log(std::string_view text) const;

  host::Host& host_;
  bool warned_ = false;
};

}  // namespace peaqos::cli
