// SPDX-License-Identifier: Apache-2.0
#include "host/url.hpp"

#include <algorithm>
#include <charconv>

namespace peaqos::host {
namespace {

std::string lowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<std::uint16_t> parsePort(std::string_view text) {
  unsigned port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (problem != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(port);
}

bool isHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

// "host", "host:port", "[::1]:port"
bool parseAuthority(std::string_view authority, Url& url) {
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return false;
    url.host = lowerCase(authority.substr(1, close - 1));
    port = authority.substr(close + 1);
    if (url.host.empty() || url.host.find_first_not_of("0123456789abcdef:.") != std::string::npos) return false;
  } else {
    const std::size_t colon = authority.find(':');
    url.host = lowerCase(authority.substr(0, colon));
    port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
    if (url.host.empty() || !std::ranges::all_of(url.host, isHostCharacter)) return false;
  }
  url.portGiven = !port.empty();
  url.port = url.scheme == "https" ? 443 : 80;
  if (!url.portGiven) return true;
  const auto number = port.starts_with(':') ? parsePort(port.substr(1)) : std::nullopt;
  if (!number) return false;
  url.port = *number;
  return true;
}

bool isLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Replaces what may be a credential: a run of 20 or more letters, digits, '-' or '_' with both digits and letters. An
// address or a DID is none: it is public.
std::string redactPath(std::string_view path) {
  constexpr std::size_t kTokenLength = 20;
  std::string out;
  for (std::size_t i = 0; i < path.size();) {
    std::size_t end = i;
    while (end < path.size() && (isLetterOrDigit(path[end]) || path[end] == '-' || path[end] == '_')) ++end;
    const std::string_view run = path.substr(i, end - i);
    const bool address = run.size() == 42 && run.starts_with("0x");
    out += run.size() >= kTokenLength && !address ? std::string_view("…") : run;
    if (end < path.size()) out += path[end];
    i = end + 1;
  }
  return out;
}

}  // namespace

std::optional<Url> parseUrl(std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; });
  const std::size_t scheme = text.find("://");
  if (!plain || scheme == std::string_view::npos) return std::nullopt;
  Url url;
  url.scheme = lowerCase(text.substr(0, scheme));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;

  std::string_view rest = text.substr(scheme + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, path);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.userInfo = authority.substr(0, at);
    authority = authority.substr(at + 1);
  }
  if (!parseAuthority(authority, url)) return std::nullopt;
  url.path = rest.substr(path);
  if (!url.path.starts_with('/')) url.path.insert(0, "/");
  return url;
}

std::string redactUrl(std::string_view text) {
  const auto url = parseUrl(text);
  if (!url) return "…";
  const std::string host = url->host.find(':') == std::string::npos ? url->host : "[" + url->host + "]";
  const bool pathGiven = url->path != "/" || text.ends_with('/');
  return url->scheme + "://" + host + (url->portGiven ? ":" + std::to_string(url->port) : "") +
         (pathGiven ? redactPath(url->path) : "");
}

std::string joinUrl(std::string_view base, std::string_view path) {
  while (base.ends_with('/')) base.remove_suffix(1);
  return std::string(base) + std::string(path);
}

}  // namespace peaqos::host
