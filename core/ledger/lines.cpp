// SPDX-License-Identifier: Apache-2.0
#include "ledger/lines.hpp"

#include <utility>

namespace peaqos::ledger {
namespace {

constexpr std::size_t kBlock = 1U << 20;
constexpr std::size_t kLongestLine = 16U << 20;

std::string_view textView(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace

Task<std::uint64_t> eachLine(host::Files& files, std::string path, std::uint64_t offset,
                             std::function<void(std::string_view)> visit) {
  std::string begun;  // the part of a line that earlier blocks held
  bool tooLong = false;
  std::uint64_t complete = offset;
  while (true) {
    const Bytes block = co_await files.readPart(path, offset, kBlock);
    offset += block.size();
    std::string_view rest = textView(block);
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      if (!tooLong) visit(begun.empty() ? rest.substr(0, end) : begun.append(rest.substr(0, end)));
      tooLong = false;
      begun.clear();
      rest.remove_prefix(end + 1);
      complete = offset - rest.size();
    }
    tooLong = tooLong || begun.size() + rest.size() > kLongestLine;
    if (tooLong) {
      begun.clear();
    } else {
      begun.append(rest);
    }
    if (block.size() < kBlock) co_return complete;
  }
}

}  // namespace peaqos::ledger
