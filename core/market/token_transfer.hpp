// Payments by an ERC-20 transfer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "evm/rpc.hpp"
#include "host/conversation.hpp"
#include "host/http.hpp"
#include "market/payment_terms.hpp"

namespace peaqos::market {

// Where the chains' nodes are.
struct Nodes {
  host::HttpClient& http;
  std::optional<std::string> configured;  // PEAQOS_RPC_URL, which serves its own chain only
};

// A transfer, ready to be sent.
struct TokenTransfer {
  std::uint64_t chainId = 0;
  evm::RpcClient rpc;  // a node whose chain id is that one
  evm::Address token;
  evm::Address recipient;
  evm::U256 units;
  evm::U256 balance;  // of who pays, before it: at least `units`
  unsigned decimals = 0;

  // What people see of it, in whole tokens with every digit: {exact, balance, balance_after}.
  Json facts() const;
};

// A node of a chain: PEAQOS_RPC_URL if that is one, else the chain's built-in node. Throws Error (Network,
// "NO_PAYMENT_NODE") when neither serves the chain.
Task<evm::RpcClient> nodeOf(Nodes nodes, std::uint64_t chainId);

// The decimals of a token: what the metadata say, else its contract.
Task<unsigned> tokenDecimals(evm::RpcClient& rpc, evm::Address token, Json metadata);

// Works out the transfer that pays. Throws Error (Network) for terms that cannot be paid so: "BAD_PAYMENT" (no chain,
// no token contract, no recipient, no amount), "WRONG_PAYER" (another account than `from` is expected to pay),
// "INSUFFICIENT_TOKENS".
Task<TokenTransfer> prepareTransfer(Nodes nodes, PaymentTerms terms, evm::Address from);

// Calldata of that function.
constexpr char kTransferFunction[] = "transfer(address,uint256)";
Bytes transferCalldata(const evm::Address& recipient, const evm::U256& units);

}  // namespace peaqos::market
