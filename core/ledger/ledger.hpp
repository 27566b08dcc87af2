// peaqos.log: what was done and what is under way, one JSON object a line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "ledger/index.hpp"
#include "ledger/recent.hpp"
#include "ledger/row.hpp"

namespace peaqos::ledger {

// The audit trail and the memory between runs: a file in the working directory, readable by its owner alone (0600),
// that several processes append to. Rows are on the disk before append() returns. Lines that are not rows are kept and
// passed over.
//
// When the file exceeds kRotateAt it becomes peaqos-<UTC time>.log, and a new one begins with the rows that are still
// open, so that looking for them never means to read a long history.
//
// Throws Error (Input) "FILE_..." for a file that cannot be read or written, naming its path.
class Ledger {
 public:
  static constexpr char kFile[] = "peaqos.log";
  static constexpr std::uint64_t kRotateAt = 16U << 20;  // bytes

  Ledger(host::Host& host, host::Conversation& conversation, std::uint64_t rotateAt = kRotateAt)
      : host_(host), conversation_(conversation), rotateAt_(rotateAt) {}

  // Makes sure that rows can be written, and that those which are there are durable: a process that died may not have
  // synced what it wrote.
  Task<void> open();

  // Adds rows with one write and one sync. Their `ts` is the host's clock.
  Task<void> append(std::vector<Row> rows);
  Task<void> append(Row row);

  // Adds the end of the transaction that `tx_hash` among the facts names. Two processes may find the same end: the
  // first to say it is the one that does.
  Task<void> close(Row row);

  // What the ledger knows that bears on an intent. Reads only what was added since the last call.
  struct View {
    std::vector<Row> open;           // transactions of any intent without an end, oldest first (Index::open())
    std::optional<Ended> confirmed;  // the intent's last confirmed transaction (Index::confirmed())
  };
  Task<View> view(std::string intent = {});

  // Calls `visit` for each row whose line contains `needle`, oldest first, rotated files included.
  Task<void> scan(std::string needle, std::function<void(Row)> visit);

  // The signed transactions that are open, or ended at `since` or later (microseconds since 1970); rotated files
  // included as far as their names say that they may hold such rows.
  Task<std::vector<Signed>> recent(std::int64_t since);

 private:
  Task<std::unique_ptr<host::FileLock>> lock();
  Task<std::vector<std::string>> archives();
  Task<std::uint64_t> size();
  Task<void> prepareToWrite();
  Task<void> refresh();
  Task<void> finishRotation();
  Task<void> cutTornLine();
  Task<void> rotateIfLarge();
  Task<void> write(std::vector<Row> rows);
  void warn(std::string text);

  host::Host& host_;
  host::Conversation& conversation_;
  const std::uint64_t rotateAt_;
  Index index_;
  std::uint64_t read_ = 0;      // bytes of the file that the index has seen
  std::string firstLine_ = {};  // of that file: another one means that it was rotated
};

}  // namespace peaqos::ledger
