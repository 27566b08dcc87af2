// SPDX-License-Identifier: Apache-2.0
#include "support/road.hpp"

#include <utility>

namespace peaqos::test {
namespace {

using host::TransportFailure;

host::Response page(int status) {
  const std::string text = "<html>" + std::to_string(status) + "</html>";
  return {.status = status, .headers = {}, .body = Bytes(asBytes(text).begin(), asBytes(text).end())};
}

bool worksFirst(Mishap mishap) {
  return mishap == Mishap::ResetAfter || mishap == Mishap::TimeoutAfter || mishap == Mishap::ErrorAfter;
}

Answer answerOf(Mishap mishap) {
  constexpr int kOk = 200, kTooMany = 429, kInternal = 500, kGateway = 502;
  switch (mishap) {
    case Mishap::Refused: return {.outcome = TransportFailure::Refused};
    case Mishap::ResetBefore:
    case Mishap::ResetAfter: return {.outcome = TransportFailure::Reset};
    case Mishap::TimeoutBefore:
    case Mishap::TimeoutAfter: return {.outcome = TransportFailure::Timeout};
    case Mishap::ErrorBefore: return {.outcome = page(kInternal)};
    case Mishap::ErrorAfter: return {.outcome = page(kGateway)};
    case Mishap::Busy: return {.outcome = page(kTooMany)};
    case Mishap::Rubbish: break;
  }
  return {.outcome = page(kOk)};
}

}  // namespace

const char* name(Mishap mishap) {
  constexpr const char* kNames[] = {"refused",
                                    "reset before the work",
                                    "reset after the work",
                                    "timeout before the work",
                                    "timeout after the work",
                                    "500 before the work",
                                    "502 after the work",
                                    "429",
                                    "rubbish"};
  return kNames[static_cast<std::size_t>(mishap)];
}

std::string pathOf(const std::string& url) {
  const std::size_t host = url.find("://");
  const std::size_t path = url.find('/', host == std::string::npos ? 0 : host + 3);
  return path == std::string::npos ? std::string() : url.substr(path, url.find('?', path) - path);
}

host::Response jsonAnswer(int status, const Json& body) {
  const std::string text = dumpJson(body);
  return {.status = status,
          .headers = {{.name = "content-type", .value = "application/json"}},
          .body = Bytes(asBytes(text).begin(), asBytes(text).end())};
}

void Road::lead(std::string urlPrefix, Server& server) {
  world_.network.serve(urlPrefix, *this);
  servers_[std::move(urlPrefix)] = &server;
}

std::optional<Mishap> Road::mishapOf(const host::Request& request) {
  const std::string path = pathOf(request.url);
  for (Spoil& spoil : spoils_) {
    if (spoil.times == 0 || !path.ends_with(spoil.path)) continue;
    if (!spoil.method.empty() && spoil.method != request.method) continue;
    if (spoil.skip > 0) {
      --spoil.skip;
      continue;
    }
    --spoil.times;
    return spoil.mishap;
  }
  return std::nullopt;
}

Answer Road::answer(const host::Request& request, const std::string& client) {
  passed.push_back(request.method + " " + pathOf(request.url));
  const auto mishap = mishapOf(request);
  if (mishap && !worksFirst(*mishap)) return answerOf(*mishap);
  for (const auto& [prefix, server] : servers_) {
    if (!request.url.starts_with(prefix)) continue;
    Answer answer = server->answer(request, client);
    return mishap ? answerOf(*mishap) : answer;
  }
  return {.outcome = TransportFailure::Refused};
}

}  // namespace peaqos::test
