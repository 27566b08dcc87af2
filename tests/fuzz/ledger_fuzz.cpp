// Lines of peaqos.log, whoever wrote them: a row that is read is written so that the same is read again, and the index
// of what is open ends in rows or in an Error.
// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "fuzz.hpp"
#include "ledger/index.hpp"
#include "ledger/lines.hpp"
#include "support/fake_host.hpp"

using namespace peaqos;

namespace {

void readRow(std::string_view line) {
  const auto row = ledger::parseRow(line);
  if (!row) return;
  const std::string written = ledger::lineOf(*row);
  fuzz::require(written.find('\n') == written.size() - 1, "a row is one line");
  const auto again = ledger::parseRow(written);
  fuzz::require(again && ledger::lineOf(*again) == written, "a written row is read back");
  fuzz::require(again->step == row->step && again->status == row->status, "it is the same row");
}

// As the ledger reads its file.
std::vector<std::string> linesOfFile(std::string_view text) {
  test::World world;
  test::FakeHost host(world);
  world.disk.makeFolder(host.folder);
  world.disk.put(host.folder + "/peaqos.log", text);
  std::vector<std::string> lines;
  host.run(
      ledger::eachLine(host.lent().files, "peaqos.log", 0, [&](std::string_view line) { lines.emplace_back(line); }));
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::textOf(data, size);
  auto lines = fuzz::linesOf(text);
  lines.pop_back();  // without its end, a line was cut short
  fuzz::require(linesOfFile(text) == lines, "a file is read line by line");
  ledger::Index index;
  for (const std::string& line : lines) {
    readRow(line);
    index.add(line);
  }
  try {
    const auto open = index.open();
    fuzz::require(open.size() == index.openLines().size() && open.size() <= lines.size(), "open rows are lines");
    for (const ledger::Row& row : open) static_cast<void>(index.confirmed(row.transaction->intent));
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_JOURNAL_ROW" && fuzz::isOneLine(error.message), "the error is one line");
  }
  return 0;
}
