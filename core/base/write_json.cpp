// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/verbatim.hpp"

namespace peaqos {
namespace {

// What follows a backslash for a character that has such a form; 0 for every other.
char shortEscape(std::uint32_t point) {
  switch (point) {
    case '"':
    case '\\': return static_cast<char>(point);
    case '\b': return 'b';
    case '\t': return 't';
    case '\n': return 'n';
    case '\f': return 'f';
    case '\r': return 'r';
    default: return 0;
  }
}

// A character of ASCII that is written as it is.
bool isPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= ' ' && byte < 0x7F && c != '"' && c != '\\';
}

class Writer {
 public:
  Writer(int indent, bool sorted, bool ascii) : indent_(indent), sorted_(sorted), ascii_(ascii) {}

  std::string take() { return std::move(out_); }

  void write(const Json& value) {
    switch (value.type()) {
      case Json::value_t::object: return writeObject(value.get_ref<const Json::object_t&>());
      case Json::value_t::array: return writeItems('[', ']', value, [this](const Json& item) { write(item); });
      case Json::value_t::string: return writeText(value.get_ref<const std::string&>());
      case Json::value_t::boolean: out_ += value.get<bool>() ? "true" : "false"; return;
      case Json::value_t::null: out_ += "null"; return;
      default: out_ += isNumber(value) ? numberText(value) : heldText(value);
    }
  }

 private:
  void writeText(std::string_view text) {
    out_ += '"';
    while (!text.empty()) {
      const auto special = std::ranges::find_if_not(text, isPlain);
      const auto plain = static_cast<std::size_t>(special - text.begin());
      out_.append(text, 0, plain);
      text.remove_prefix(plain);
      if (!text.empty()) text.remove_prefix(writeSpecial(text));
    }
    out_ += '"';
  }

  // The first character of a text, which is not plain. What is no character at all is written as U+FFFD. Returns the
  // bytes that it took.
  std::size_t writeSpecial(std::string_view text) {
    const auto character = firstCharacter(text).value_or(Character{.point = 0xFFFD, .bytes = 1});
    const std::uint32_t point = character.point;
    if (const char letter = shortEscape(point)) {
      out_ += '\\';
      out_ += letter;
    } else if (point < ' ' || ascii_) {
      if (point > 0xFFFF) writeUnit(0xD7C0 + (point >> 10));
      writeUnit(point > 0xFFFF ? 0xDC00 + (point & 0x3FF) : point);
    } else if (point == 0xFFFD) {
      out_ += "\xEF\xBF\xBD";
    } else {
      out_.append(text, 0, character.bytes);
    }
    return character.bytes;
  }

  // A unit of UTF-16.
  void writeUnit(std::uint32_t unit) {
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += "0123456789abcdef"[unit >> shift & 0xF];
  }

  void writeObject(const Json::object_t& object) {
    std::vector<const Json::object_t::value_type*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    if (sorted_) std::ranges::sort(members, {}, [](const auto* member) -> const std::string& { return member->first; });
    writeItems('{', '}', members, [this](const auto* member) {
      writeText(member->first);
      out_ += indent_ < 0 ? ":" : ": ";
      write(member->second);
    });
  }

  void writeItems(char open, char close, const auto& items, const auto& writeItem) {
    out_ += open;
    ++depth_;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      newLine();
      writeItem(item);
    }
    --depth_;
    if (!first) newLine();
    out_ += close;
  }

  void newLine() {
    if (indent_ < 0) return;
    out_ += '\n';
    out_.append(depth_ * static_cast<std::size_t>(indent_), ' ');
  }

  std::string out_;
  int indent_;
  bool sorted_;
  bool ascii_;
  std::size_t depth_ = 0;
};

std::string write(const Json& value, int indent, bool sorted, bool ascii = true) {
  Writer writer(indent, sorted, ascii);
  writer.write(value);
  return writer.take();
}

}  // namespace

std::string dumpJson(const Json& value, int indent) { return write(value, indent, false); }

std::string dumpUtf8(const Json& value) { return write(value, 2, false, false); }

std::string dumpSorted(const Json& value) { return write(value, -1, true); }

}  // namespace peaqos
