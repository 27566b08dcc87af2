// SPDX-License-Identifier: Apache-2.0
#include "cli/screen.hpp"

#include <utility>

#include "cli/output.hpp"

namespace peaqos::cli {
namespace {

constexpr char kErase[] = "\r\x1b[K";  // ECMA-48: to the beginning of the line, and nothing from there on

}  // namespace

void Screen::draw(std::string_view text) { tryWrite(terminal_, host::Stream::Err, kErase + std::string(text)); }

void Screen::showLine(std::string text) {
  if (text.empty() && line_.empty()) return;
  line_ = std::move(text);
  draw(line_);
}

void Screen::write(host::Stream stream, std::string_view text) {
  const bool beside = line_.empty() || !size(stream);
  if (!beside) draw({});
  terminal_.write(stream, text);
  if (beside) return;
  // Below a question there is nothing: its answer is typed behind it.
  text.ends_with('\n') ? draw(line_) : line_.clear();
}

}  // namespace peaqos::cli
