// SPDX-License-Identifier: Apache-2.0
#include "curl_transport.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <memory>

#include "base/text.hpp"
#include "content_coding.hpp"
#include "host/transport_error.hpp"
#include "host/url.hpp"

namespace peaqos::native {
namespace {

using host::TransportFailure;

struct Answer {
  host::Response response;
  bool headEnded = false;
  bool tooLarge = false;
  int deliveries = 0;  // how often the request was written to a connection
};

// Called when a connection is ready, before the request is written to it.
int onDelivery(void* user, char*, char*, int, int) {
  ++static_cast<Answer*>(user)->deliveries;
  return CURL_PREREQFUNC_OK;
}

std::size_t onBody(char* data, std::size_t, std::size_t size, void* user) {
  Answer& answer = *static_cast<Answer*>(user);
  if (answer.response.body.size() + size > host::kLargestAnswer) {
    answer.tooLarge = true;
    return 0;  // ends the transfer
  }
  append(answer.response.body, asBytes({data, size}));
  return size;
}

std::size_t onHeader(char* data, std::size_t, std::size_t size, void* user) {
  Answer& answer = *static_cast<Answer*>(user);
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) {  // maybe a further answer: the last one counts
    answer.response.headers.clear();
    answer.headEnded = false;
  }
  if (answer.headEnded) return size;  // a trailer
  answer.headEnded = trim(line).empty();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  answer.response.headers.push_back({std::move(name), std::string(trim(line.substr(colon + 1)))});
  return size;
}

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

HeaderList headerList(const host::Request& request) {
  // curl adds these of itself unless told not to.
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  if (!host::findHeader(request.headers, "accept")) list = curl_slist_append(list, "Accept:");
  if (!host::findHeader(request.headers, "content-type")) list = curl_slist_append(list, "Content-Type:");
  if (!host::findHeader(request.headers, "accept-encoding"))
    list = curl_slist_append(list, "Accept-Encoding: identity");
  for (const auto& [name, value] : request.headers) {
    list = curl_slist_append(list, (value.empty() ? name + ";" : name + ": " + value).c_str());
  }
  return {list, &curl_slist_free_all};
}

void set(CURL* handle, CURLoption option, const std::string& text) { curl_easy_setopt(handle, option, text.c_str()); }
void set(CURL* handle, CURLoption option, long number) { curl_easy_setopt(handle, option, number); }

void prepare(CURL* handle, const host::Request& request, const std::string& certificates) {
  set(handle, CURLOPT_URL, request.url);
  set(handle, CURLOPT_PATH_AS_IS, 1);
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  set(handle, CURLOPT_NOSIGNAL, 1);
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(handle, CURLOPT_NETRC, CURL_NETRC_IGNORED);
  // The core has chosen the proxy; an empty text keeps curl from reading the environment.
  set(handle, CURLOPT_PROXY, request.proxy.value_or(""));
  set(handle, CURLOPT_PROXYPORT, 80);  // of a proxy without port; curl's own is 1080
  set(handle, CURLOPT_NOPROXY, "");
  set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
  if (!certificates.empty()) set(handle, CURLOPT_CAINFO, certificates);
  if (!request.replayable) {
    // curl repeats any request when a connection that it reuses turns out to be closed.
    set(handle, CURLOPT_FRESH_CONNECT, 1);
    set(handle, CURLOPT_FORBID_REUSE, 1);
  }
  if (!request.body.empty() || request.method == "POST") {
    set(handle, CURLOPT_POST, 1);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS,
                     request.body.empty() ? "" : reinterpret_cast<const char*>(request.body.data()));
  }
  if (request.method == "HEAD") set(handle, CURLOPT_NOBODY, 1);
  set(handle, CURLOPT_CUSTOMREQUEST, request.method);
}

long number(CURL* handle, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(handle, info, &value);
  return value;
}

