// SPDX-License-Identifier: Apache-2.0
#include "app/console.hpp"

#include <array>
#include <utility>

#include "app/settings/configuration.hpp"
#include "base/bytes.hpp"
#include "base/error.hpp"
#include "host/proxy.hpp"
#include "host/url.hpp"

namespace peaqos::app {
namespace {

std::string newToken(host::Random& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  return toHex(bytes);
}

// A page cannot know this machine's proxies; what it asks for is relayed as the command would send it.
std::vector<host::Endpoint> endpointsOf(const Configuration& configuration, host::Environment& environment) {
  std::vector<host::Endpoint> endpoints;
  for (std::string& base : configuration.endpoints()) {
    const auto url = host::parseUrl(base);
    endpoints.push_back({.url = std::move(base), .proxy = host::proxyFor(url.value(), environment)});
  }
  return endpoints;
}

Error portError(const host::PortError& problem, std::uint16_t port) {
  const std::string name = "port " + std::to_string(port);
  if (!problem.taken) return inputError("PORT_DENIED", name + " may not be used", "Choose one above 1023 with --port");
  return inputError("PORT_IN_USE", name + " is in use",
                    "If another console has it, use that one; else choose another with --port. A browser keeps a vault "
                    "for each port");
}

}  // namespace

Task<void> serveConsole(ConsoleRequest request, std::function<void(const std::string& address)> ready, Caller caller) {
  host::Console* console = caller.host.console;
  if (!console) {
    throw inputError("NO_CONSOLE", "The console cannot be served from here",
                     "Use the command of the npm package: npx peaqos console");
  }
  const Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  host::ConsoleService service{.port = request.port,
                               .settings = configuration.publicSettings(),
                               .endpoints = endpointsOf(configuration, caller.host.environment)};
  if (auto webhook = configuration.webhook()) {
    service.webhook = std::move(webhook->url);
    service.webhookSecret = std::move(webhook->secret);
  }
  std::uint16_t port = 0;
  try {
    port = co_await console->listen(std::move(service));
  } catch (const host::PortError& problem) {
    throw portError(problem, request.port);
  }
  for (bool first = true;; first = false) {
    const std::string token = newToken(caller.host.random);
    console->admit(token);
    const std::string address = "http://localhost:" + std::to_string(port) + "/#token=" + token;
    ready(address);
    if (first && request.open) console->open(address);
    if (!co_await console->served()) co_return;
  }
}

}  // namespace peaqos::app
