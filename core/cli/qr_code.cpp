// SPDX-License-Identifier: Apache-2.0
#include "cli/qr_code.hpp"

#include <cstdint>
#include <vector>

extern "C" {
#include <qrcodegen.h>
}

namespace peaqos::cli {
namespace {

constexpr int kQuietZone = 2;  // modules around the code; ISO/IEC 18004 asks for 4, scanners for less

}  // namespace

std::string qrCode(std::string_view text, std::size_t indent) {
  std::vector<std::uint8_t> code(qrcodegen_BUFFER_LEN_MAX), scratch(qrcodegen_BUFFER_LEN_MAX);
  const std::string terminated(text);
  if (!qrcodegen_encodeText(terminated.c_str(), scratch.data(), code.data(), qrcodegen_Ecc_LOW, qrcodegen_VERSION_MIN,
                            qrcodegen_VERSION_MAX, qrcodegen_Mask_AUTO, true)) {
    return {};
  }
  const auto isLight = [&](int x, int y) {
    return !qrcodegen_getModule(code.data(), x, y);
  };  // outside of the code everything is light
  const int end = qrcodegen_getSize(code.data()) + kQuietZone;
  std::string out;
  for (int y = -kQuietZone; y < end; y += 2) {
    out += std::string(indent, ' ');
    for (int x = -kQuietZone; x < end; ++x) {
      const bool upper = isLight(x, y);
      const bool lower = y + 1 < end && isLight(x, y + 1);
      out += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    out += "\n";
  }
  return out;
}

}  // namespace peaqos::cli
