// SPDX-License-Identifier: Apache-2.0
#include "support/fake_network.hpp"

#include <utility>

#include "host/transport_error.hpp"

namespace peaqos::test {

using host::TransportFailure;

Server* FakeNetwork::find(const std::string& url) const {
  Server* found = nullptr;
  std::size_t longest = 0;
  for (const auto& [prefix, server] : servers_) {
    if (url.starts_with(prefix) && prefix.size() >= longest) {
      found = server;
      longest = prefix.size();
    }
  }
  return found;
}

// False if it was cancelled.
Task<bool> FakeTransport::wait(microseconds duration) {
  EventLoop::Sleep sleep(loop_, duration);
  struct Registration {
    Registration(std::set<EventLoop::Sleep*>& all, EventLoop::Sleep& one) : waits(all), sleep(one) {
      waits.insert(&sleep);
    }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration() { waits.erase(&sleep); }
    std::set<EventLoop::Sleep*>& waits;
    EventLoop::Sleep& sleep;
  };
  const Registration registration(waits_, sleep);
  co_return co_await sleep;
}

void FakeTransport::cancelAll() {
  for (EventLoop::Sleep* sleep : waits_) sleep->wake();
}

Task<host::Response> FakeTransport::send(host::Request request) {
  co_await life_.step("send");
  const std::size_t entry = network_.log.size();
  network_.log.push_back({loop_.now(), client_, request, {}});
  const microseconds deadline = loop_.now() + request.timeout;

  if (!co_await wait(network_.latency)) throw host::transportError(TransportFailure::Cancelled, request);
  Server* server = network_.find(request.url);
  Answer answer{TransportFailure::Refused};
  if (server) answer = server->answer(request, client_);

  microseconds arrival = loop_.now() + answer.delay + network_.latency;
  if (auto* failure = std::get_if<TransportFailure>(&answer.outcome)) {
    if (*failure == TransportFailure::Timeout) arrival = deadline;
  }
  if (arrival >= deadline) {
    answer.outcome = TransportFailure::Timeout;
    arrival = deadline;
  }
  if (!co_await wait(arrival - loop_.now())) answer.outcome = TransportFailure::Cancelled;
  co_await life_.step("send: answered");

  if (const auto* failure = std::get_if<TransportFailure>(&answer.outcome)) {
    network_.log[entry].outcome = std::string(host::code(*failure));
    throw host::transportError(*failure, request);
  }
  auto& response = std::get<host::Response>(answer.outcome);
  network_.log[entry].outcome = std::to_string(response.status);
  co_return std::move(response);
}

}  // namespace peaqos::test
