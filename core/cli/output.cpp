// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <utility>

#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::cli {

void tryWrite(host::Terminal& terminal, host::Stream stream, std::string_view text) {
  try {
    terminal.write(stream, text);
  } catch (const host::BrokenPipe&) {
    return;
  } catch (const host::WriteFailed&) {
    return;
  }
}

void Output::sent(std::string what, std::vector<std::string> hashes) {
  done(std::move(what));
  sent_ = Sent::Yes;
  hashes_ = std::move(hashes);
}

void Output::result(std::string_view text) {
  used_ = true;
  try {
    terminal_.write(host::Stream::Out, text);
  } catch (const host::BrokenPipe&) {
    if (done_.empty()) throw;
    throw failure("its reader has gone");
  } catch (const host::WriteFailed& failed) {
    throw failure(std::string(host::reason(failed.failure)));
  }
}

Error Output::failure(const std::string& reason) const {
  Error error(sent_ == Sent::Nothing ? ErrorKind::Input : ErrorKind::Network, "OUTPUT_FAILED",
              "the result could not be written to standard output: " + reason,
              done_.empty() ? "Run the command again with another output" : "It is done all the same: " + done_);
  if (!hashes_.empty()) error.hint += " (" + join(hashes_, ", ") + ")";
  error.sent = sent_;
  error.hashes = hashes_;
  return error;
}

}  // namespace peaqos::cli
