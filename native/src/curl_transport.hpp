// HTTP over libcurl.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "event_loop.hpp"
#include "host/transport.hpp"

namespace peaqos::native {

class CurlTransport : public host::Transport {
 public:
  // `certificateFile`: PEM file with the certificate authorities to trust; empty for the system's.
  CurlTransport(EventLoop& loop, std::string certificateFile)
      : loop_(loop), certificates_(std::move(certificateFile)) {}
  ~CurlTransport() override;

  Task<host::Response> send(host::Request request) override;
  // Nothing is sent from then on either.
  void cancelAll() override;

 private:
  CURL* take();
  void giveBack(CURL* handle);

  EventLoop& loop_;
  std::string certificates_;
  std::vector<CURL*> idle_;  // handles to use again: each keeps its settings' memory
  bool cancelled_ = false;
};

}  // namespace peaqos::native
