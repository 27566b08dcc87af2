// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "base/verbatim.hpp"

namespace peaqos {
namespace {

constexpr std::size_t kMaxDepth = 200;
// Subtypes of the binary nodes that hold a text of JSON.
constexpr std::uint8_t kNumberText = 1;
constexpr std::uint8_t kAnyText = 2;

bool holds(const Json& value, std::uint8_t subtype) {
  return value.is_binary() && value.get_binary().has_subtype() && value.get_binary().subtype() == subtype;
}

bool holdsNumberText(const Json& value) { return holds(value, kNumberText); }

Json holder(const std::string& text, std::uint8_t subtype) { return Json::binary({text.begin(), text.end()}, subtype); }

// Builds a value from the parser's events; the stock builder would turn exact numbers into doubles.
class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(bool strict) : strict_(strict) {}
  Json take() { return std::move(root_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool number_float(double, const std::string& text) override { return add(exactNumber(text)); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(Json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool key(std::string& name) override {
    key_ = std::move(name);
    return !strict_ || !open_.back()->contains(key_);
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  Json* place(Json value) {
    if (open_.empty()) return &(root_ = std::move(value));
    Json& parent = *open_.back();
    if (parent.is_array()) return &parent.emplace_back(std::move(value));
    return &(parent[key_] = std::move(value));
  }
  bool add(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json container) {
    if (open_.size() == kMaxDepth) return false;
    open_.push_back(place(std::move(container)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  bool strict_;
  Json root_;
  std::vector<Json*> open_;  // a container does not move while one within it is open
  std::string key_;
};

class Writer {
 public:
  Writer(int indent, bool sorted, bool ascii) : indent_(indent), sorted_(sorted), ascii_(ascii) {}

  std::string take() { return std::move(out_); }

  void write(const Json& value) {
    if (value.is_object()) {
      writeObject(value);
    } else if (value.is_array()) {
      writeArray(value);
    } else if (isNumber(value)) {
      out_ += numberText(value);
    } else if (holds(value, kAnyText)) {
      out_.append(value.get_binary().begin(), value.get_binary().end());
    } else if (value.is_string()) {
      out_ += quoted(value.get_ref<const std::string&>());
    } else {
      out_ += value.dump();
    }
  }

 private:
  std::string quoted(const std::string& text) const {
    return Json(text).dump(-1, ' ', ascii_, Json::error_handler_t::replace);
  }

  void writeObject(const Json& object) {
    std::vector<std::pair<const std::string*, const Json*>> members;
    for (const auto& [name, value] : object.items()) members.emplace_back(&name, &value);
    if (sorted_) std::ranges::sort(members, {}, [](const auto& member) { return *member.first; });
    writeItems('{', '}', members, [this](const auto& member) {
      out_ += quoted(*member.first);
      out_ += indent_ < 0 ? ":" : ": ";
      write(*member.second);
    });
  }

  void writeArray(const Json& array) {
    writeItems('[', ']', array, [this](const Json& item) { write(item); });
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

std::optional<Json> parse(std::string_view text, bool strict) {
  Builder builder(strict);
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return builder.take();
}

}  // namespace

std::optional<Json> parseJson(std::string_view text) { return parse(text, false); }

std::optional<Json> parseStrictJson(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) return std::nullopt;  // the parser would pass over it
  return parse(text, true);
}

std::string dumpJson(const Json& value, int indent) { return write(value, indent, false); }

std::string dumpUtf8(const Json& value) { return write(value, 2, false, false); }

std::string dumpSorted(const Json& value) { return write(value, -1, true); }

Json exactNumber(const std::string& digits) { return holder(digits, kNumberText); }

Json verbatim(const std::string& text) { return holder(text, kAnyText); }

bool isNumber(const Json& value) { return value.is_number() || holdsNumberText(value); }

bool isInteger(const Json& value) {
  if (!isNumber(value)) return false;
  return numberText(value).find_first_of(".eE") == std::string::npos;
}

std::string numberText(const Json& value) {
  return holdsNumberText(value) ? std::string(value.get_binary().begin(), value.get_binary().end()) : value.dump();
}

std::optional<std::int64_t> toInt64(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return value.get<std::int64_t>();
}

std::optional<std::uint64_t> toUint64(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (!value.is_number_unsigned() && value.get<std::int64_t>() < 0) return std::nullopt;
  return value.get<std::uint64_t>();
}

const Json* findMember(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(std::string(name));
  return found == object.end() ? nullptr : &*found;
}

std::string textOrEmpty(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && member->is_string() ? member->get<std::string>() : std::string();
}

}  // namespace peaqos
