// SPDX-License-Identifier: Apache-2.0
#include "peaq/mcr_api.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/task_group.hpp"
#include "base/text.hpp"
#include "evm/rate_limit.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"
#include "peaq/machine_did.hpp"
#include "peaq/mcr_refusal.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::string_view kRatings[] = {"AAA", "AA", "A", "BBB", "BB", "B", "NR", "Provisioned"};
constexpr std::string_view kBondStates[] = {"bonded", "unbonded"};
constexpr std::string_view kTrends[] = {"up", "stable", "down", "insufficient"};
constexpr std::string_view kAmountStates[] = {"ok", "unsupported_currency", "fx_unavailable"};
constexpr std::int64_t kAnySign = std::numeric_limits<std::int64_t>::min();

constexpr Field kRatingFields[] = {
    {.name = "did", .type = FieldType::NonEmptyText},
    {.name = "machine_id", .type = FieldType::Integer},
    {.name = "mcr_score", .type = FieldType::Integer, .absence = Absence::ZeroForIt, .most = 100},
    {.name = "mcr", .type = FieldType::OneOf, .words = kRatings},
    {.name = "mcr_degraded", .type = FieldType::Boolean},
    {.name = "bond_status", .type = FieldType::OneOf, .words = kBondStates},
    {.name = "negative_flag", .type = FieldType::Boolean},
    {.name = "event_count", .type = FieldType::Integer},
    {.name = "revenue_event_count", .type = FieldType::Integer},
    {.name = "activity_event_count", .type = FieldType::Integer},
    {.name = "revenue_trend", .type = FieldType::OneOf, .words = kTrends},
    {.name = "total_revenue", .type = FieldType::Number},
    {.name = "average_revenue_per_event", .type = FieldType::Number},
    {.name = "last_updated", .type = FieldType::Integer, .absence = Absence::NullForIt},
};

