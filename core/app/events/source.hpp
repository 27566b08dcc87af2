// Where the bytes of a file of events come from, a part at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::app {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next bytes; none at the end. Throws Error (Input) "FILE_...".
  virtual Task<Bytes> next() = 0;
  // Whether the part that came last was all there was at that moment: the next one may be long in coming.
  virtual bool drained() const = 0;
};

// A regular file. What is appended to it before its end is reached is read as well.
class FileSource : public ByteSource {
 public:
  FileSource(host::Files& files, std::string path) : files_(files), path_(std::move(path)) {}
  Task<Bytes> next() override;
  bool drained() const override { return false; }

 private:
  host::Files& files_;
  const std::string path_;
  std::uint64_t offset_ = 0;
};

// Standard input.
class InputSource : public ByteSource {
 public:
  explicit InputSource(host::Terminal& terminal) : terminal_(terminal) {}
  Task<Bytes> next() override;
  bool drained() const override { return drained_; }

 private:
  host::Terminal& terminal_;
  bool drained_ = false;
};

}  // namespace peaqos::app
