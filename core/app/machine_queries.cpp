// SPDX-License-Identifier: Apache-2.0
#include "app/machine_queries.hpp"

#include "app/session.hpp"
#include "peaq/did.hpp"

namespace peaqos::app {

Task<Json> queryMcr(std::string did, Caller caller) {
  const std::string checked = peaq::checkDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi().rating(checked);
}

Task<Json> queryMachine(std::string did, Caller caller) {
  const std::string checked = peaq::checkDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi().profile(checked);
}

Task<Json> queryOperatorMachines(std::string did, Caller caller) {
  const std::string checked = peaq::checkDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi().operatorMachines(checked);
}

}  // namespace peaqos::app
