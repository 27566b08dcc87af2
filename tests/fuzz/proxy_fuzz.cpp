// Proxy variables, one a line of the input behind the URL that is asked for: a proxy that is a URL, none, or an Error.
// SPDX-License-Identifier: Apache-2.0
#include "host/proxy.hpp"

#include <map>

#include "base/error.hpp"
#include "fuzz.hpp"

using namespace peaqos;

namespace {

class Lines : public host::Environment {
 public:
  std::optional<std::string> get(const std::string& name) override {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<std::string, std::string> values;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lines = fuzz::linesOf(fuzz::textOf(data, size));
  const auto url = host::parseUrl(lines[0]);
  if (!url) return 0;
  Lines environment;
  constexpr const char* kNames[] = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"};
  for (std::size_t i = 0; i < std::size(kNames) && i + 1 < lines.size(); ++i) {
    environment.values[kNames[i]] = lines[i + 1];
  }
  try {
    const auto proxy = host::proxyFor(*url, environment);
    fuzz::require(!proxy || host::parseUrl(*proxy), "a proxy is a URL");
    environment.values["no_proxy"] = "other.example, " + url->host;
    if (url->host.find(':') == std::string::npos && url->host.find_first_not_of('.') != std::string::npos &&
        !url->host.starts_with('.')) {
      fuzz::require(!host::proxyFor(*url, environment), "a host that is listed is reached directly");
    }
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_PROXY" && fuzz::isOneLine(error.message), "the error is one line");
  }
  return 0;
}
