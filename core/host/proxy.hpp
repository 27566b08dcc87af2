// Which proxy a request goes through, by the customary environment variables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "host/host.hpp"
#include "host/url.hpp"

namespace peaqos::host {

// The proxy for a URL, or nothing for a direct connection. As curl does: http_proxy (lower case only, since CGI sets
// HTTP_PROXY from a request header), https_proxy or HTTPS_PROXY, then all_proxy or ALL_PROXY; no_proxy or NO_PROXY
// lists hosts, domain suffixes, host:port pairs, IPv4 CIDR blocks or "*" that are reached directly.
// A proxy without scheme is http; any scheme but http is a Configuration error.
std::optional<std::string> proxyFor(const Url& url, Environment& environment);

}  // namespace peaqos::host
