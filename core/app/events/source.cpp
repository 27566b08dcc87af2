// SPDX-License-Identifier: Apache-2.0
#include "app/events/source.hpp"

#include "base/error.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kPart = 64U << 10;  // what a pipe holds

}  // namespace

Task<Bytes> FileSource::next() {
  try {
    Bytes part = co_await files_.readPart(path_, offset_, kPart);
    offset_ += part.size();
    co_return part;
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "events file", failure);
  }
}

Task<Bytes> InputSource::next() {
  Bytes part = co_await terminal_.readInput(kPart);
  drained_ = part.size() < kPart;
  co_return part;
}

}  // namespace peaqos::app
