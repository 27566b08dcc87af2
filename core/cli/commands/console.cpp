// peaqos console
// SPDX-License-Identifier: Apache-2.0
#include "app/console.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "port",
     .type = ValueType::Integer,
     .placeholder = "N",
     .help = "Port to listen on; 0 takes a free one. A browser keeps a vault for each port",
     .fallback = "7327"},
    {.name = "no-open", .type = ValueType::Flag, .help = "Print the address only, do not open a browser"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the address as JSON"},
};

std::uint16_t portFrom(const std::string& text) {
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (problem == std::errc() && end == text.data() + text.size()) return port;
  throw inputError("BAD_PORT", "--port is not a port: '" + printable(text) + "'", "Give a number from 0 to 65535");
}

constexpr peaq::Field kResult[] = {{.name = "address", .type = peaq::FieldType::NonEmptyText}};

Json schemaOfResult() { return objectSchema(kResult); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::ConsoleRequest request{.open = !arguments.has("no-open")};
  if (const auto port = arguments.find("port")) request.port = portFrom(*port);
  const bool json = arguments.has("json");
  const auto ready = [&output, json](const std::string& address) {
    json ? output.json({{"address", address}}) : output.result(address + "\n");
  };
  co_await app::serveConsole(request, ready, std::move(caller));
}

constexpr std::string_view kExamples[] = {"peaqos console", "peaqos console --port 7328 --no-open"};

}  // namespace

const Command kConsole = {
    .path = "console",
    .summary = "Open the operator console in a browser",
    .details =
        "Serves the console to this machine alone and prints its address, which holds a token that lets one "
        "browser in, once; Enter prints another address. Keys live in the browser, encrypted; calls go through this "
        "command to the endpoints of its settings "
        "(.env or environment), and to no others. Ctrl-C ends it.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads,
    .personal = true};

}  // namespace peaqos::cli
