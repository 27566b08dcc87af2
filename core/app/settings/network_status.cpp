// SPDX-License-Identifier: Apache-2.0
#include "app/settings/network_status.hpp"

#include <utility>

#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

std::uint64_t memberOf(const evm::RpcReply& block, const char* name) {
  const Json* member = findMember(evm::valueOf(block, "the latest block"), name);
  return evm::uint64Of(member ? *member : Json(), "the latest block");
}

}  // namespace

Task<NetworkStatus> networkStatus(std::optional<std::string> account, Caller caller) {
  std::optional<evm::Address> address;
  if (account) {
    address = evm::parseAddress(*account);
    if (!address) {
      throw inputError("BAD_ADDRESS", caller.fieldName("account") + " is not an address: '" + printable(*account) + "'",
                       "Give 0x and 40 hexadecimal digits");
    }
  }
  const auto session = co_await Session::open(caller);
  evm::RpcClient rpc = session->rpc();
  std::vector<evm::RpcCall> calls{evm::chainIdCall(), evm::latestBlockCall()};
  if (address) calls.push_back(evm::balanceCall(*address));
  const auto replies = co_await rpc.read(std::move(calls));
  NetworkStatus status{.network = std::string(session->configuration.network().name),
                       .rpcUrl = rpc.endpoint(),
                       .chainId = evm::uint64Of(replies[0], "the chain id"),
                       .blockNumber = memberOf(replies[1], "number"),
                       .blockTime = memberOf(replies[1], "timestamp"),
                       .balance = std::nullopt};
  if (address) status.balance = evm::quantityOf(replies[2], "the balance");
  co_return status;
}

Json toJson(const NetworkStatus& status) {
  Json json{{"network", status.network},
            {"rpcUrl", status.rpcUrl},
            {"chainId", status.chainId},
            {"blockNumber", status.blockNumber},
            {"blockTime", status.blockTime}};
  if (status.balance) json["balance"] = status.balance->toDecimal();
  return json;
}

}  // namespace peaqos::app
