// The core's way to a transport: checks the URL, picks the proxy, sets the deadline.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::host {

class HttpClient {
 public:
  HttpClient(Host& host, std::chrono::milliseconds timeout) : host_(host), timeout_(timeout) {}

  // Sends a request. Throws Error: Configuration BAD_URL for a URL that is none, else what the transport throws.
  Task<Response> send(Request request);

  // GET of a resource: replayable, accepts JSON.
  Task<Response> get(std::string url);

  // POST of a JSON text. `replayable` says that a second delivery changes nothing.
  Task<Response> postJson(std::string url, std::string body, bool replayable);

  // How long one exchange may take.
  std::chrono::milliseconds timeout() const { return timeout_; }

  Clock& clock() { return host_.clock; }

 private:
  Host& host_;
  std::chrono::milliseconds timeout_;
};

}  // namespace peaqos::host
