// HTTP between simulated processes and simulated servers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "host/transport.hpp"
#include "support/event_loop.hpp"
#include "support/life.hpp"

namespace peaqos::test {

// What a server makes of a request at the moment when it arrives.
struct Answer {
  std::variant<host::Response, host::TransportFailure> outcome;  // TransportFailure::Timeout: no answer at all
  microseconds delay{0};                                         // before the answer leaves
};

class Server {
 public:
  virtual ~Server() = default;
  // `client` is the name of the host that asks.
  virtual Answer answer(const host::Request& request, const std::string& client) = 0;
};

// One HTTP request of a log.
struct Exchange {
  microseconds sent;
  std::string client;
  host::Request request;
  std::string outcome;  // "200", "Reset", ...; empty while it is under way
};

// Which server answers which URL, and how long the way takes.
class FakeNetwork {
 public:
  // The server of every URL that begins so; the longest beginning wins. Other URLs are refused connections.
  void serve(std::string urlPrefix, Server& server) { servers_[std::move(urlPrefix)] = &server; }
  Server* find(const std::string& url) const;

  microseconds latency = milliseconds(2);  // one way
  std::vector<Exchange> log;

 private:
  std::map<std::string, Server*> servers_;
};

// The transport of one process.
class FakeTransport : public host::Transport {
 public:
  FakeTransport(EventLoop& loop, FakeNetwork& network, Life& life, std::string client)
      : loop_(loop), network_(network), life_(life), client_(std::move(client)) {}

  Task<host::Response> send(host::Request request) override;
  void cancelAll() override;

 private:
  Task<bool> wait(microseconds duration);

  EventLoop& loop_;
  FakeNetwork& network_;
  Life& life_;
  std::string client_;
  std::set<EventLoop::Sleep*> waits_;
};

}  // namespace peaqos::test