bool isTls(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CERTPROBLEM ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

// True when a new connection ended before its proxy had opened the tunnel that was asked for.
bool endedBeforeTunnel(CURLcode code, CURL* handle, const host::Request& request) {
  const auto url = host::parseUrl(request.url);
  curl_off_t secured = 0;
  curl_easy_getinfo(handle, CURLINFO_APPCONNECT_TIME_T, &secured);
  return request.proxy && url && url->scheme == "https" && number(handle, CURLINFO_NUM_CONNECTS) > 0 && secured == 0 &&
         !isTls(code);
}

// Whether a failure means that nothing of the request has left.
bool isBeforeDelivery(TransportFailure failure) {
  switch (failure) {
    case TransportFailure::NameNotResolved:
    case TransportFailure::Refused:
    case TransportFailure::Tls:
    case TransportFailure::Proxy: return true;
    default: return false;
  }
}

TransportFailure failureOf(CURLcode code, CURL* handle, const host::Request& request) {
  if (code == CURLE_OPERATION_TIMEDOUT) return TransportFailure::Timeout;
  if (isTls(code)) return TransportFailure::Tls;
  if (endedBeforeTunnel(code, handle, request)) return TransportFailure::Proxy;
  switch (code) {
    case CURLE_URL_MALFORMAT: return TransportFailure::BadUrl;
    case CURLE_COULDNT_RESOLVE_HOST: return TransportFailure::NameNotResolved;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY: return TransportFailure::Proxy;
    case CURLE_COULDNT_CONNECT:
      if (request.proxy) return TransportFailure::Proxy;
      return number(handle, CURLINFO_OS_ERRNO) == ECONNREFUSED ? TransportFailure::Refused : TransportFailure::Other;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return TransportFailure::Reset;
    default: return TransportFailure::Other;
  }
}

// What went wrong, in the words of wasm/node/failure.mjs; curl's own would differ, and tell how long it took.
std::string detailOf(CURLcode code, CURL* handle, std::string_view reason, const host::Request& request) {
  constexpr std::string_view kVerification = "SSL certificate problem: ";  // then OpenSSL's words, as Node's
  const long refusal = number(handle, CURLINFO_HTTP_CONNECTCODE);
  if (refusal >= 300) return "it answered " + std::to_string(refusal);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY: return "its name is not known";
    case CURLE_COULDNT_CONNECT:
      switch (number(handle, CURLINFO_OS_ERRNO)) {
        case ECONNREFUSED: return "connection refused";
        case EHOSTUNREACH:
        case ENETUNREACH: return "no route to it";
        default: return "no connection";
      }
    case CURLE_SSL_CACERT_BADFILE: return "SSL_CERT_FILE holds no certificates";
    case CURLE_PEER_FAILED_VERIFICATION:
      if (reason.starts_with(kVerification)) return std::string(reason.substr(kVerification.size()));
      return "the certificate is for another host";
    case CURLE_SSL_CONNECT_ERROR: return "the handshake failed";
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9, that is no HTTP
    case CURLE_WEIRD_SERVER_REPLY: return "the answer is not HTTP";
    default: return endedBeforeTunnel(code, handle, request) ? "it gave no answer" : std::string(reason);
  }
}

}  // namespace

CurlTransport::~CurlTransport() {
  for (CURL* handle : idle_) curl_easy_cleanup(handle);
}

CURL* CurlTransport::take() {
  if (idle_.empty()) return curl_easy_init();
  CURL* handle = idle_.back();
  idle_.pop_back();
  return handle;
}

void CurlTransport::giveBack(CURL* handle) {
  curl_easy_reset(handle);  // it points into the frame of the request that had it
  idle_.push_back(handle);
}

void CurlTransport::cancelAll() {
  cancelled_ = true;
  loop_.cancelTransfers();
}

Task<host::Response> CurlTransport::send(host::Request request) {
  if (!host::parseUrl(request.url)) throw host::transportError(TransportFailure::BadUrl, request);
  if (cancelled_) throw host::transportError(TransportFailure::Cancelled, request);
  Answer answer;
  const HeaderList headers = headerList(request);
  std::array<char, CURL_ERROR_SIZE> reason{};

  CURL* handle = take();
  prepare(handle, request, certificates_);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, reason.data());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, onHeader);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &answer);
  curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, onDelivery);
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, &answer);
  std::optional<CURLcode> outcome = co_await loop_.transfer(handle);

  // curl takes a head that is cut short for a whole one.
  if (outcome == CURLE_OK && !answer.headEnded) outcome = CURLE_GOT_NOTHING;
  answer.response.status = static_cast<int>(number(handle, CURLINFO_RESPONSE_CODE));
  answer.response.repeated = answer.deliveries > 1;
  TransportFailure failure = !outcome          ? TransportFailure::Cancelled
                             : answer.tooLarge ? TransportFailure::TooLarge
                                               : failureOf(*outcome, handle, request);
  // The second connection of a request that had gone out on a first one.
  if (answer.deliveries > 0 && isBeforeDelivery(failure)) failure = TransportFailure::Reset;
  const std::string detail = outcome ? detailOf(*outcome, handle, reason.data(), request) : std::string();
  giveBack(handle);
  if (outcome != CURLE_OK) throw host::transportError(failure, request, detail);
  try {
    decodeContent(answer.response);
  } catch (const CodingError& error) {
    throw host::transportError(error.failure, request, error.detail);
  }
  co_return std::move(answer.response);
}

}  // namespace peaqos::native
