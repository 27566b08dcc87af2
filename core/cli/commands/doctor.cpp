// peaqos doctor
// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the findings as JSON"},
};

constexpr std::string_view kStatuses[] = {"ok", "warning", "error", "skipped"};

constexpr peaq::Field kFinding[] = {
    {.name = "check", .type = peaq::FieldType::NonEmptyText},
    {.name = "status", .type = peaq::FieldType::OneOf, .words = kStatuses},
    {.name = "detail", .type = peaq::FieldType::NonEmptyText},
    {.name = "remedy", .type = peaq::FieldType::Text},
};

constexpr peaq::Field kResult[] = {
    {.name = "findings", .type = peaq::FieldType::Array, .members = kFinding},
    {.name = "exit_code", .type = peaq::FieldType::Integer, .most = 3},
};

Json schemaOfResult() { return objectSchema(kResult); }

std::string render(const std::vector<app::Finding>& findings) {
  std::size_t widest = 0;
  for (const app::Finding& finding : findings) widest = std::max(widest, width(finding.check));
  std::string out;
  for (const app::Finding& finding : findings) {
    out += "  " + padRight(app::name(finding.status), 9) + padRight(finding.check, widest + 2) +
           printable(finding.detail) + "\n";
    if (!finding.remedy.empty()) out += std::string(widest + 13, ' ') + printable(finding.remedy) + "\n";
  }
  return out;
}

// The exit code of the worst finding, as an error that sums them up.
void refuseErrors(const std::vector<app::Finding>& findings) {
  const int code = app::exitCode(findings);
  std::string checks;
  std::optional<ErrorKind> kind;
  for (const app::Finding& finding : findings) {
    if (finding.status != app::FindingStatus::Error) continue;
    checks += (checks.empty() ? "" : ", ") + finding.check;
    if (exitCode(finding.kind) == code) kind = finding.kind;
  }
  if (kind) throw Error(*kind, "DOCTOR_FOUND_ERRORS", "not in order: " + checks, "Each finding says what to do");
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::vector<app::Finding> findings = co_await app::doctor(std::move(caller));
  arguments.has("json") ? output.json(app::toJson(findings)) : output.result(render(findings));
  refuseErrors(findings);
}

constexpr std::string_view kExamples[] = {"peaqos doctor",
                                          "peaqos doctor --json | jq '.findings[] | select(.status == \"error\")'"};

}  // namespace

const Command kDoctor = {
    .path = "doctor",
    .summary = "Check settings, endpoints, contracts, money, vault and files",
    .details =
        "Each finding is ok, a warning, an error or skipped, and says what to do. Secrets are shown as \"set\". Sends "
        "nothing to a chain and asks nothing. A check takes at most 5 seconds, or PEAQOS_TIMEOUT. Exit code 0, or that "
        "of the worst error.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
