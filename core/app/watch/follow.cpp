// SPDX-License-Identifier: Apache-2.0
#include "app/watch/follow.hpp"

#include <optional>
#include <utility>

#include "evm/rate_limit.hpp"
#include "market/busy.hpp"

namespace peaqos::app {
namespace {

using std::chrono::milliseconds;

// How a look ended.
struct Outcome {
  bool news = false;
  std::optional<Error> trouble = {};
  milliseconds asked{0};  // by a server that limits its requests
};

Task<Outcome> lookOnce(TaskFunction<Task<bool>()> look) {
  try {
    const bool news = co_await look();
    co_return Outcome{.news = news};
  } catch (const WebhookError&) {
    throw;
  } catch (const evm::RateLimitError& error) {
    co_return Outcome{.trouble = error, .asked = error.after};
  } catch (const market::Busy& error) {
    co_return Outcome{.trouble = error, .asked = error.after};
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    co_return Outcome{.trouble = error};
  }
}

void tell(const Caller& caller, std::string state, Json facts = Json::object()) {
  caller.conversation.progress({.name = "watch", .state = std::move(state), .facts = std::move(facts)});
}

}  // namespace

Task<void> follow(const Caller& caller, Recorder& recorder, Pace pace, TaskFunction<Task<bool>()> look) {
  bool hasSucceeded = false, isInTrouble = false;
  while (true) {
    Outcome outcome = co_await lookOnce(look);
    if (outcome.trouble && (!hasSucceeded || recorder.isOnce())) throw std::move(*outcome.trouble);
    if (outcome.trouble && !std::exchange(isInTrouble, true)) {
      tell(caller, "trouble", {{"text", outcome.trouble->message}});
    }
    if (!outcome.trouble && std::exchange(isInTrouble, false)) tell(caller, "recovered");
    hasSucceeded = hasSucceeded || !outcome.trouble;
    if (recorder.isOnce() || recorder.isFull()) co_return;
    const milliseconds pause = outcome.trouble ? pace.afterTrouble(outcome.asked) : pace.after(outcome.news);
    co_await caller.host.clock.sleep(pause);
  }
}

}  // namespace peaqos::app
