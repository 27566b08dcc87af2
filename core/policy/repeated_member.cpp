// SPDX-License-Identifier: Apache-2.0
#include "policy/repeated_member.hpp"

#include <set>

#include "base/json.hpp"

namespace peaqos::policy {
namespace {

class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  // The reader of JSON has checked the text: what follows is one value.
  std::optional<std::string> value(const std::string& path) {
    skipBlanks();
    if (peek() == '{') return object(path);
    if (peek() == '[') return array(path);
    if (peek() == '"') {
      literal();
      return std::nullopt;
    }
    while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(peek()) == std::string_view::npos) ++at_;
    return std::nullopt;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skipBlanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(peek()) != std::string_view::npos) ++at_;
  }
  bool take(char wanted) {
    skipBlanks();
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  // A string in its quotes, escapes as they are written.
  std::string_view literal() {
    const std::size_t start = at_++;
    while (at_ < text_.size() && peek() != '"') at_ += peek() == '\\' ? 2 : 1;
    ++at_;
    return text_.substr(start, at_ - start);
  }

  std::optional<std::string> object(const std::string& path) {
    ++at_;
    std::set<std::string> names;
    while (!take('}') && at_ < text_.size()) {
      skipBlanks();
      const auto name = parseJson(literal());
      const std::string member = name && name->is_string() ? name->get<std::string>() : std::string();
      const std::string place = below(path, member);
      if (!names.insert(member).second) return place;
      take(':');
      if (auto found = value(place)) return found;
      take(',');
    }
    return std::nullopt;
  }

  std::optional<std::string> array(const std::string& path) {
    ++at_;
    for (std::size_t index = 0; !take(']') && at_ < text_.size(); ++index) {
      if (auto found = value(below(path, index))) return found;
      take(',');
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string> repeatedMember(std::string_view text) { return Walk(text).value(""); }

std::string below(const std::string& path, std::string_view member) {
  return path.empty() ? std::string(member) : path + "." + std::string(member);
}

std::string below(const std::string& path, std::size_t index) { return path + "[" + std::to_string(index) + "]"; }

}  // namespace peaqos::policy
