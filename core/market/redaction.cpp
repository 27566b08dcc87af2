// SPDX-License-Identifier: Apache-2.0
#include "market/redaction.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/object_builder.hpp"

namespace peaqos::market {
namespace {

constexpr std::string_view kReplacement = "[REDACTED]";
constexpr std::size_t kShortest = 4;

std::string lowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool speaksOfSecret(std::string_view name) {
  constexpr std::array<std::string_view, 6> kWords = {"token", "key", "secret", "password", "credential", "auth"};
  const std::string lower = lowerCase(name);
  return std::ranges::any_of(kWords, [&](auto word) { return lower.find(word) != std::string::npos; });
}

std::string_view textOf(const Secret& secret) {
  return {reinterpret_cast<const char*>(secret.expose().data()), secret.expose().size()};
}

}  // namespace

void Redactor::hide(BytesView value) {
  if (value.size() < kShortest) return;
  const auto place = std::ranges::find_if(hidden_, [&](const Secret& s) { return s.expose().size() < value.size(); });
  hidden_.insert(place, Secret(value));
}

void Redactor::hideTexts(const Json& value) {
  if (value.is_string()) hide(asBytes(value.get_ref<const std::string&>()));
  if (!value.is_structured()) return;
  for (const Json& item : value) hideTexts(item);
}

std::string Redactor::clean(std::string text) const {
  for (const Secret& secret : hidden_) {
    const std::string_view value = textOf(secret);
    std::string cleaned;
    std::size_t kept = 0;
    for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, kept)) {
      cleaned.append(text, kept, at - kept).append(kReplacement);
      kept = at + value.size();
    }
    if (kept > 0) text = std::move(cleaned.append(text, kept));
  }
  return text;
}

Json Redactor::clean(const Json& value) const {
  if (value.is_string()) return clean(value.get<std::string>());
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& item : value) out.push_back(clean(item));
    return out;
  }
  if (!value.is_object()) return value;
  ObjectBuilder out;
  for (const auto& [name, item] : value.items()) {
    out.set(clean(name), speaksOfSecret(name) ? Json(kReplacement) : clean(item));
  }
  return out.take();
}

}  // namespace peaqos::market
