// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "host/acquire_lock.hpp"
#include "host/file_error.hpp"
#include "ledger/lines.hpp"

namespace peaqos::ledger {
namespace {

constexpr unsigned kPrivate = 0600;
constexpr std::chrono::milliseconds kPatience{30'000};  // a lock is held for one write
constexpr std::size_t kLargestCarried = 64U << 20;
constexpr std::size_t kHead = 256;  // bytes by which a file is told from its successor

// A rotation writes the successor under this name first: there is a complete file at every moment.
constexpr char kNext[] = "peaqos.log.next";

Error journalError(const host::FileError& failure) { return host::fileError(ErrorKind::Input, "journal", failure); }

// "peaqos-20261127T051502.123456Z.log"; a few microseconds later for a name that is taken.
std::string archiveName(std::int64_t microseconds) {
  std::string stamp = formatMicroseconds(microseconds);
  stamp.resize(stamp.find('+'));
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return "peaqos-" + stamp + "Z.log";
}

// Moves the file to the first free name of an archive.
Task<void> archive(host::Host& host, std::string file) {
  for (std::int64_t time = host.clock.now();; ++time) {
    std::optional<host::FileError> taken;
    try {
      co_await host.files.rename(file, archiveName(time));
    } catch (const host::FileError& failure) {
      taken = failure;
    }
    if (!taken) co_return;
    if (taken->failure != host::FileFailure::Exists) throw journalError(*taken);
  }
}

bool isArchive(const std::string& name) { return name.starts_with("peaqos-2") && name.ends_with("Z.log"); }

// Runs a file operation, its failure as an Error of the journal.
template <typename T>
Task<T> orJournalError(Task<T> operation) {
  try {
    co_return co_await std::move(operation);
  } catch (const host::FileError& failure) {
    throw journalError(failure);
  }
}

// As above; std::nullopt where there is no such file.
template <typename T>
Task<std::optional<T>> ifThere(Task<T> operation) {
  try {
    co_return co_await std::move(operation);
  } catch (const host::FileError& failure) {
    if (failure.failure != host::FileFailure::Missing) throw journalError(failure);
  }
  co_return std::nullopt;
}

}  // namespace

void Ledger::warn(std::string text) {
  conversation_.progress({.name = "journal", .state = "warning", .facts = {{"text", std::move(text)}}});
}

Task<std::unique_ptr<host::FileLock>> Ledger::lock() {
  const std::string path = printable(host_.files.absolute(kFile));
  co_return co_await host::acquireLock(
      host_,
      {.path = kFile, .patience = kPatience, .busy = "another peaqos is writing to " + path + ", and does not end"});
}

Task<std::uint64_t> Ledger::size() { co_return (co_await ifThere(host_.files.sizeOf(kFile))).value_or(0); }

Task<void> Ledger::refresh() {
  if (co_await size() == 0) co_await finishRotation();
  const auto head = co_await ifThere(host_.files.readPart(kFile, 0, kHead));
  const std::string begin = head ? asText(*head) : std::string();
  const std::string firstLine = begin.substr(0, begin.find('\n'));
  if (firstLine != firstLine_ || co_await size() < read_) {
    index_.clear();
    read_ = 0;
    firstLine_ = firstLine;
  }
  if (!head) co_return;
  read_ =
      co_await orJournalError(eachLine(host_.files, kFile, read_, [this](std::string_view line) { index_.add(line); }));
}

// A rotation that was cut short after the old file had got its new name.
Task<void> Ledger::finishRotation() {
  const auto carried = co_await ifThere(host_.files.read(kNext, kLargestCarried));
  if (!carried) co_return;
  co_await orJournalError(host_.files.replace(kFile, *carried, kPrivate));
  co_await orJournalError(host_.files.remove(kNext));
}

Task<void> Ledger::cutTornLine() {
  const std::uint64_t length = co_await size();
  if (length <= read_) co_return;
  co_await orJournalError(host_.files.truncate(kFile, read_));
  warn("the last line of peaqos.log was cut short when it was written (" + std::to_string(length - read_) +
       " bytes) and has been removed");
}

// The new file is complete before it gets the name, and readers hold the same lock.
Task<void> Ledger::rotateIfLarge() {
  if (read_ <= rotateAt_) co_return;
  std::string carried;
  for (const std::string& line : index_.openLines()) carried += line + "\n";
  if (carried.size() > rotateAt_ / 2) co_return;  // it would be large again at once
  co_await orJournalError(host_.files.replace(kNext, asBytes(carried), kPrivate));
  co_await archive(host_, kFile);
  co_await orJournalError(host_.files.rename(kNext, kFile));
  co_await refresh();
}

// With the lock held: knows every row, and the file ends with a whole line.
Task<void> Ledger::prepareToWrite() {
  co_await refresh();
  co_await cutTornLine();
  co_await rotateIfLarge();
}

Task<void> Ledger::write(std::vector<Row> rows) {
  const std::string now = formatMicroseconds(host_.clock.now());
  std::string lines;
  for (Row& row : rows) {
    row.ts = now;
    lines += lineOf(row);
  }
  co_await orJournalError(host_.files.append(kFile, asBytes(lines), kPrivate));
}

Task<void> Ledger::open() { co_await append(std::vector<Row>()); }

Task<void> Ledger::append(Row row) {
  std::vector<Row> rows;
  rows.push_back(std::move(row));
  co_await append(std::move(rows));
}

Task<void> Ledger::append(std::vector<Row> rows) {
  const std::unique_ptr<host::FileLock> held = co_await lock();
  co_await prepareToWrite();
  co_await write(std::move(rows));
}

Task<void> Ledger::close(Row row) {
  const std::unique_ptr<host::FileLock> held = co_await lock();
  co_await prepareToWrite();
  if (index_.hasEnded(row.facts.value("tx_hash", ""))) co_return;
  std::vector<Row> rows;
  rows.push_back(std::move(row));
  co_await write(std::move(rows));
}

Task<Ledger::View> Ledger::view(std::string intent) {
  const std::unique_ptr<host::FileLock> held = co_await lock();
  co_await refresh();
  co_return View{.open = index_.open(), .confirmed = index_.confirmed(intent)};
}

// Oldest first.
Task<std::vector<std::string>> Ledger::archives() {
  std::vector<std::string> files = (co_await ifThere(host_.files.list("."))).value_or(std::vector<std::string>());
  std::erase_if(files, [](const std::string& file) { return !isArchive(file); });
  std::ranges::sort(files);
  co_return files;
}

Task<void> Ledger::scan(std::string needle, std::function<void(Row)> visit) {
  const std::unique_ptr<host::FileLock> held = co_await lock();
  std::vector<std::string> files = co_await archives();
  files.emplace_back(kFile);
  const auto add = [&](std::string_view line) {
    if (line.find(needle) == std::string_view::npos) return;
    if (auto row = parseRow(line)) visit(std::move(*row));
  };
  for (const std::string& file : files) co_await ifThere(eachLine(host_.files, file, 0, add));
}

Task<std::vector<Signed>> Ledger::recent(std::int64_t since) {
  const std::unique_ptr<host::FileLock> held = co_await lock();
  std::vector<std::string> files = co_await archives();
  // A name tells when its file was rotated. The last file before that time is read as well: its clock may have been
  // slow.
  const auto first = std::ranges::lower_bound(files, archiveName(since));
  files.erase(files.begin(), first == files.begin() ? first : std::prev(first));
  files.emplace_back(kFile);
  Recent recent(formatMicroseconds(since));
  for (const std::string& file : files) {
    co_await ifThere(eachLine(host_.files, file, 0, [&](std::string_view line) { recent.add(line); }));
  }
  co_return recent.take();
}

}  // namespace peaqos::ledger
