// The few parts of an http(s) URL that the core needs to know.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peaqos::host {

struct Url {
  std::string scheme;    // "http" or "https", lower case
  std::string userInfo;  // as written, may be empty
  std::string host;      // lower case; an IPv6 address without its brackets
  std::uint16_t port;    // 80 or 443 when the text has none
  bool portGiven;
  std::string path;  // from the first '/', query included, fragment left out; "/" at least
};

// Parses an absolute http or https URL (RFC 3986). Nothing when the scheme is another one, the host is empty, the port
// is not 1 to 65535, or there is a blank or control character anywhere.
std::optional<Url> parseUrl(std::string_view text);

// "https://host:8443": scheme, host, and the port where the text had one.
std::string originOf(const Url& url);

// `base` without trailing slashes, then `path` (which starts with '/').
std::string joinUrl(std::string_view base, std::string_view path);

}  // namespace peaqos::host