// As the API has them for machines of the second generation: ids are texts, and what cannot be said is null.
constexpr Field kRatingFields2[] = {
    {.name = "did", .type = FieldType::NonEmptyText},
    {.name = "machine_id", .type = FieldType::NonEmptyText},
    {.name = "mcr_score", .type = FieldType::Integer, .most = 100},
    {.name = "mcr", .type = FieldType::OneOf, .words = kRatings},
    {.name = "mcr_degraded", .type = FieldType::Boolean},
    {.name = "bond_status", .type = FieldType::OneOf, .words = kBondStates},
    {.name = "negative_flag", .type = FieldType::Boolean},
    {.name = "event_count", .type = FieldType::Integer},
    {.name = "revenue_event_count", .type = FieldType::Integer},
    {.name = "activity_event_count", .type = FieldType::Integer},
    {.name = "revenue_trend", .type = FieldType::OneOf, .absence = Absence::NullAllowed, .words = kTrends},
    {.name = "total_revenue", .type = FieldType::Number},
    {.name = "average_revenue_per_event", .type = FieldType::Number, .absence = Absence::NullAllowed},
    {.name = "last_updated", .type = FieldType::Integer, .absence = Absence::NullForIt},
    {.name = "home_chain", .type = FieldType::Integer, .absence = Absence::LeftOut},
    {.name = "rating_unavailable", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
};

constexpr Field kMachineFields[] = {
    {.name = "schema_version", .type = FieldType::NonEmptyText},
    {.name = "name", .type = FieldType::Text},
    {.name = "peaqos", .type = FieldType::Object},
};

constexpr Field kProfileFields[] = {
    {.name = "machine_id", .type = FieldType::Integer},
    {.name = "did", .type = FieldType::NonEmptyText},
    {.name = "operator", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "mcr", .type = FieldType::OneOf, .words = kRatings},
    {.name = "mcr_score", .type = FieldType::Integer, .absence = Absence::ZeroForIt, .most = 100},
    {.name = "bond_status", .type = FieldType::OneOf, .words = kBondStates},
    {.name = "negative_flag", .type = FieldType::Boolean},
    {.name = "event_count", .type = FieldType::Integer},
    {.name = "data_visibility", .type = FieldType::NonEmptyText},
    {.name = "documentation_url", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "data_api", .type = FieldType::Text, .absence = Absence::LeftOut},
    {.name = "event_data", .type = FieldType::Array, .absence = Absence::LeftOut},
    {.name = "partner_data", .type = FieldType::Object, .absence = Absence::LeftOut},
    {.name = "partner_data_error", .type = FieldType::Text, .absence = Absence::LeftOut},
};

// Owner and controller are addresses of the chain that the machine lives on.
constexpr Field kProfileFields2[] = {
    {.name = "machine_id", .type = FieldType::NonEmptyText},
    {.name = "did", .type = FieldType::NonEmptyText},
    {.name = "operator", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "owner", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "controller", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "machine_type", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "mcr", .type = FieldType::OneOf, .words = kRatings},
    {.name = "mcr_score", .type = FieldType::Integer, .most = 100},
    {.name = "bond_status", .type = FieldType::OneOf, .words = kBondStates},
    {.name = "negative_flag", .type = FieldType::Boolean},
    {.name = "event_count", .type = FieldType::Integer},
    {.name = "home_chain", .type = FieldType::Integer, .absence = Absence::LeftOut},
    {.name = "relocating", .type = FieldType::Boolean, .absence = Absence::LeftOut},
    {.name = "rating_unavailable", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "data_visibility", .type = FieldType::NonEmptyText},
    {.name = "documentation_url", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "data_api", .type = FieldType::Text, .absence = Absence::LeftOut},
    {.name = "event_data", .type = FieldType::Array, .absence = Absence::LeftOut},
    {.name = "partner_data", .type = FieldType::Object, .absence = Absence::LeftOut},
    {.name = "partner_data_error", .type = FieldType::Text, .absence = Absence::LeftOut},
};

constexpr Field kActivityFields[] = {
    {.name = "event_type", .type = FieldType::Integer, .most = 1},
    {.name = "origin_value", .type = FieldType::Integer, .least = kAnySign},
    {.name = "timestamp", .type = FieldType::Integer, .least = kAnySign},
    {.name = "trust_level", .type = FieldType::Integer, .least = kAnySign},
    {.name = "metadata", .type = FieldType::Object},
};

constexpr Field kRevenueFields[] = {
    {.name = "event_type", .type = FieldType::Integer, .most = 1},
    {.name = "origin_value", .type = FieldType::Integer, .least = kAnySign},
    {.name = "timestamp", .type = FieldType::Integer, .least = kAnySign},
    {.name = "trust_level", .type = FieldType::Integer, .least = kAnySign},
    {.name = "metadata", .type = FieldType::Object},
    {.name = "origin_currency", .type = FieldType::NonEmptyText},
    {.name = "usd_value", .type = FieldType::Integer, .absence = Absence::NullAllowed},
    {.name = "origin_subunit", .type = FieldType::Integer, .absence = Absence::NullAllowed, .least = 1},
    {.name = "usd_subunit", .type = FieldType::Integer, .least = 100, .most = 100},
    {.name = "amount_status", .type = FieldType::OneOf, .words = kAmountStates},
};

constexpr std::string_view kRevenueOnly[] = {"origin_currency", "usd_value", "origin_subunit", "usd_subunit",
                                             "amount_status"};

Json conformEvent(const Json& event, const std::string& where) {
  const Json* type = findMember(event, "event_type");
  if (type && toInt64(*type) == 0) return conformEntry(event, kRevenueFields, where, "event_data");
  Json activity = conformEntry(event, kActivityFields, where, "event_data");
  for (const std::string_view member : kRevenueOnly) activity.erase(std::string(member));
  return activity;
}

constexpr Field kFleetFields[] = {
    {.name = "operator_did", .type = FieldType::NonEmptyText},
    {.name = "machines", .type = FieldType::Array},
    {.name = "pagination", .type = FieldType::Object},
};

constexpr Field kFleetMachineFields[] = {
    {.name = "did", .type = FieldType::NonEmptyText},
    {.name = "machine_id", .type = FieldType::Integer},
    {.name = "mcr_score", .type = FieldType::Integer, .absence = Absence::ZeroForIt, .most = 100},
    {.name = "mcr", .type = FieldType::OneOf, .words = kRatings},
    {.name = "negative_flag", .type = FieldType::Boolean},
};

constexpr Field kFleetMachineFields2[] = {
    {.name = "did", .type = FieldType::NonEmptyText},
    {.name = "machine_id", .type = FieldType::NonEmptyText},
    {.name = "mcr_score", .type = FieldType::Integer, .most = 100},
    {.name = "mcr", .type = FieldType::OneOf, .words = kRatings},
    {.name = "negative_flag", .type = FieldType::Boolean},
};

constexpr Field kPaginationFields[] = {
    {.name = "offset", .type = FieldType::Integer},
    {.name = "limit", .type = FieldType::Integer},
    {.name = "total", .type = FieldType::Integer},
};

// An answer about another machine than the one asked for is worse than none.
void checkIdentity(const Json& machine, const std::string& did, const std::string& where) {
  const auto id = v2::parseMachineId(textOrEmpty(machine, "machine_id"));
  if (id && v2::machineDid(*id) == did && textOrEmpty(machine, "did") == did) return;
  throw networkError("BAD_RESPONSE",
                     where + " sent an answer whose 'did' and 'machine_id' are not those of " + printable(did),
                     "Check that the URL points at a peaqOS API of this version");
}

// An entry of a list, by the generation of its DID.
Json conformFleetMachine(const Json& entry, const std::string& where) {
  const std::string did = entry.is_object() ? textOrEmpty(entry, "did") : std::string();
  if (generationOf(did) == Generation::First) return conformEntry(entry, kFleetMachineFields, where, "machines");
  Json machine = conformEntry(entry, kFleetMachineFields2, where, "machines");
  checkIdentity(machine, did, where);
  return machine;
}

// The pages of a fleet, in their order.
class FleetPages {
 public:
  explicit FleetPages(McrApi::FleetPage page) : page_(std::move(page)) {}

  // Hands on the machines that are new. Returns whether the page was full, so that the pages behind it are where they
  // are asked for.
  bool take(Json page) {
    const Json pagination = std::move(page["pagination"]);
    Json machines = newOnes(page["machines"]);
    const std::uint64_t limit = toUint64(pagination["limit"]).value_or(0);
    length_ = limit == 0 ? machines.size() : limit;
    total_ = toUint64(pagination["total"]).value_or(0);
    count_ += machines.size();
    over_ = machines.empty();
    full_ = machines.size() == length_;
    page_(textOrEmpty(page, "operator_did"), std::move(machines));
    return full_ && !over_;
  }

  bool complete() const { return over_ || count_ >= total_; }
  std::size_t count() const { return count_; }
  // How many of the pages that are left can be asked for together, at most `most`.
  std::size_t left(std::size_t most) const {
    const std::uint64_t pages = (total_ - count_ - 1) / length_ + 1;
    return full_ ? static_cast<std::size_t>(std::min<std::uint64_t>(pages, most)) : 1;
  }
  // Of the page that many behind the next.
  std::string query(std::size_t ahead) const {
    return "?offset=" + std::to_string(count_ + ahead * length_) + "&limit=" + std::to_string(length_);
  }

 private:
  Json newOnes(Json& entries) {
    Json machines = Json::array();
    for (Json& entry : entries) {
      Json machine = conformFleetMachine(entry, "the MCR API");
      entry = nullptr;  // a long page is not kept twice
      if (known_.insert(machine["did"].get<std::string>()).second) machines.push_back(std::move(machine));
    }
    return machines;
  }

  McrApi::FleetPage page_;
  std::set<std::string> known_;
  std::size_t count_ = 0;                 // machines so far
  std::uint64_t length_ = 0, total_ = 0;  // of a page, of the list
  bool full_ = false;                     // the last page was as long as a page can be
  bool over_ = false;                     // it brought nothing
};

Task<void> into(Json& place, Task<Json> task) { place = co_await std::move(task); }

}  // namespace

