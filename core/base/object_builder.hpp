// Objects of any number of members, put together in time that grows with it and not with its square.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "base/json.hpp"

namespace peaqos {

// Json's own operator[] looks for a name among all members; this keeps an index of them.
class ObjectBuilder {
 public:
  // A member; of two with one name the last value counts, at the place of the first.
  void set(std::string name, Json value) {
    auto& members = object_.get_ref<Json::object_t&>();
    const auto [place, isNew] = places_.try_emplace(name, std::ssize(members));
    if (isNew) {
      members.emplace_back(std::move(name), std::move(value));
    } else {
      (members.begin() + place->second)->second = std::move(value);
    }
  }

  Json take() { return std::move(object_); }

 private:
  Json object_ = Json::object();
  std::map<std::string, std::ptrdiff_t> places_;
};

}  // namespace peaqos
