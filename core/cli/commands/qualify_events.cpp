// peaqos qualify events
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/events/submit_events.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/line_results.hpp"
#include "cli/numbers.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{.name = "FILE",
                                    .help = "JSON Lines, or CSV with a header; - for standard input",
                                    .type = ValueType::File,
                                    .use = FileUse::Read}};

constexpr std::string_view kFormats[] = {"json", "csv"};

constexpr Option kOptions[] = {
    {.name = "format",
     .type = ValueType::Choice,
     .help = "What FILE holds",
     .choices = kFormats,
     .fallback = "by its name, or its first character"},
    {.name = "check", .type = ValueType::Flag, .help = "Check every line and send nothing"},
    {.name = "strict", .type = ValueType::Flag, .help = "Send nothing if any line is invalid"},
    {.name = "results",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File for what became of each line, as JSON Lines; what it held is replaced",
     .use = FileUse::Written},
    {.name = "batch",
     .type = ValueType::Integer,
     .placeholder = "N",
     .help = "Most events in one transaction",
     .fallback = "as many as a block holds, shared by those under way"},
    {.name = "in-flight",
     .type = ValueType::Integer,
     .placeholder = "N",
     .help = "Most transactions under way",
     .fallback = "4, or 16 without a batch precompile"},
    {.name = "max-total-fee",
     .type = ValueType::Number,
     .placeholder = "COINS",
     .help = "Stop before the fees of this run come to more",
     .unit = "coins"},
    {.name = "confirmations",
     .type = ValueType::Integer,
     .placeholder = "N",
     .help = "Blocks, its own counted, that make a transaction certain",
     .fallback = "1"},
    {.name = "finality",
     .type = ValueType::Flag,
     .help = "A transaction is certain once the node calls its block final"},
    {.name = "reconcile-from",
     .type = ValueType::Integer,
     .placeholder = "BLOCK",
     .help = "peaqos.log is lost: find on the chain, from this block on, what was sent, and send the rest"},
    kMaxFeeOption,
    kPlanOption,
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Send without asking"},
    {.name = "json", .type = ValueType::Flag, .help = "Print what became of each line as JSON, a line each"},
};

// The line for people about a line of the file; none for one that is on the chain.
std::string lineText(const app::LineResult& result) {
  if (result.status == app::LineStatus::Confirmed) return {};
  return "Line " + std::to_string(result.line) + (result.id.empty() ? "" : " (" + printable(result.id) + ")") + ": " +
         app::name(result.status) + ": " + printable(result.reason) + "\n";
}

class Results : public app::EventResults {
 public:
  Results(const Arguments& arguments, host::Files& files, Output& output)
      : lines_(arguments.find("results"), files, output), json_(arguments.has("json")), output_(output) {}

  Task<void> begin() { co_await lines_.begin(); }

  void add(const app::LineResult& result) override {
    const std::string line = dumpJson(app::toJson(result)) + "\n";
    lines_.add(line, json_ ? line : lineText(result));
    confirmed_ = confirmed_ || result.status == app::LineStatus::Confirmed;
  }

  Task<void> flush() override {
    if (confirmed_) output_.done("what became of the lines is in peaqos.log; the same command shows it again");
    co_await lines_.flush();
  }

 private:
  LineResults lines_;
  const bool json_;
  Output& output_;
  bool confirmed_ = false;
};

std::string render(const app::EventsSummary& summary, bool check) {
  if (!check) return summaryText(summary, "Submitted", summary.sent);
  const auto number = [](std::uint64_t count) { return std::to_string(count); };
  return "Lines checked; nothing was sent.\n" + pairs({{"Lines", number(summary.lines)},
                                                       {"Good", number(summary.sent)},
                                                       {"Duplicates", number(summary.duplicates)},
                                                       {"Invalid", number(summary.invalid)}},
                                                      2);
}

constexpr LineWords words(bool check) {
  return {.lacking = "not on the chain",
          .rerun = "Run the same command again: lines that are on the chain are not sent twice",
          .mend = check ? "Mend them, or send the others without --check"
                        : "Mend them and run the same command again: the others are not sent twice"};
}

peaq::Field field(std::string_view name, peaq::FieldType type, peaq::Absence absence = peaq::Absence::NullAllowed) {
  return {.name = name, .type = type, .absence = absence};
}

Json schemaOfResult() {
  using peaq::FieldType;
  static const peaq::Field kLine[] = {
      field("line", FieldType::Integer, peaq::Absence::Refused),
      field("id", FieldType::NonEmptyText),
      {.name = "status", .type = FieldType::OneOf, .words = kLineStatuses},
      field("tx_hash", FieldType::NonEmptyText),
      field("block", FieldType::Integer),
      field("index", FieldType::Integer),
      field("reason", FieldType::NonEmptyText),
  };
  return objectSchema(kLine);
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::EventsRequest request{.file = arguments.positional(0),
                             .check = arguments.has("check"),
                             .strict = arguments.has("strict"),
                             .yes = arguments.has("yes"),
                             .batch = countFrom(arguments, "batch"),
                             .inFlight = countFrom(arguments, "in-flight"),
                             .maxTotalFee = coinsFrom(arguments, "max-total-fee"),
                             .confirmations = countFrom(arguments, "confirmations").value_or(1),
                             .finality = arguments.has("finality"),
                             .reconcileFrom = blockFrom(arguments, "reconcile-from")};
  if (request.finality && arguments.has("confirmations")) {
    throw inputError("BAD_FIELD", "--finality does not go with --confirmations", "Give one of them");
  }
  if (const auto format = arguments.find("format")) {
    request.format = *format == "csv" ? app::RecordFormat::Csv : app::RecordFormat::Json;
  }
  if (arguments.has("plan")) {
    showPlan(co_await app::planEvents(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  Results results(arguments, caller.host.files, output);
  co_await results.begin();
  const bool check = request.check;
  const app::EventsSummary summary = co_await app::submitEvents(std::move(request), results, std::move(caller));
  if (!arguments.has("json")) output.result(render(summary, check));
  if (auto complaint = complaintOf(summary, words(check))) throw Error(*complaint);
}

constexpr std::string_view kExamples[] = {"peaqos qualify events day.jsonl --check",
                                          "peaqos qualify events day.csv --results results.jsonl",
                                          "tail -n +1 -f day.jsonl | peaqos qualify events - --json -y"};

}  // namespace

const Command kQualifyEvents = {
    .path = "qualify events",
    .summary = "Submit a file or a stream of events, each once",
    .details =
        "Each line is an event. Its members, or the columns that a CSV header names, are machine_id, type, value and "
        "ts, "
        "and currency, trust, source_chain, source_tx, raw_data and metadata as in 'qualify event'; data_hash and "
        "metadata_hex can stand for the two files; id is an idempotency key. Lines that are equal, or have the same "
        "id, "
        "are one event. Bad lines are set aside and the others sent, many in one transaction. Run the same command "
        "again after any failure, also with lines appended to FILE: what is on the chain is not sent twice.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes,
    .lines = true};

}  // namespace peaqos::cli
