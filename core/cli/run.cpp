// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "app/failure.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/logging_transport.hpp"
#include "cli/parser.hpp"
#include "cli/progress.hpp"
#include "cli/schema.hpp"
#include "cli/screen.hpp"

namespace peaqos::cli {
namespace {

// Variables that global options stand for.
std::map<std::string, std::string> overridesFrom(const Arguments& global) {
  return {{"PEAQOS_ORCHESTRATION_URL", global.get("orchestration-url")},
          {"PEAQOS_ORCH_API_KEY", global.get("orch-api-key")}};
}

// Whether a command line asks for JSON. `words` are those of one that could not be parsed, so the answer is a guess.
bool asksForJson(const std::vector<std::string>& words) {
  const auto end = std::ranges::find(words, "--");
  return std::find(words.begin(), end, "--json") != end;
}

// The same host with these two of its parts.
host::Host with(host::Transport& transport, host::Terminal& terminal, host::Host& host) {
  return {.transport = transport,
          .clock = host.clock,
          .random = host.random,
          .environment = host.environment,
          .files = host.files,
          .terminal = terminal,
          .console = host.console,
          .runtime = host.runtime,
          .normalizer = host.normalizer};
}

// `screen` is the host's terminal.
Task<void> execute(Parsed parsed, host::Host& host, Screen& screen, Output& output, std::shared_ptr<SendRecord> sent) {
  if (parsed.global.has("version")) {
    output.result("peaqos " PEAQOS_VERSION " (@peaqos/core " PEAQOS_CORE_VERSION ")\n");
    co_return;
  }
  if (parsed.schema) {
    output.json(schema(parsed.path));
    co_return;
  }
  if (parsed.help) {
    output.result(help(parsed.path));
    co_return;
  }
  LoggingTransport logging(host);
  host::Transport& transport = parsed.global.has("verbose") ? logging : host.transport;
  host::Host lent = with(transport, host.terminal, host);
  TextConversation conversation(lent, screen, parsed.global.has("quiet"));
  app::Caller caller{.host = lent,
                     .conversation = conversation,
                     .naming = app::Naming::Flags,
                     .overrides = overridesFrom(parsed.global),
                     .sent = std::move(sent)};
  if (const auto maxFee = parsed.arguments.find("max-fee")) caller.overrideMaxFee(*maxFee);
  co_await parsed.command->run(std::move(parsed.arguments), std::move(caller), output);
}

// Transactions that left, have no end yet, and are not named in the message.
std::string sentLine(const Error& error) {
  std::string lines;
  for (const std::string& hash : error.unsettled) {
    if (error.message.find(hash) != std::string::npos) continue;
    lines += "Transaction " + hash + (error.sent == Sent::Yes ? " was sent" : " may have been sent") +
             "; run the same command again to see what became of it\n";
  }
  return lines;
}

std::string errorLine(const Error& error) {
  return "Error: " + error.message + (error.hint.empty() ? "" : ". " + error.hint) + "\n";
}

// How an error is printed as JSON as well.
enum class Shape { None, Lines, Indented };

int report(std::exception_ptr thrown, const SendRecord& sent, Shape json, host::Terminal& terminal) {
  try {
    const Error error = app::errorFrom(thrown, sent);
    say(terminal, (error.kind == ErrorKind::Interrupted ? "" : errorLine(error)) + sentLine(error));
    if (json != Shape::None) {
      const Json shown = app::withContext(app::toJson(error), std::move(thrown));
      const int indent = json == Shape::Lines ? -1 : 2;
      tryWrite(terminal, host::Stream::Out, dumpJson(Json{{"error", shown}}, indent) + "\n");
    }
    return exitCode(error.kind);
  } catch (const host::BrokenPipe&) {
    return exitCode(ErrorKind::Input);  // nobody reads any more; there is nothing left to say it to
  }
}

}  // namespace

Task<int> run(std::vector<std::string> arguments, host::Host& host, host::AgentServer* agents, host::Display* display) {
  std::exception_ptr thrown;
  const auto sent = std::make_shared<SendRecord>();
  Screen screen(host.terminal, display);
  host::Host shown = with(host.transport, screen, host);
  Output output(screen, sent, agents, display);
  Shape json = asksForJson(arguments) ? Shape::Indented : Shape::None;
  try {
    Parsed parsed = parse(arguments);
    json = !parsed.arguments.has("json")             ? Shape::None
           : parsed.command && parsed.command->lines ? Shape::Lines
                                                     : Shape::Indented;
    co_await execute(std::move(parsed), shown, screen, output, sent);
    co_return 0;
  } catch (...) {
    thrown = std::current_exception();
  }
  screen.showLine({});
  co_return report(thrown, *sent, output.used() ? Shape::None : json, screen);
}

}  // namespace peaqos::cli
