// SPDX-License-Identifier: Apache-2.0
#include "host/transport_error.hpp"

#include "base/text.hpp"
#include "host/redact_url.hpp"

namespace peaqos::host {
namespace {

constexpr char kCheckUrl[] = "Check the URL and that the server is running";
constexpr char kTryAgain[] = "Check the connection and run the command again";

std::string seconds(std::chrono::milliseconds timeout) {
  const auto count = timeout.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

std::string withDetail(const std::string& message, std::string_view detail) {
  const std::string words = oneLine(detail);
  return words.empty() ? message : message + ": " + words;
}

}  // namespace

std::string_view code(TransportFailure failure) {
  switch (failure) {
    case TransportFailure::BadUrl: return "BAD_URL";
    case TransportFailure::NameNotResolved: return "NAME_NOT_RESOLVED";
    case TransportFailure::Refused: return "CONNECTION_REFUSED";
    case TransportFailure::Reset: return "CONNECTION_RESET";
    case TransportFailure::Timeout: return "TIMEOUT";
    case TransportFailure::Tls: return "TLS_FAILED";
    case TransportFailure::Proxy: return "PROXY_FAILED";
    case TransportFailure::TooLarge: return "ANSWER_TOO_LARGE";
    case TransportFailure::Coding: return "BAD_CODING";
    case TransportFailure::Cancelled: return "CANCELLED";
    case TransportFailure::Other: return "TRANSPORT_FAILED";
  }
  return "TRANSPORT_FAILED";
}

Error transportError(TransportFailure failure, const Request& request, std::string_view detail) {
  const std::string where = redactUrl(request.url);
  const std::string name(code(failure));
  switch (failure) {
    case TransportFailure::BadUrl: return networkError(name, "'" + where + "' is not an http or https URL", kCheckUrl);
    case TransportFailure::NameNotResolved:
      return networkError(name, "could not connect to " + where + ": its name is not known", kCheckUrl);
    case TransportFailure::Refused:
      return networkError(name, "could not connect to " + where + ": connection refused", kCheckUrl);
    case TransportFailure::Reset:
      return networkError(name, where + " closed the connection before its answer was whole", kTryAgain);
    case TransportFailure::Timeout:
      return networkError(name, where + " did not answer within " + seconds(request.timeout),
                          "Run the command again, or raise PEAQOS_TIMEOUT");
    case TransportFailure::Tls:
      return networkError(name, withDetail("no secure connection to " + where, detail),
                          "Check the URL; SSL_CERT_FILE names a file with the certificate authorities to trust");
    case TransportFailure::Proxy:
      return networkError(name, withDetail("the proxy on the way to " + where + " failed", detail),
                          "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY");
    case TransportFailure::TooLarge:
      return networkError(name, where + " sent more than " + std::to_string(kLargestAnswer >> 20) + " MiB", kCheckUrl);
    case TransportFailure::Coding:
      return networkError(name, withDetail("could not decode the answer of " + where, detail),
                          "Run the command again, or use an endpoint that answers without a content coding");
    case TransportFailure::Cancelled: return {ErrorKind::Interrupted, name, "interrupted"};
    case TransportFailure::Other: break;
  }
  return networkError(name, withDetail("could not reach " + where, detail), kTryAgain);
}

}  // namespace peaqos::host
