// SPDX-License-Identifier: Apache-2.0
#include "app/session.hpp"

#include <utility>

namespace peaqos::app {

Task<std::unique_ptr<Session>> Session::open(const Caller& caller) {
  Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  for (const std::string& warning : configuration.warnings()) {
    caller.conversation.progress({.name = "configuration", .state = "warning", .facts = {{"text", warning}}});
  }
  co_return std::make_unique<Session>(caller, std::move(configuration));
}

Session::Session(const Caller& caller, Configuration loaded)
    : configuration(std::move(loaded)), http(caller.host, configuration.requestTimeout()) {}

evm::RpcClient Session::rpc() { return {http, configuration.rpcUrl()}; }

peaq::McrApi Session::mcrApi() { return {http, configuration.mcrUrl()}; }

}  // namespace peaqos::app
