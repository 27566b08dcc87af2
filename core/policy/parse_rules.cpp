// The reader of policy files: what it does not know, it refuses.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"
#include "market/chains.hpp"
#include "policy/deed.hpp"
#include "policy/repeated_member.hpp"
#include "policy/rules.hpp"

namespace peaqos::policy {
namespace {

struct Step {
  std::string_view step, operation;
};

constexpr Step kSteps[] = {{"register", "activate"},          {"mint_nft", "activate"},
                           {"machine_did", "activate"},       {"proxy_did", "activate"},
                           {"submit_event", "qualify event"}, {"submit_events", "qualify events"},
                           {"payment", "scale order"}};

constexpr std::uint64_t kVersion = 1;
constexpr char kAmountForm[] = "Give an amount as a text, such as \"0.25\", with at most 18 decimals";

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  Rules read(const Json& root) const {
    members(root, "", {"version", "operations", "contracts", "recipients", "machines", "hours", "amounts", "fees"});
    const Json* version = findMember(root, "version");
    if (!version || toUint64(*version) != kVersion) throw bad("version", "is not 1", "Add \"version\": 1");
    return {.operations = list<std::string>(root, "operations", &Reader::operation),
            .contracts = list<evm::Address>(root, "contracts", &Reader::address),
            .recipients = list<evm::Address>(root, "recipients", &Reader::address),
            .machines = list<Machine>(root, "machines", &Reader::machine),
            .amounts = currencies(root, "amounts", true),
            .fees = currencies(root, "fees", false),
            .hours = hours(root)};
  }

  Error bad(const std::string& path, const std::string& problem, std::string hint = {}) const {
    return configurationError("BAD_POLICY",
                              "Invalid policy " + file_ + ": " + (path.empty() ? "" : printable(path) + " ") + problem,
                              std::move(hint));
  }

 private:
  void members(const Json& value, const std::string& path, std::initializer_list<std::string_view> known) const {
    if (!value.is_object()) throw bad(path, "is not an object");
    for (const auto& [name, member] : value.items()) {
      if (std::ranges::find(known, name) != known.end()) continue;
      const std::vector<std::string> names(known.begin(), known.end());
      throw bad(below(path, name), "is not known", "Use " + join(names, ", "));
    }
  }

  std::string text(const Json& value, const std::string& path) const {
    if (!value.is_string()) throw bad(path, "is not a text");
    return value.get<std::string>();
  }

  template <typename T>
  std::optional<std::vector<T>> list(const Json& object, const char* name,
                                     T (Reader::*item)(const Json& value, const std::string& path) const,
                                     const std::string& path = {}) const {
    const Json* value = findMember(object, name);
    if (!value) return std::nullopt;
    const std::string place = below(path, name);
    if (!value->is_array()) throw bad(place, "is not a list");
    std::vector<T> out;
    for (std::size_t i = 0; i < value->size(); ++i) out.push_back((this->*item)((*value)[i], below(place, i)));
    return out;
  }

  std::string operation(const Json& value, const std::string& path) const {
    const std::string name = text(value, path);
    const auto known = operations();
    if (std::ranges::find(known, name) != known.end()) return name;
    throw bad(path, "is no command that signs a transaction: '" + printable(name) + "'", "Use " + join(known, ", "));
  }

  evm::Address address(const Json& value, const std::string& path) const {
    const std::string given = text(value, path);
    if (const auto address = evm::parseAddress(given)) return *address;
    throw bad(path, "is not an address: '" + printable(given) + "'", "Give 0x and 40 hexadecimal digits");
  }

  Machine machine(const Json& value, const std::string& path) const {
    const std::string given = isInteger(value) ? numberText(value) : text(value, path);
    if (const auto account = evm::parseAddress(given)) return {.account = account};
    if (trim(given).empty()) throw bad(path, "is blank", "Give a machine's ID, or its account");
    return {.id = evm::U256::fromDecimal(given), .name = given};
  }

  std::optional<evm::U256> amount(const Json& object, const char* name, const std::string& path) const {
    const Json* value = findMember(object, name);
    if (!value) return std::nullopt;
    const std::string place = below(path, name);
    if (!value->is_string()) throw bad(place, "is not a text", kAmountForm);
    const auto given = value->get<std::string>();
    if (const auto units = evm::parseUnits(given, kDecimals)) return units;
    throw bad(place, "is not an amount: '" + printable(given) + "'", kAmountForm);
  }

  Limits limits(const Json& object, const std::string& path) const {
    return {.perTransaction = amount(object, "perTransaction", path),
            .perHour = amount(object, "perHour", path),
            .perDay = amount(object, "perDay", path),
            .askAbove = amount(object, "askAbove", path)};
  }

  std::uint64_t chain(const Json& value, const std::string& path) const {
    const auto number =
        value.is_string() ? market::evmChainId(market::toCaip2(value.get<std::string>())) : toUint64(value);
    if (number && *number != 0) return *number;
    throw bad(path, "is no EVM chain", "Give its number, such as 8453, or a name: " + market::chainAliases());
  }

  const Json& need(const Json& object, const char* name, const std::string& path) const {
    if (const Json* value = findMember(object, name)) return *value;
    throw bad(below(path, name), "is missing");
  }

