// SPDX-License-Identifier: Apache-2.0
#include "cli/layout.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peaqos::cli {
namespace {

std::size_t widestLabel(const Pairs& rows) {
  std::size_t widest = 0;
  for (const auto& [label, value] : rows) widest = std::max(widest, width(label));
  return widest;
}

}  // namespace

std::string pairs(const Pairs& rows, std::size_t indent, std::size_t columns) {
  columns = std::max(columns, widestLabel(rows) + 1);
  std::string out;
  for (const auto& [label, value] : rows) {
    out += std::string(indent, ' ') + padRight(label + ":", columns) + "  " + printable(value) + "\n";
  }
  return out;
}

std::string colonPairs(const Pairs& rows, std::size_t indent) {
  const std::size_t columns = widestLabel(rows);
  std::string out;
  for (const auto& [label, value] : rows) {
    out += std::string(indent, ' ') + padRight(label, columns) + ":  " + printable(value) + "\n";
  }
  return out;
}

}  // namespace peaqos::cli
