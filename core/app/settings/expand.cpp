// SPDX-License-Identifier: Apache-2.0
#include "app/settings/expand.hpp"

#include <algorithm>

namespace peaqos::app {
namespace {

// Finds the next of some characters from rising positions, passing over the text once.
class Ahead {
 public:
  Ahead(std::string_view text, std::string_view any) : text_(text), any_(any) {}
  std::size_t from(std::size_t position) {
    if (!found_ || *found_ < position) found_ = std::min(text_.find_first_of(any_, position), text_.size());
    return *found_;
  }

 private:
  std::string_view text_;
  std::string_view any_;
  std::optional<std::size_t> found_;
};

}  // namespace

std::optional<std::string> expand(std::string_view value, const VariableLookup& variables, std::size_t limit) {
  constexpr std::string_view kOpen = "${";
  constexpr std::string_view kFallback = ":-";
  Ahead nameEnds(value, ":}");
  Ahead closes(value, "}");
  std::string out;
  std::size_t kept = 0;
  for (std::size_t open = value.find(kOpen); open != std::string_view::npos; open = value.find(kOpen, open)) {
    const std::size_t begin = open + kOpen.size();
    const std::size_t nameEnd = nameEnds.from(begin);
    const bool hasFallback = value.substr(nameEnd).starts_with(kFallback);
    const std::size_t close = hasFallback ? closes.from(nameEnd) : nameEnd;
    if (close == value.size() || value[close] != '}') {
      open = begin;
      continue;
    }
    out += value.substr(kept, open - kept);
    if (const auto known = variables(std::string(value.substr(begin, nameEnd - begin)))) {
      out += *known;
    } else if (hasFallback) {
      out += value.substr(nameEnd + kFallback.size(), close - nameEnd - kFallback.size());
    }
    if (out.size() > limit) return std::nullopt;
    kept = open = close + 1;
  }
  out += value.substr(kept);
  return out.size() > limit ? std::nullopt : std::optional(std::move(out));
}

}  // namespace peaqos::app
