// SPDX-License-Identifier: Apache-2.0
#include "app/machine/machine_queries.hpp"

#include <optional>
#include <utility>

#include "app/failure.hpp"
#include "app/signing/session.hpp"
#include "base/task_group.hpp"
#include "peaq/did.hpp"
#include "peaq/machine_did.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kRatingsAtOnce = 8;

// Hands results on in the order of what was asked for, in whatever order they arrive.
class InOrder {
 public:
  InOrder(std::size_t count, std::function<void(const Json&)> each) : results_(count), each_(std::move(each)) {}

  void put(std::size_t index, Json result) {
    results_[index] = std::move(result);
    for (; next_ < results_.size() && results_[next_]; ++next_) {
      const Json ready = *std::exchange(results_[next_], std::nullopt);
      each_(ready);
    }
  }

 private:
  std::vector<std::optional<Json>> results_;
  std::function<void(const Json&)> each_;
  std::size_t next_ = 0;
};

// What the tasks of one query share.
struct Ratings {
  Session& session;
  InOrder results;
  std::size_t failures = 0;
  bool unwanted = false;  // whoever takes the results has thrown
};

Task<Json> ratingOrError(Ratings& ratings, std::string did) {
  try {
    co_return co_await ratings.session.mcrApi(peaq::generationOf(did)).rating(did);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    ++ratings.failures;
    co_return Json{{"did", did}, {"error", toJson(error)}};
  }
}

Task<void> fetchRating(Ratings& ratings, std::string did, std::size_t index) {
  try {
    ratings.results.put(index, co_await ratingOrError(ratings, std::move(did)));
  } catch (...) {
    ratings.unwanted = true;
    throw;
  }
}

}  // namespace

Task<Json> queryMcr(std::string did, Caller caller) {
  const std::string checked = peaq::checkMachineDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi(peaq::generationOf(checked)).rating(checked);
}

Task<std::size_t> queryMcrs(std::vector<std::string> dids, Caller caller, std::function<void(const Json&)> each) {
  for (std::string& did : dids) did = peaq::checkMachineDid(did);
  const auto session = co_await Session::open(caller);
  Ratings ratings{.session = *session, .results = InOrder(dids.size(), std::move(each))};
  TaskGroup group(kRatingsAtOnce);
  for (std::size_t index = 0; index < dids.size() && !ratings.unwanted; ++index) {
    co_await group.run(fetchRating(ratings, dids[index], index));
  }
  co_await group.join();
  co_return ratings.failures;
}

Task<Json> queryMachine(std::string did, Caller caller) {
  const std::string checked = peaq::checkMachineDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi(peaq::generationOf(checked)).profile(checked);
}

Task<Json> queryOperatorMachines(std::string did, Caller caller) {
  const std::string checked = peaq::checkDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi().operatorMachines(checked);
}

Task<Json> readOperatorMachines(std::string did, Caller caller, peaq::McrApi::FleetPage page) {
  const std::string checked = peaq::checkDid(did);
  const auto session = co_await Session::open(caller);
  co_return co_await session->mcrApi().readFleet(checked, std::move(page));
}

}  // namespace peaqos::app
