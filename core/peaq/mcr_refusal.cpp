// SPDX-License-Identifier: Apache-2.0
#include "peaq/mcr_refusal.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"

namespace peaqos::peaq {
namespace {

constexpr char kElsewhere[] = "MACHINE_HOMED_ELSEWHERE";

struct Refusal {
  std::string_view code, text, hint;
};

Refusal refusalOf(int status, const std::string& serverCode) {
  if (status == 400) return {"INVALID_REQUEST", "refuses the request", "Check the DID"};
  if (status == 401 || status == 403) {
    return {"UNAUTHORIZED", "does not let this request through", "Check PEAQOS_MCR_API_URL"};
  }
  if (status == 404) {
    return {"NOT_FOUND", "does not know it",
            "Check the DID; a machine activated a moment ago may take a minute to appear"};
  }
  if (status == 409 && serverCode == kElsewhere) {
    return {kElsewhere, "says that it lives on another chain", "Ask for it there"};
  }
  if (status == 409) return {"CONFLICT", "says that its state forbids this", "Look at the machine, then try again"};
  if (status == 503) return {"SERVICE_UNAVAILABLE", "is unavailable", "Try again in a few minutes"};
  if (status >= 500) return {"SERVER_ERROR", "failed", "Try again in a few minutes"};
  return {"HTTP_ERROR", "gave an unexpected answer", "Check PEAQOS_MCR_API_URL, then try again"};
}

const Json* detailOf(const std::optional<Json>& answer) { return answer ? findMember(*answer, "detail") : nullptr; }

std::string wordsOf(const Json* detail) {
  if (!detail) return {};
  const std::string words = oneLine(detail->is_string() ? detail->get<std::string>() : textOrEmpty(*detail, "message"));
  return words.empty() ? std::string() : ": " + words;
}

}  // namespace

std::string serverCodeOf(const std::optional<Json>& answer) {
  const Json* detail = detailOf(answer);
  return detail ? oneLine(textOrEmpty(*detail, "code")) : std::string();
}

McrRefusal mcrRefusal(int status, const std::optional<Json>& answer, const std::string& operation,
                      const std::string& subject) {
  const Json* detail = detailOf(answer);
  const std::string serverCode = serverCodeOf(answer);
  const Refusal refusal = refusalOf(status, serverCode);
  const Json* home = detail ? findMember(*detail, "home_protocol_chain_id") : nullptr;
  return {networkError(std::string(refusal.code),
                       subject + ": the MCR API " + std::string(refusal.text) + " (HTTP status " +
                           std::to_string(status) + ")" + wordsOf(detail),
                       std::string(refusal.hint)),
          Json{{"operation", operation},
               {"http_status", status},
               {"server_code", serverCode.empty() ? Json(nullptr) : Json(serverCode)},
               {"home_protocol_chain_id", home && isInteger(*home) ? *home : Json(nullptr)}}};
}

}  // namespace peaqos::peaq
