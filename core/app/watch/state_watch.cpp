// SPDX-License-Identifier: Apache-2.0
#include "app/watch/state_watch.hpp"

#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/time.hpp"
#include "crypto/keccak.hpp"

namespace peaqos::app {
namespace {

// What tells two lines apart that are the nth about one thing: a run that was killed may see something else again.
std::string digestOf(const Json& content) {
  constexpr std::size_t kDigits = 8;
  return toHex(crypto::keccak256(asBytes(dumpSorted(content)))).substr(0, kDigits);
}

}  // namespace

void StateWatch::restore() {
  if (recorder_.state().is_null()) return;
  const Error bad = inputError("BAD_CURSOR", "the --cursor file holds no such states", "Remove it to begin anew");
  const Json* things = findMember(recorder_.state(), "known");
  if (!things || !things->is_array()) throw bad;
  for (const Json& thing : *things) {
    const Json* line = findMember(thing, "line");
    const Json* facts = findMember(thing, "facts");
    const auto number = line ? toUint64(*line) : std::nullopt;
    if (!number || !facts || !(facts->is_object() || facts->is_null())) throw bad;
    known_[textOrEmpty(thing, "key")] = {*number, *facts};
  }
  isFirst_ = false;
}

const Json* StateWatch::known(const std::string& key) const {
  const auto found = known_.find(key);
  return found == known_.end() || found->second.facts.is_null() ? nullptr : &found->second.facts;
}

Json StateWatch::state() const {
  Json things = Json::array();
  for (const auto& [key, known] : known_) {
    things.push_back({{"key", key}, {"line", known.line}, {"facts", known.facts}});
  }
  return {{"known", std::move(things)}};
}

Json StateWatch::lineOf(const SeenThing& thing, const std::string& change, const Json& before, Known& known) const {
  const std::string digest = digestOf({{"change", change}, {"facts", thing.facts}, {"before", before}});
  Json line{{"id", thing.key + ":" + std::to_string(++known.line) + ":" + digest},
            {"type", type_},
            {"change", change},
            {"time", formatTime(clock_.now() / 1'000'000)}};
  line.update(thing.facts);
  line.update(thing.more);
  line["before"] = before;
  return line;
}

Task<bool> StateWatch::take(std::vector<SeenThing> all) {
  std::vector<Json> lines;
  std::set<std::string> keys;
  for (SeenThing& thing : all) {
    keys.insert(thing.key);
    Known& known = known_[thing.key];
    const bool isNew = known.facts.is_null();
    if (!isNew && known.facts == thing.facts) continue;
    Json before = Json::object();
    if (!isNew) {
      for (const auto& [name, value] : thing.facts.items()) {
        const Json* earlier = findMember(known.facts, name);
        if (!earlier || *earlier != value) before[name] = earlier ? *earlier : Json(nullptr);
      }
    }
    const std::string change = !isNew ? "changed" : isFirst_ ? "initial" : "new";
    lines.push_back(lineOf(thing, change, isNew ? Json(nullptr) : before, known));
    known.facts = std::move(thing.facts);
  }
  for (auto& [key, known] : known_) {
    if (known.facts.is_null() || keys.contains(key)) continue;
    const SeenThing thing{.key = key, .facts = std::exchange(known.facts, nullptr)};
    lines.push_back(lineOf(thing, "gone", nullptr, known));
  }
  isFirst_ = false;
  const bool news = !lines.empty();
  co_await recorder_.record(std::move(lines), state());
  co_return news;
}

}  // namespace peaqos::app
