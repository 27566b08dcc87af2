// QR codes as squares, dark and light.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peaqos {

// The QR code of a text (ISO/IEC 18004, error correction L or better) as rows of equal length, '1' for dark and '0' for
// light, without a margin. Nothing when the text is too long for a QR code.
std::optional<std::vector<std::string>> qrMatrix(std::string_view text);

}  // namespace peaqos
