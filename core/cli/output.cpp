// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <utility>

#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::cli {

namespace {

// "\u202e"
std::string escapedInJson(std::uint32_t point) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[point >> shift & 0xFU];
  return out;
}

}  // namespace

void tryWrite(host::Terminal& terminal, host::Stream stream, std::string_view text) {
  try {
    terminal.write(stream, text);
  } catch (const host::BrokenPipe&) {
    return;
  } catch (const host::WriteFailed&) {
    return;
  }
}

void Output::result(std::string_view text) {
  used_ = true;
  try {
    terminal_.write(host::Stream::Out, text);
  } catch (const host::BrokenPipe&) {
    const Error error = failure("its reader has gone");
    if (done_.empty() && error.sent == Sent::Nothing) throw;
    throw error;
  } catch (const host::WriteFailed& failed) {
    throw failure(std::string(host::reason(failed.failure)));
  }
}

void Output::json(const Json& value) {
  const std::string text = dumpJson(value, 2);
  std::string out;
  // Beyond ASCII everything stands in strings, where an escape means the same.
  for (std::string_view rest = text; !rest.empty();) {
    const auto character = firstCharacter(rest);
    const std::size_t length = character ? character->bytes : 1;
    const std::string_view raw = rest.substr(0, length);
    const bool escaped = character && (length > 1 || character->point == 0x7F) && printable(raw) != raw;
    out += escaped ? escapedInJson(character->point) : std::string(raw);
    rest.remove_prefix(length);
  }
  result(out + "\n");
}

Error Output::failure(const std::string& reason) const {
  Error error =
      inputError("OUTPUT_FAILED", "the result could not be written to standard output: " + reason,
                 done_.empty() ? "Run the command again with another output" : "It is done all the same: " + done_);
  sent_->stamp(error);
  if (error.sent == Sent::Nothing) return error;
  error.kind = ErrorKind::Network;
  error.message += "; sent before that: " + join(error.hashes, ", ");
  if (done_.empty()) error.hint = "It is done all the same; do not run the command again for it";
  return error;
}

}  // namespace peaqos::cli
