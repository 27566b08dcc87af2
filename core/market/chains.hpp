// The chains that orders are paid on (docs/market.md#chains).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peaqos::market {

// The CAIP-2 identifier of a chain's alias, in any letter case and with blanks around it: "base" is "eip155:8453". Any
// other text is passed through, trimmed.
std::string toCaip2(std::string_view chain);

// N of "eip155:N"; nothing for chains that are no EVM's.
std::optional<std::uint64_t> evmChainId(std::string_view caip2);

bool isSolana(std::string_view caip2);

// "base", "agung testnet"; N for another "eip155:N", other identifiers as they are, "unknown" for none.
std::string chainLabel(std::string_view caip2);

// What gas is paid in, for messages.
std::string nativeCurrency(std::uint64_t chainId);

// The public node that serves a chain when PEAQOS_RPC_URL serves another; empty where there is none.
std::string_view builtInRpc(std::uint64_t chainId);

// All of these nodes.
std::vector<std::string> builtInRpcs();

// The aliases, for messages and help.
std::string chainAliases();

}  // namespace peaqos::market
