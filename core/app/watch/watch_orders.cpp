// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/signing/session.hpp"
#include "app/watch/follow.hpp"
#include "app/watch/state_watch.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/keccak.hpp"
#include "market/orders.hpp"

namespace peaqos::app {
namespace {

class OrderWatch {
 public:
  OrderWatch(market::OrchestrationApi& api, host::Clock& clock, std::string machineId, Recorder& recorder)
      : api_(api), machineId_(std::move(machineId)), states_("order", clock, recorder) {}

  void restore() { states_.restore(); }
  Task<bool> look();

 private:
  market::OrchestrationApi& api_;
  const std::string machineId_;
  StateWatch states_;
};

Task<bool> OrderWatch::look() {
  std::vector<SeenThing> all;
  co_await market::eachOrderPage(api_, {.machineId = machineId_, .limit = {}, .cursor = {}}, [&all](const Json& items) {
    for (const Json& order : items) {
      all.push_back({.key = order["id"].get<std::string>(),
                     .facts = {{"order_id", order["id"]},
                               {"status", order["status"]},
                               {"integration_status", order["integration_status"]},
                               {"error_message", order["error_message"]}},
                     .more = {{"machine_id", order["machine_id"]},
                              {"service_id", order["service_id"]},
                              {"skill_key", order["skill_key"]},
                              {"execution_mode", order["execution_mode"]},
                              {"created_at", order["created_at"]},
                              {"updated_at", order["updated_at"]}}});
    }
  });
  co_return co_await states_.take(std::move(all));
}

}  // namespace

Task<void> watchOrders(WatchOrdersRequest request, LineSink sink, Caller caller) {
  const std::string machineId(trim(request.machineId));
  if (machineId.empty()) {
    throw inputError("BAD_FIELD", caller.argumentName("machine-id") + " is blank", "Give the machine's ID");
  }
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  // The service's URL may hold a credential: its digest tells it from others.
  Json subject{{"machine", machineId}, {"api", toHex(crypto::keccak256(asBytes(api.identity())))}};
  const auto recorder = co_await Recorder::open(caller, session->configuration, std::move(request.options), "orders",
                                                std::move(subject), std::move(sink));
  OrderWatch watch(api, caller.host.clock, machineId, *recorder);
  watch.restore();
  co_await follow(caller, *recorder, apiPace(), Looking<OrderWatch>{watch});
}

}  // namespace peaqos::app
