// SPDX-License-Identifier: Apache-2.0
#include "cli/qr_code.hpp"

#include <optional>
#include <qrcodegen.hpp>

namespace peaqos::cli {
namespace {

constexpr int kQuietZone = 2;  // modules around the code; ISO/IEC 18004 asks for 4, scanners for less

}  // namespace

std::string qrCode(std::string_view text, std::size_t indent) {
  using qrcodegen::QrCode;
  std::optional<QrCode> made;
  try {
    made.emplace(QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::LOW));
  } catch (const qrcodegen::data_too_long&) {
    return {};
  }
  const auto isLight = [&](int x, int y) { return !made->getModule(x, y); };  // outside of the code everything is light
  const int end = made->getSize() + kQuietZone;
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
