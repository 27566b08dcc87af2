// QR codes drawn with the terminal's half blocks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace peaqos::cli {

// A QR code of a text, two rows of modules a line, each line after `indent` blanks and with a line end. Light modules
// are drawn, so that it is dark on light on a terminal with a dark background; scanners read the reverse as well.
// Empty when the text is too long for a QR code.
std::string qrCode(std::string_view text, std::size_t indent);

}  // namespace peaqos::cli
