// What a host lends to the core for HTTP: one request in, one answer out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/task.hpp"

namespace peaqos::host {

struct Header {
  std::string name;
  std::string value;
};

// One HTTP/1.1 exchange. No transport follows a redirect, adds credentials or retries on its own, but for the one
// case that `replayable` allows.
struct Request {
  std::string method = "GET";
  std::string url = {};  // absolute, http or https, checked with parseUrl() before it comes here
  std::vector<Header> headers = {};
  Bytes body = {};
  std::chrono::milliseconds timeout{30'000};  // for the whole exchange, the answer's body included
  // The request changes nothing, so it may be sent once more on a new connection when a kept-alive one turns out to
  // have been closed. Every other request goes out on a connection of its own and reaches the server at most once.
  bool replayable = false;
  // URL of the forwarding proxy (proxy.hpp), chosen by the core; none: connect directly. Ignored by browsers.
  std::optional<std::string> proxy = {};
};

// Longest body of an answer that a transport takes, in bytes: as it comes and after its content codings are decoded.
constexpr std::size_t kLargestAnswer = 64U << 20;

// Any answer with a status line, 4xx and 5xx included. The body is decoded: transports ask for no content coding
// (Accept-Encoding: identity, since answers are short and every host must send the same; browsers send their own), but
// take gzip, deflate and br, as endpoints use them all the same. Without a browser, what described the coded body
// (content-encoding, content-length) is missing from the headers then.
struct Response {
  int status = 0;
  std::vector<Header> headers;  // names in lower case, values trimmed
  Bytes body = {};
  // The request may have reached the server more than once, so the answer may be to its second delivery: it was
  // repeated as `replayable` allows, or, in a browser, nobody can say, since browsers repeat requests on their own.
  bool repeated = false;
};

// The value of a header, matched in any letter case.
std::optional<std::string> findHeader(const std::vector<Header>& headers, std::string_view name);

enum class TransportFailure {
  BadUrl,
  NameNotResolved,
  Refused,
  Reset,     // the connection ended before the answer was whole
  Timeout,   // Request::timeout ran out, before or within the answer's body
  Tls,       // certificate or handshake
  Proxy,     // the proxy refused or could not be reached
  TooLarge,  // the answer's body has more than kLargestAnswer bytes, decoded
  Coding,    // the answer's content coding is unknown, or its data damaged or cut
  Cancelled,
  Other,
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Throws Error made by transportError() when there is no whole answer. NameNotResolved, Refused, Tls and Proxy mean
  // that nothing of the request has left: when a repeated request cannot be sent again, that is a Reset.
  virtual Task<Response> send(Request request) = 0;
  // Ends every exchange under way: each fails with TransportFailure::Cancelled.
  virtual void cancelAll() = 0;
};

}  // namespace peaqos::host
