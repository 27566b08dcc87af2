// SPDX-License-Identifier: Apache-2.0
#include "base/qr_matrix.hpp"

#include <cstdint>

extern "C" {
#include <qrcodegen.h>
}

namespace peaqos {

std::optional<std::vector<std::string>> qrMatrix(std::string_view text) {
  std::vector<std::uint8_t> code(qrcodegen_BUFFER_LEN_MAX), scratch(qrcodegen_BUFFER_LEN_MAX);
  const std::string terminated(text);
  if (!qrcodegen_encodeText(terminated.c_str(), scratch.data(), code.data(), qrcodegen_Ecc_LOW, qrcodegen_VERSION_MIN,
                            qrcodegen_VERSION_MAX, qrcodegen_Mask_AUTO, true)) {
    return std::nullopt;
  }
  const int size = qrcodegen_getSize(code.data());
  std::vector<std::string> rows(static_cast<std::size_t>(size));
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      rows[static_cast<std::size_t>(y)] += qrcodegen_getModule(code.data(), x, y) ? '1' : '0';
    }
  }
  return rows;
}

}  // namespace peaqos
