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

std::string originOf(const Url& url) {
  const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
  return url.scheme + "://" + host + (url.portGiven ? ":" + std::to_string(url.port) : "");
}

std::string joinUrl(std::string_view base, std::string_view path) {
  while (base.ends_with('/')) base.remove_suffix(1);
  return std::string(base) + std::string(path);
}

}  // namespace peaqos::host
