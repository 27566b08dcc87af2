// What an API says of many things, look by look: a line for each that is new, has changed, or is gone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/watch/recorder.hpp"

namespace peaqos::app {

struct SeenThing {
  std::string key;
  Json facts;                  // an object: a change of one of them is news
  Json more = Json::object();  // what else its lines say
};

class StateWatch {
 public:
  // `type`: of its lines.
  StateWatch(std::string type, host::Clock& clock, Recorder& recorder)
      : type_(std::move(type)), clock_(clock), recorder_(recorder) {}

  // What the cursor holds. Throws Error (Input, "BAD_CURSOR").
  void restore();

  // What was last known of a thing; null for one that is unknown or gone.
  const Json* known(const std::string& key) const;

  // Writes what differs from all that there was. Returns whether anything did.
  Task<bool> take(std::vector<SeenThing> all);

 private:
  struct Known {
    std::uint64_t line = 0;  // how many lines were about it
    Json facts = nullptr;    // null: it is gone, and its number of lines is kept, so that no id comes twice
  };

  Json lineOf(const SeenThing& thing, const std::string& change, const Json& before, Known& known) const;
  Json state() const;

  const std::string type_;
  host::Clock& clock_;
  Recorder& recorder_;
  bool isFirst_ = true;
  std::map<std::string, Known> known_;
};

}  // namespace peaqos::app
