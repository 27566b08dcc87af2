// SPDX-License-Identifier: Apache-2.0
#include "host/proxy.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::host {
namespace {

std::optional<std::string> firstOf(Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (auto value = environment.get(name); value && !value->empty()) return value;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> parseIpv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    unsigned octet = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), octet);
    if (problem != std::errc() || octet > 255) return std::nullopt;
    address = address << 8 | octet;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (part == 3) break;
    if (!text.starts_with('.')) return std::nullopt;
    text.remove_prefix(1);
  }
  return text.empty() ? std::optional(address) : std::nullopt;
}

// "10.0.0.0/8"
bool inBlock(const std::string& host, std::string_view block) {
  const std::size_t slash = block.find('/');
  if (slash == std::string_view::npos) return false;
  const auto address = parseIpv4(host), network = parseIpv4(block.substr(0, slash));
  unsigned bits = 33;
  const std::string_view digits = block.substr(slash + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (!address || !network || bits > 32) return false;
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
  return (*address & mask) == (*network & mask);
}

bool matches(const Url& url, std::string entry) {
  for (char& c : entry) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (entry == "*") return true;
  if (inBlock(url.host, entry)) return true;
  const std::size_t colon = entry.rfind(':');
  if (colon != std::string::npos && entry.find(':') == colon) {
    if (entry.substr(colon + 1) != std::to_string(url.port)) return false;
    entry.erase(colon);
  }
  if (entry.starts_with("*")) entry.erase(0, 1);
  if (entry.starts_with(".")) entry.erase(0, 1);
  if (entry.empty()) return false;
  return url.host == entry || url.host.ends_with("." + entry);
}

bool reachedDirectly(const Url& url, Environment& environment) {
  std::string list = firstOf(environment, {"no_proxy", "NO_PROXY"}).value_or("");
  for (char& c : list) {
    if (c == ',') c = ' ';
  }
  for (std::size_t start = 0; start < list.size();) {
    const std::size_t end = std::min(list.find(' ', start), list.size());
    if (end > start && matches(url, list.substr(start, end - start))) return true;
    start = end + 1;
  }
  return false;
}

}  // namespace

std::optional<std::string> proxyFor(const Url& url, Environment& environment) {
  auto proxy = url.scheme == "https" ? firstOf(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                                     : firstOf(environment, {"http_proxy", "all_proxy", "ALL_PROXY"});
  if (!proxy || reachedDirectly(url, environment)) return std::nullopt;
  if (proxy->find("://") == std::string::npos) proxy->insert(0, "http://");
  const auto parsed = parseUrl(*proxy);
  if (!parsed || parsed->scheme != "http") {
    throw configurationError("BAD_PROXY", "the proxy variable for " + url.scheme + " holds no http:// URL",
                             "Set it to http://host:port, or list the host in NO_PROXY");
  }
  return proxy;
}

}  // namespace peaqos::host
