// SPDX-License-Identifier: Apache-2.0
#include <yyjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "base/strict_json.hpp"

namespace peaqos {
namespace {

constexpr std::size_t kMaxDepth = 200;
constexpr std::size_t kFewMembers = 16;  // below it, looking at each member is faster than anything else
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A whole number that fits.
template <typename Number>
std::optional<Number> wholeFrom(const std::string& digits) {
  Number number{};
  const char* const end = digits.data() + digits.size();
  const auto [read, problem] = std::from_chars(digits.data(), end, number);
  return problem == std::errc() && read == end ? std::optional(number) : std::nullopt;
}

// A number as it is kept; nothing for one that no double comes near, which readers of JSON take for an error or
// infinity.
std::optional<Json> numberFrom(const std::string& digits) {
  if (const auto natural = wholeFrom<std::uint64_t>(digits)) return *natural;
  if (const auto integer = wholeFrom<std::int64_t>(digits)) return *integer;
  if (!std::isfinite(std::strtod(digits.c_str(), nullptr))) return std::nullopt;
  return exactNumber(digits);
}

std::string_view viewOf(yyjson_val* value) { return {yyjson_get_str(value), yyjson_get_len(value)}; }
std::string textFrom(yyjson_val* value) { return std::string(viewOf(value)); }

// For each member of an object the number, from 0, of the first one that has its name. By sorting, since a sender who
// knows a hash function can choose names that make hashing slow.
std::vector<std::size_t> firstsOfName(yyjson_val* object) {
  std::vector<std::string_view> names;
  names.reserve(yyjson_obj_size(object));
  yyjson_obj_iter keys = yyjson_obj_iter_with(object);
  while (yyjson_val* key = yyjson_obj_iter_next(&keys)) names.push_back(viewOf(key));
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::tuple(names[i], i); });
  std::vector<std::size_t> firsts(names.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool repeats = i > 0 && names[order[i]] == names[order[i - 1]];
    firsts[order[i]] = repeats ? firsts[order[i - 1]] : order[i];
  }
  return firsts;
}

// Makes values of what yyjson has read; false for what it accepts and this core does not.
class Builder {
 public:
  explicit Builder(bool strict) : strict_(strict) {}

  // `depth`: the containers around the value.
  bool build(yyjson_val* value, Json& out, std::size_t depth = 0) {
    if (depth == kMaxDepth && yyjson_is_ctn(value)) return false;
    switch (yyjson_get_type(value)) {
      case YYJSON_TYPE_OBJ: return buildObject(value, out = Json::object(), depth + 1);
      case YYJSON_TYPE_ARR: return buildArray(value, out = Json::array(), depth + 1);
      case YYJSON_TYPE_STR: out = textFrom(value); return true;
      case YYJSON_TYPE_BOOL: out = yyjson_get_bool(value); return true;
      case YYJSON_TYPE_RAW: return buildNumber({yyjson_get_raw(value), yyjson_get_len(value)}, out);
      default: return true;
    }
  }

  const std::string& repeated() const { return repeated_; }

 private:
  // The last of two members of one name counts, at the place of the first.
  bool buildObject(yyjson_val* object, Json& out, std::size_t depth) {
    auto& members = out.get_ref<Json::object_t&>();
    members.reserve(yyjson_obj_size(object));
    if (yyjson_obj_size(object) > kFewMembers) return buildMembers(object, members, depth);
    yyjson_obj_iter keys = yyjson_obj_iter_with(object);
    while (yyjson_val* key = yyjson_obj_iter_next(&keys)) {
      const auto [member, isNew] = members.emplace(textFrom(key), nullptr);
      if (!isNew && strict_) return repeats(key);
      member->second = nullptr;
      if (!build(yyjson_obj_iter_get_val(key), member->second, depth)) return below(textFrom(key));
    }
    return true;
  }

  // As above, for an object of many members: Json::object_t looks for each name among all that it has.
  bool buildMembers(yyjson_val* object, Json::object_t& members, std::size_t depth) {
    std::vector<std::size_t> places = firstsOfName(object);
    yyjson_obj_iter keys = yyjson_obj_iter_with(object);
    for (std::size_t i = 0; i < places.size(); ++i) {
      yyjson_val* const key = yyjson_obj_iter_next(&keys);
      const bool isNew = places[i] == i;
      if (!isNew && strict_) return repeats(key);
      places[i] = isNew ? members.size() : places[places[i]];  // from here on, where it stands among `members`
      if (isNew) members.emplace_back(textFrom(key), nullptr);
      Json& value = (members.begin() + static_cast<std::ptrdiff_t>(places[i]))->second;
      value = nullptr;
      if (!build(yyjson_obj_iter_get_val(key), value, depth)) return below(textFrom(key));
    }
    return true;
  }

  bool buildArray(yyjson_val* array, Json& out, std::size_t depth) {
    out.get_ref<Json::array_t&>().reserve(yyjson_arr_size(array));
    yyjson_arr_iter items = yyjson_arr_iter_with(array);
    while (yyjson_val* item = yyjson_arr_iter_next(&items)) {
      if (!build(item, out.emplace_back(nullptr), depth)) return below("[" + std::to_string(out.size() - 1) + "]");
    }
    return true;
  }

  static bool buildNumber(const std::string& digits, Json& out) {
    auto number = numberFrom(digits);
    if (number) out = std::move(*number);
    return number.has_value();
  }

  // A member that is there twice, and then the way to it, from the inside out.
  bool repeats(yyjson_val* key) {
    repeated_ = textFrom(key);
    return false;
  }
  bool below(const std::string& step) {
    if (!repeated_.empty()) repeated_ = step + (repeated_.starts_with('[') ? "" : ".") + repeated_;
    return false;
  }

  bool strict_;
  std::string repeated_;
};

StrictJson parse(std::string_view text, bool strict) {
  const std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)> document(
      yyjson_read(text.data(), text.size(), YYJSON_READ_NUMBER_AS_RAW), yyjson_doc_free);
  Json value;
  Builder builder(strict);
  if (!document || !builder.build(yyjson_doc_get_root(document.get()), value)) {
    return {.value = std::nullopt, .repeated = builder.repeated()};
  }
  return {.value = std::move(value)};
}

}  // namespace

std::optional<Json> parseJson(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return parse(text, false).value;
}

std::optional<Json> parseStrictJson(std::string_view text) { return parse(text, true).value; }

StrictJson readStrictJson(std::string_view text) { return parse(text, true); }

}  // namespace peaqos