FieldTable ratingFields(Generation generation) {
  return generation == Generation::First ? FieldTable(kRatingFields) : FieldTable(kRatingFields2);
}
FieldTable machineProfileFields() { return kMachineFields; }
FieldTable profileFields(Generation generation) {
  return generation == Generation::First ? FieldTable(kProfileFields) : FieldTable(kProfileFields2);
}
FieldTable fleetFields() { return kFleetFields; }
FieldTable fleetMachineFields(Generation generation) {
  return generation == Generation::First ? FieldTable(kFleetMachineFields) : FieldTable(kFleetMachineFields2);
}
FieldTable paginationFields() { return kPaginationFields; }

Task<Json> McrApi::get2(std::string path, std::string operation, std::string subject) {
  const std::string url = host::joinUrl(baseUrl_, path);
  const auto response = co_await http_.get(url);
  const auto answer = parseJson(asText(response.body));
  if (response.status == 200 && answer) co_return *answer;
  if (response.status != 200) throw mcrRefusal(response.status, answer, operation, subject);
  throw networkError("BAD_RESPONSE", "the MCR API at " + host::redactUrl(url) + " sent an answer that is not JSON",
                     "Check PEAQOS_MCR_API_URL");
}

Task<Json> McrApi::get(std::string path, std::string subject) {
  const std::string url = host::joinUrl(baseUrl_, path);
  const std::string shown = host::redactUrl(url);
  const auto response = co_await http_.get(url);
  const auto answer = parseJson(asText(response.body));
  if (response.status == 200 && answer) co_return *answer;

  const auto after = evm::retryAfter(response, http_.clock().now() / 1'000'000).value_or(std::chrono::milliseconds(0));
  const Json* detail = answer ? findMember(*answer, "detail") : nullptr;
  const std::string words = detail && detail->is_string() ? ": " + oneLine(detail->get<std::string>()) : "";
  if (response.status == 404) {
    throw networkError("NOT_FOUND", subject + " is not known to the MCR API",
                       "Check the DID; a machine activated a moment ago may take a minute to appear");
  }
  if (response.status == 503) {
    throw evm::RateLimitError(
        networkError("SERVICE_UNAVAILABLE", "the MCR API is unavailable" + words, "Try again in a few minutes"), after);
  }
  if (response.status == 200) {
    throw networkError("BAD_RESPONSE", "the MCR API at " + shown + " sent an answer that is not JSON",
                       "Check PEAQOS_MCR_API_URL");
  }
  Error error =
      networkError(response.status >= 500 ? "SERVER_ERROR" : "HTTP_ERROR",
                   "the MCR API answered with HTTP status " + std::to_string(response.status) + " at " + shown + words,
                   "Check PEAQOS_MCR_API_URL, then try again");
  if (evm::asksToWait(response.status)) throw evm::RateLimitError(std::move(error), after);
  throw error;
}

