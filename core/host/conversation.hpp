// How a long operation talks with the person who started it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.hpp"

namespace peaqos::host {

// One thing that happened. `name` and `state` are stable words; `facts` are their numbers, addresses and hashes. The
// words for people are the front end's.
struct Progress {
  int step = 0;  // 1 to `steps`; 0 for what belongs to no step
  int steps = 0;
  std::string name = {};   // what: "balance", "register", "transaction", ...
  std::string state = {};  // "started", "skipped", "confirmed", ...
  Json facts = Json::object();
};

class Conversation {
 public:
  virtual ~Conversation() = default;
  virtual void progress(const Progress& progress) = 0;
};

}  // namespace peaqos::host
