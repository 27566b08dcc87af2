// The members of an operation's JSON request.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/json.hpp"

namespace peaqos::app {

// Reads the members of a request, and tells when one was never asked for: a misspelt name must not be ignored. A member
// that is null counts as absent. Throws Error (Input): "BAD_FIELD", "MISSING_FIELD", "UNKNOWN_FIELD".
class Members {
 public:
  explicit Members(const Json& request) : request_(request) {}

  // A text; a whole number is taken as its digits.
  std::optional<std::string> text(const char* name);
  std::string required(const char* name);
  bool flag(const char* name);  // absent: false
  // Bytes travel as hexadecimal text.
  std::optional<Bytes> bytes(const char* name);
  std::vector<std::string> texts(const char* name);  // a list of texts; absent: empty
  // An object as JSON text, or the JSON text that is given for it: what is passed on untouched.
  std::optional<std::string> objectText(const char* name);
  void refuseOthers() const;

 private:
  const Json* take(const char* name);

  const Json& request_;
  std::vector<std::string> known_;
};

}  // namespace peaqos::app
