// Texts and codes of transport failures, the same for every host.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "host/transport.hpp"

namespace peaqos::host {

// Stable code of a failure: "BAD_URL", "NAME_NOT_RESOLVED", "CONNECTION_REFUSED", "CONNECTION_RESET", "TIMEOUT",
// "TLS_FAILED", "PROXY_FAILED", "ANSWER_TOO_LARGE", "BAD_CODING", "CANCELLED", "TRANSPORT_FAILED".
std::string_view code(TransportFailure failure);

// The Error (kind Network; Interrupted for Cancelled) of a request that got no whole answer. `detail` is the host's
// own short reason, e.g. what is wrong with a certificate; it is shown for Tls, Proxy, Coding and Other only, since for
// the others the hosts' words differ. The URL is shown redacted.
Error transportError(TransportFailure failure, const Request& request, std::string_view detail = {});

}  // namespace peaqos::host