  Token token(const Json& value, const std::string& path) const {
    members(value, path, {"chain", "address", "decimals"});
    const auto decimals = toUint64(need(value, "decimals", path));
    if (!decimals || *decimals > kDecimals) throw bad(below(path, "decimals"), "is not a number from 0 to 18");
    return {.chainId = chain(need(value, "chain", path), below(path, "chain")),
            .address = address(need(value, "address", path), below(path, "address")),
            .decimals = static_cast<unsigned>(*decimals)};
  }

  std::optional<std::vector<Currency>> currencies(const Json& root, const char* name, bool withTokens) const {
    const Json* value = findMember(root, name);
    if (!value) return std::nullopt;
    if (!value->is_object()) throw bad(name, "is not an object");
    std::vector<Currency> out;
    for (const auto& [currency, rule] : value->items()) {
      const std::string path = below(name, currency);
      if (withTokens) {
        members(rule, path, {"perTransaction", "perHour", "perDay", "askAbove", "tokens"});
      } else {
        members(rule, path, {"perTransaction", "perHour", "perDay", "askAbove"});
      }
      auto tokens = list<Token>(rule, "tokens", &Reader::token, path);
      if (tokens && tokens->empty())
        throw bad(below(path, "tokens"), "is empty", "Leave it out for a chain's own coin");
      refuseUnknownCoin(currency, tokens.has_value(), path);
      refuseTwice(out, tokens.value_or(std::vector<Token>()), below(path, "tokens"));
      out.push_back(
          {.name = currency, .tokens = std::move(tokens).value_or(std::vector<Token>()), .limits = limits(rule, path)});
    }
    return out;
  }

  void refuseUnknownCoin(const std::string& name, bool hasTokens, const std::string& path) const {
    const auto known = coinNames();
    if (hasTokens || std::ranges::find(known, name) != known.end()) return;
    throw bad(path, "is no coin of a chain",
              "Coins are " + join(known, ", ") + "; in amounts, name a token's contracts in tokens");
  }

  // One token belongs to one sum.
  void refuseTwice(const std::vector<Currency>& others, const std::vector<Token>& tokens,
                   const std::string& path) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto same = [&](const Token& other) {
        return other.chainId == tokens[i].chainId && other.address == tokens[i].address;
      };
      bool twice = std::any_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(i), same);
      for (const Currency& other : others) twice = twice || std::ranges::any_of(other.tokens, same);
      if (twice) throw bad(below(path, i), "is named twice");
    }
  }

  int minute(const Json& value, const std::string& path) const {
    const std::string given = text(value, path);
    const auto digit = [&](std::size_t at) { return given[at] >= '0' && given[at] <= '9'; };
    const bool shaped = given.size() == 5 && given[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
    const auto pair = [&](std::size_t at) { return (given[at] - '0') * 10 + given[at + 1] - '0'; };
    if (shaped && pair(3) < 60 && (pair(0) < 24 || given == "24:00")) return pair(0) * 60 + pair(3);
    throw bad(path, "is not a time: '" + printable(given) + "'", "Give hours and minutes of UTC, such as \"06:30\"");
  }

  std::optional<Hours> hours(const Json& root) const {
    const Json* value = findMember(root, "hours");
    if (!value) return std::nullopt;
    members(*value, "hours", {"from", "to"});
    const Hours out{.from = minute(need(*value, "from", "hours"), "hours.from"),
                    .to = minute(need(*value, "to", "hours"), "hours.to")};
    if (out.from == out.to) throw bad("hours", "begins and ends at the same time", "Leave it out to allow every hour");
    return out;
  }

  const std::string file_;
};

}  // namespace

bool Rules::counts() const {
  const auto counted = [](const std::optional<std::vector<Currency>>& currencies) {
    return currencies && std::ranges::any_of(*currencies, [](const Currency& currency) {
             return currency.limits.perHour || currency.limits.perDay;
           });
  };
  return counted(amounts) || counted(fees);
}

bool Rules::asks() const {
  const auto asking = [](const std::optional<std::vector<Currency>>& currencies) {
    return currencies && std::ranges::any_of(*currencies, [](const Currency& currency) {
             return currency.limits.askAbove.has_value();
           });
  };
  return asking(amounts) || asking(fees);
}

Rules parseRules(std::string_view text, const std::string& file) {
  const Reader reader(file);
  const auto root = parseJson(text);
  if (!root) throw reader.bad("", "it is not JSON", "Check it with a JSON reader");
  if (!root->is_object()) throw reader.bad("", "it is not a JSON object");
  if (!parseStrictJson(text)) {
    const auto repeated = repeatedMember(text);
    throw repeated ? reader.bad(*repeated, "is there twice") : reader.bad("", "it begins with a byte order mark");
  }
  return reader.read(*root);
}

std::vector<std::string> operations() {
  std::vector<std::string> names;
  for (const auto& [step, operation] : kSteps) {
    if (names.empty() || names.back() != operation) names.emplace_back(operation);
  }
  return names;
}

std::string operationOf(std::string_view step) {
  const auto found = std::ranges::find(kSteps, step, &Step::step);
  return found == std::end(kSteps) ? std::string() : std::string(found->operation);
}

}  // namespace peaqos::policy
