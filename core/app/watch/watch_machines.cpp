// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "app/signing/session.hpp"
#include "app/watch/follow.hpp"
#include "app/watch/state_watch.hpp"
#include "base/error.hpp"
#include "base/task_group.hpp"
#include "crypto/keccak.hpp"
#include "peaq/did.hpp"
#include "peaq/machine_did.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kAtOnce = 8;
constexpr std::size_t kProfilesPerLook = 100;  // beyond those of machines whose entry in the list is new

// What the list says of a machine; its profile says the rest.
Json factsOf(const Json& entry) {
  const Json& id = entry["machine_id"];
  return {{"did", entry["did"]},
          {"machine_id", id.is_string() ? id.get<std::string>() : numberText(id)},
          {"mcr", entry["mcr"]},
          {"mcr_score", entry["mcr_score"]},
          {"negative_flag", entry["negative_flag"]},
          {"bond_status", nullptr},
          {"event_count", nullptr}};
}

constexpr std::string_view kOfProfile[] = {"bond_status", "event_count"};

bool hasSameEntry(const Json& facts, const Json& known) {
  for (const auto& [name, value] : facts.items()) {
    const bool ofProfile = std::ranges::find(kOfProfile, name) != std::end(kOfProfile);
    if (!ofProfile && known.value(name, Json()) != value) return false;
  }
  return true;
}

// Refusals of one machine, not of the API: it stays as it was known until its profile can be read.
bool isAboutMachine(const Error& error) {
  constexpr std::string_view kCodes[] = {"NOT_FOUND", "BAD_RESPONSE", "CONFLICT", "MACHINE_HOMED_ELSEWHERE"};
  return std::ranges::find(kCodes, error.code) != std::end(kCodes);
}

class MachineWatch {
 public:
  MachineWatch(Session& session, host::Clock& clock, std::string did, Recorder& recorder)
      : session_(session), did_(std::move(did)), recorder_(recorder), states_("machine", clock, recorder) {}

  void restore() { states_.restore(); }
  Task<bool> look();

 private:
  Task<void> addProfile(SeenThing& thing);

  Session& session_;
  const std::string did_;
  Recorder& recorder_;
  StateWatch states_;
  std::size_t turn_ = 0;  // whose profile is read next, for those whose entry tells no news
};

Task<bool> MachineWatch::look() {
  auto api = session_.mcrApi();
  const Json fleet = co_await api.operatorMachines(did_);
  const Json& machines = fleet["machines"];
  std::vector<SeenThing> all;
  std::vector<bool> wanted(machines.size());
  std::size_t quiet = 0;
  for (const Json& machine : machines) {
    SeenThing thing{.key = machine["did"].get<std::string>(), .facts = factsOf(machine)};
    const Json* known = states_.known(thing.key);
    if (known) {
      for (const std::string_view fact : kOfProfile)
        thing.facts[std::string(fact)] = known->value(std::string(fact), Json());
    }
    const bool isQuiet = known && hasSameEntry(thing.facts, *known);
    wanted[all.size()] = !isQuiet || recorder_.isOnce();
    if (isQuiet) ++quiet;
    all.push_back(std::move(thing));
  }
  for (std::size_t i = 0; i < std::min(quiet, kProfilesPerLook); ++turn_, ++i) wanted[turn_ % all.size()] = true;
  {
    TaskGroup group(kAtOnce);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (wanted[i]) co_await group.run(addProfile(all[i]));
    }
    co_await group.join();
  }
  co_return co_await states_.take(std::move(all));
}

Task<void> MachineWatch::addProfile(SeenThing& thing) {
  try {
    auto api = session_.mcrApi(peaq::generationOf(thing.key));
    const Json profile = co_await api.profile(thing.key);
    for (const std::string_view fact : kOfProfile)
      thing.facts[std::string(fact)] = profile["peaqos"][std::string(fact)];
  } catch (const Error& error) {
    if (!isAboutMachine(error)) throw;
  }
}

}  // namespace

Task<void> watchMachines(WatchMachinesRequest request, LineSink sink, Caller caller) {
  const std::string did = peaq::checkDid(request.operatorDid);
  const auto session = co_await Session::open(caller);
  // The URL may hold a credential: its digest tells it from others.
  Json subject{{"operator", did}, {"api", toHex(crypto::keccak256(asBytes(session->configuration.mcrUrl())))}};
  const auto recorder = co_await Recorder::open(caller, session->configuration, std::move(request.options), "machines",
                                                std::move(subject), std::move(sink));
  MachineWatch watch(*session, caller.host.clock, did, *recorder);
  watch.restore();
  co_await follow(caller, *recorder, apiPace(), Looking<MachineWatch>{watch});
}

}  // namespace peaqos::app
