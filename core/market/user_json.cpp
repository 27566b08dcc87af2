// SPDX-License-Identifier: Apache-2.0
#include "market/user_json.hpp"

#include <span>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/verbatim.hpp"

namespace peaqos::market {
namespace {

std::string kindOf(const Json& value) {
  if (value.is_array()) return "a list";
  if (value.is_string()) return "a text";
  if (value.is_boolean()) return "true or false";
  return value.is_null() ? "null" : "a number";
}

struct Name {
  std::string_view snake;
  std::string_view wire;
};

struct Provider {
  Name name;
  std::span<const Name> members;
};

constexpr Name kWalrus[] = {
    {"publisher_url", "publisherUrl"}, {"aggregator_url", "aggregatorUrl"}, {"publisher_token", "publisherToken"}};
constexpr Name kAkash[] = {
    {"console_api_key", "consoleApiKey"}, {"console_base_url", "consoleBaseUrl"}, {"rest_endpoints", "restEndpoints"}};
constexpr Name kWorldId[] = {{"rp_id", "rpId"}, {"app_id", "appId"}, {"verify_base_url", "verifyBaseUrl"}};
constexpr Name kGeodnet[] = {{"app_id", "appId"}, {"app_key", "appKey"}, {"base_url", "baseUrl"}};
constexpr Name kAethir[] = {{"ak", "ak"}, {"sk", "sk"}, {"base_url", "baseUrl"}};

constexpr Provider kProviders[] = {{{"walrus", "walrus"}, kWalrus},
                                   {{"akash", "akash"}, kAkash},
                                   {{"world_id", "worldId"}, kWorldId},
                                   {{"geodnet", "geodnet"}, kGeodnet},
                                   {{"aethir", "aethir"}, kAethir}};

const Json* find(const Json& object, const Name& name) {
  const Json* value = findMember(object, name.snake);
  return value ? value : findMember(object, name.wire);
}

}  // namespace

Json parseUserObject(std::string_view text, const std::string& field) {
  const std::string_view byteOrderMark = "\xEF\xBB\xBF";
  auto value = text.starts_with(byteOrderMark) ? std::nullopt : parseJson(text);
  if (!value) {
    throw inputError("BAD_JSON", field + " is not JSON", "Give one JSON object, as UTF-8 without a byte order mark");
  }
  if (!value->is_object()) {
    throw inputError("BAD_JSON", field + " is " + kindOf(*value) + ", not an object", "Give one JSON object: {...}");
  }
  return std::move(*value);
}

Json verbatimUserObject(std::string_view text, const std::string& field) {
  parseUserObject(text, field);
  return verbatim(std::string(trim(text)));
}

Json providerCredentials(std::string_view text, const std::string& field) {
  const Json given = parseUserObject(text, field);
  Json out = Json::object();
  for (const Provider& provider : kProviders) {
    const Json* members = find(given, provider.name);
    if (!members || !members->is_object()) continue;
    Json known = Json::object();
    for (const Name& name : provider.members) {
      const Json* value = find(*members, name);
      if (value && !value->is_null()) known[std::string(name.wire)] = *value;
    }
    if (!known.empty()) out[std::string(provider.name.wire)] = std::move(known);
  }
  return out.empty() ? Json() : out;
}

}  // namespace peaqos::market
