// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

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

namespace peaqos::cli {
namespace {

// Variables that global options stand for.
std::map<std::string, std::string> overridesFrom(const Arguments& global) {
  return {{"PEAQOS_ORCHESTRATION_URL", global.get("orchestration-url")},
          {"PEAQOS_ORCH_API_KEY", global.get("orch-api-key")}};
}

Task<void> execute(std::vector<std::string> words, host::Host& host, std::shared_ptr<SendRecord> sent) {
  Output output(host.terminal);
  Parsed parsed = parse(words);
  if (parsed.global.has("version")) {
    output.result("peaqos " PEAQOS_VERSION " (@peaqos/core " PEAQOS_CORE_VERSION ")\n");
    co_return;
  }
  if (parsed.help) {
    output.result(help(parsed.path));
    co_return;
  }
  LoggingTransport logging(host);
  host::Host lent{.transport = parsed.global.has("verbose") ? static_cast<host::Transport&>(logging) : host.transport,
                  .clock = host.clock,
                  .random = host.random,
                  .environment = host.environment,
                  .files = host.files,
                  .terminal = host.terminal,
                  .console = host.console};
  TextConversation conversation(host.terminal, parsed.global.has("quiet"));
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

int report(std::exception_ptr thrown, const SendRecord& sent, host::Terminal& terminal) {
  try {
    const Error error = app::errorFrom(std::move(thrown), sent);
    const std::string message = error.kind == ErrorKind::Interrupted ? "" : errorLine(error);
    terminal.write(host::Stream::Err, message + sentLine(error));
    return exitCode(error.kind);
  } catch (const host::BrokenPipe&) {
    return exitCode(ErrorKind::Input);  // nobody reads any more; there is nothing left to say it to
  }
}

}  // namespace

Task<int> run(std::vector<std::string> arguments, host::Host& host) {
  std::exception_ptr thrown;
  const auto sent = std::make_shared<SendRecord>();
  try {
    co_await execute(std::move(arguments), host, sent);
    co_return 0;
  } catch (...) {
    thrown = std::current_exception();
  }
  co_return report(thrown, *sent, host.terminal);
}

}  // namespace peaqos::cli
