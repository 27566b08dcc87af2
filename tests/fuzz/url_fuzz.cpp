// URLs of endpoints, and texts as parts of them: what is read can be written again; encoding loses nothing.
// SPDX-License-Identifier: Apache-2.0
#include "host/url.hpp"

#include "fuzz.hpp"
#include "host/percent_encoding.hpp"

using namespace peaqos;

namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    fuzz::require(i + 2 < text.size(), "two digits follow a percent sign");
    out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return out;
}

std::string written(const host::Url& url) {
  const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
  return url.scheme + "://" + (url.userInfo.empty() ? "" : url.userInfo + "@") + host + ":" + std::to_string(url.port) +
         url.path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::textOf(data, size);
  const std::string encoded = host::percentEncode(text);
  fuzz::require(encoded.find_first_of("/?#& \r\n") == std::string::npos, "an encoded text is one part of a URL");
  fuzz::require(decoded(encoded) == text, "an encoded text is decoded to itself");
  const auto url = host::parseUrl(text);
  if (!url) return 0;
  fuzz::require(!url->host.empty() && url->port > 0 && url->path.starts_with('/'), "a URL has its parts");
  const auto again = host::parseUrl(written(*url));
  fuzz::require(again && again->host == url->host && again->path == url->path && again->userInfo == url->userInfo,
                "a written URL is read back");
  fuzz::require(host::parseUrl(host::joinUrl("http://host///", url->path))->path == url->path,
                "a path can be put behind another base");
  return 0;
}
