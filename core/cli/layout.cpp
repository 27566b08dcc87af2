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

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                  std::size_t indent) {
  constexpr std::size_t kGap = 2;
  std::vector<std::size_t> columns;
  columns.reserve(header.size());
  for (const std::string& title : header) columns.push_back(width(title));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) columns[i] = std::max(columns[i], width(printable(row[i])));
  }
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string out(indent, ' ');
    for (std::size_t i = 0; i < cells.size(); ++i) out += padRight(printable(cells[i]), columns[i] + kGap);
    return out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
  };
  std::string out = line(header) + std::string(indent, ' ');
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t n = columns[i] + (i + 1 < columns.size() ? kGap : 0); n > 0; --n) out += "─";
  }
  out += "\n";
  for (const auto& row : rows) out += line(row);
  return out;
}

}  // namespace peaqos::cli
