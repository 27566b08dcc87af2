// SPDX-License-Identifier: Apache-2.0
#include "cli/qr_code.hpp"

#include "base/qr_matrix.hpp"

namespace peaqos::cli {
namespace {

constexpr int kQuietZone = 2;  // modules around the code; ISO/IEC 18004 asks for 4, scanners for less

}  // namespace

std::string qrCode(std::string_view text, std::size_t indent) {
  const auto rows = qrMatrix(text);
  if (!rows) return {};
  const int size = static_cast<int>(rows->size());
  const auto isLight = [&](int x, int y) {
    const bool inside = x >= 0 && y >= 0 && x < size && y < size;
    return !inside || (*rows)[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '0';
  };
  const int end = size + kQuietZone;
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
