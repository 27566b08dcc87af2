// SPDX-License-Identifier: Apache-2.0
#include "evm/rpc_answer.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "evm/rate_limit.hpp"

namespace peaqos::evm {
namespace {

bool mentionsBatch(const std::string& words) {
  return lowerCase(words).find("batch") != std::string::npos && !speaksOfRateLimit(words);
}

std::optional<std::int64_t> idOf(const Json& answer) {
  const Json* id = findMember(answer, "id");
  if (!id) return std::nullopt;
  if (!id->is_string()) return toInt64(*id);
  const auto number = parseJson(id->get_ref<const std::string&>());
  return number ? toInt64(*number) : std::nullopt;
}

bool hasNoId(const Json& answer) {
  const Json* id = findMember(answer, "id");
  return !id || id->is_null();
}

const Json* errorIn(const Json& answer) {
  const Json* error = findMember(answer, "error");
  return error && !error->is_null() ? error : nullptr;
}

std::optional<RpcReply> replyFrom(const Json& answer) {
  if (const Json* error = errorIn(answer)) return rpcErrorFrom(*error);
  if (const Json* result = findMember(answer, "result")) return *result;
  return std::nullopt;
}

// What the server says about the request as a whole: in an error of an object, or of the first member of an array that
// has one, in a bare {"message"}, or as plain text.
RpcError complaintIn(const std::optional<Json>& body, std::string_view text) {
  if (!body) return {.code = 0, .message = text.starts_with('<') ? "" : std::string(text), .data = std::nullopt};
  if (body->is_array()) {
    const auto refusal = std::ranges::find_if(*body, [](const Json& answer) { return errorIn(answer) != nullptr; });
    return refusal == body->end() ? RpcError{} : rpcErrorFrom(*errorIn(*refusal));
  }
  const Json* error = errorIn(*body);
  return rpcErrorFrom(error && (error->is_object() || error->is_string()) ? *error : *body);
}

// How many calls an array may hold, from words such as "Batch of more than 3 requests", "at most 100" or "Exceeded max
// limit of 5". Half of `count` when only its size is spoken of, and 1 when not even that.
std::size_t sizeFrom(const RpcError& complaint, std::size_t count) {
  constexpr std::size_t kNear = 20;  // characters between the phrase and its number
  constexpr std::size_t kMostDigits = 6;
  std::string words = lowerCase(complaint.message);
  if (complaint.data && complaint.data->is_string()) words += " " + lowerCase(complaint.data->get<std::string>());
  for (const std::string_view phrase : {"more than", "at most", "up to", "max", "limit"}) {
    const std::size_t at = words.find(phrase);
    if (at == std::string::npos) continue;
    const std::string near = words.substr(at + phrase.size(), kNear);
    const std::size_t digits = near.find_first_of("0123456789");
    if (digits == std::string::npos) continue;
    const std::string number = near.substr(digits, near.find_first_not_of("0123456789", digits) - digits);
    const std::size_t size = number.size() > kMostDigits ? 0 : std::stoul(number);
    if (size >= 1 && size < count) return size;
  }
  const bool ofSize =
      std::ranges::any_of(std::initializer_list<std::string_view>{"large", "big", "size", "limit", "many", "exceed"},
                          [&](auto word) { return words.find(word) != std::string::npos; });
  return ofSize ? count / 2 : 1;
}

// The replies that an array holds. Of two with one id the first counts.
void takeMembers(RpcAnswer& answer, const Json& members, std::int64_t firstId) {
  for (const Json& member : members) {
    const auto id = idOf(member);
    if (!id || *id < firstId || *id - firstId >= static_cast<std::int64_t>(answer.replies.size())) continue;
    auto& reply = answer.replies[static_cast<std::size_t>(*id - firstId)];
    if (!reply) reply = replyFrom(member);
  }
}

// Whether an object without an id answers the only call: a JSON-RPC error, behind an HTTP error status or not.
bool refusesTheCall(const Json& body, int status) {
  const Json* error = hasNoId(body) ? errorIn(body) : nullptr;
  if (!error || status >= 500 || status == 401 || status == 403) return false;
  return error->is_object() || status < 400;
}

// go-ethereum reports an array above its limit as an error of its first call, and leaves the others out.
bool refusesArray(const RpcAnswer& answer) {
  return std::ranges::all_of(answer.replies, [](const auto& reply) {
    const auto* error = reply ? std::get_if<RpcError>(&*reply) : nullptr;
    return !reply || (error && mentionsBatch(error->message));
  });
}

// Takes the rate limits out of the replies. Returns whether there were any.
bool dropLimited(RpcAnswer& answer, int status) {
  bool limited = false;
  for (auto& reply : answer.replies) {
    const auto* error = reply ? std::get_if<RpcError>(&*reply) : nullptr;
    if (!error || (!asksToWait(status) && !isRateLimit(*error))) continue;
    answer.complaint = *error;
    reply.reset();
    limited = true;
  }
  return limited;
}

// The next step after an answer without any reply.
Next afterRefusal(int status, const RpcError& complaint, std::size_t count) {
  const bool array = count > 1;
  if (array && mentionsBatch(complaint.message)) return Next::Split;
  if (asksToWait(status) || isRateLimit(complaint)) return Next::Wait;
  if (array && (status == 500 || status == 501)) return Next::TrySplit;
  if (status == 408 || status >= 500) return Next::Retry;
  return array && status != 401 && status != 404 ? Next::Split : Next::GiveUp;
}

}  // namespace

RpcAnswer readAnswer(const host::Response& response, std::int64_t firstId, std::size_t count) {
  const std::string whole = asText(response.body);
  const std::string_view text = trim(whole);
  const auto body = parseJson(text);
  RpcAnswer answer{.replies = std::vector<std::optional<RpcReply>>(count), .complaint = complaintIn(body, text)};
  if (body && count == 1 && (idOf(*body) == firstId || refusesTheCall(*body, response.status))) {
    answer.replies[0] = replyFrom(*body);
  }
  if (body && count > 1 && body->is_array()) {
    takeMembers(answer, *body, firstId);
    if (refusesArray(answer)) answer.replies.assign(count, std::nullopt);
  }
  const bool refused = std::ranges::none_of(answer.replies, [](const auto& reply) { return reply.has_value(); });
  if (refused) {
    answer.next = afterRefusal(response.status, answer.complaint, count);
    if (answer.next == Next::Split) answer.takes = sizeFrom(answer.complaint, count);
  } else if (dropLimited(answer, response.status)) {
    answer.next = Next::Wait;
  } else if (std::ranges::any_of(answer.replies, [](const auto& reply) { return !reply; })) {
    answer.next = Next::AskRest;
  }
  return answer;
}

}  // namespace peaqos::evm
