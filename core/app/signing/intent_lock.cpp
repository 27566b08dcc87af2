// SPDX-License-Identifier: Apache-2.0
#include "app/signing/intent_lock.hpp"

#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/keccak.hpp"
#include "host/acquire_lock.hpp"
#include "host/file_error.hpp"
#include "ledger/ledger.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kNameDigits = 16;  // lock files need short paths (sockaddr_un)

void report(const Caller& caller, std::string state, Json facts) {
  caller.conversation.progress({.name = "intent_lock", .state = std::move(state), .facts = std::move(facts)});
}

}  // namespace

Task<IntentLock> lockIntent(Caller caller, const Configuration& configuration, std::string intent) {
  const std::string path = printable(caller.host.files.absolute(ledger::Ledger::kFile));
  std::string since = formatMicroseconds(caller.host.clock.now());
  host::LockRequest request{.path = "peaqos." + toHex(crypto::keccak256(asBytes(intent))).substr(0, kNameDigits),
                            .patience = configuration.receiptTimeout(),
                            .busy = "another peaqos is doing the same with " + path + ", and does not end"};
  request.onWaiting = [&caller, path] { report(caller, "waiting", {{"path", path}}); };
  request.onImpossible = [&caller, path](host::FileFailure failure) {
    report(caller, "warning",
           {{"text", "the folder of " + path + " cannot be locked (" + std::string(host::reason(failure)) +
                         "): run nothing else that writes to the chain in it at the same time"}});
  };
  auto held = co_await host::acquireLock(caller.host, std::move(request));
  co_return IntentLock{.held = std::move(held), .since = std::move(since)};
}

}  // namespace peaqos::app