Task<Json> McrApi::rating(std::string did) {
  const std::string where = "the MCR API";
  if (generationOf(did) == Generation::First) {
    co_return conform(co_await get("/mcr/" + did, "machine " + did), kRatingFields, where);
  }
  Json answer = conform(co_await get2("/mcr/" + did, "rating", "machine " + did), kRatingFields2, where);
  checkIdentity(answer, did, where);
  co_return answer;
}

Task<Json> McrApi::profile(std::string did) {
  const std::string where = "the MCR API";
  const bool first = generationOf(did) == Generation::First;
  const std::string path = "/machine/" + did;
  const std::string subject = "machine " + did;
  const Json answer = first ? co_await get(path, subject) : co_await get2(path, "profile", subject);
  Json machine = conform(answer, kMachineFields, where);
  Json profile = conform(machine["peaqos"], first ? FieldTable(kProfileFields) : FieldTable(kProfileFields2), where);
  if (!first) checkIdentity(profile, did, where);
  if (Json* events = profile.contains("event_data") ? &profile["event_data"] : nullptr) {
    for (Json& event : *events) event = conformEvent(event, where);
  }
  machine["peaqos"] = std::move(profile);
  co_return machine;
}

Task<Json> McrApi::operatorMachines(std::string did) {
  Json fleet{{"operator_did", nullptr}, {"machines", Json::array()}};
  Json pagination = co_await readFleet(std::move(did), [&](const std::string& operatorDid, Json machines) {
    fleet["operator_did"] = operatorDid;
    for (Json& machine : machines) fleet["machines"].push_back(std::move(machine));
  });
  fleet["pagination"] = std::move(pagination);
  co_return fleet;
}

Task<Json> McrApi::fleetPage(std::string did, std::string query) {
  const std::string where = "the MCR API";
  Json page = conform(co_await get("/operator/" + did + "/machines" + query, "operator " + did), kFleetFields, where);
  page["pagination"] = conform(page["pagination"], kPaginationFields, where);
  co_return page;
}

Task<Json> McrApi::readFleet(std::string did, FleetPage page) {
  constexpr std::size_t kAtOnce = 8;
  FleetPages pages(std::move(page));
  pages.take(co_await fleetPage(did, {}));
  while (!pages.complete()) {
    std::vector<Json> next(pages.left(kAtOnce));
    TaskGroup group(kAtOnce);
    for (std::size_t i = 0; i < next.size(); ++i) co_await group.run(into(next[i], fleetPage(did, pages.query(i))));
    co_await group.join();
    for (Json& each : next) {
      if (!pages.take(std::move(each))) break;  // the others do not follow on it: they are asked for again
    }
  }
  co_return Json{{"offset", 0}, {"limit", pages.count()}, {"total", pages.count()}};
}

}  // namespace peaqos::peaq
