// Keeps secrets out of what a server says back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/secret.hpp"

namespace peaqos::market {

// Knows the secrets of one operation. What it cleans has none of them, wherever a server put them.
class Redactor {
 public:
  // A value that no message may show. Texts of less than four characters are left alone: they occur by chance.
  void hide(BytesView value);

  // Hides every text within a JSON value.
  void hideTexts(const Json& value);

  // The text with hidden values replaced by [REDACTED].
  std::string clean(std::string text) const;

  // The value with every member whose name speaks of a secret (token, key, password, ...) and every hidden value
  // replaced.
  Json clean(const Json& value) const;

 private:
  std::vector<Secret> hidden_;  // longest first: one may hold another
};

}  // namespace peaqos::market
