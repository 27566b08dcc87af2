// Lines of JSON (JSON Lines) or of values with commas between them (RFC 4180) as named texts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/events/line_reader.hpp"

namespace peaqos::app {

enum class RecordFormat { Json, Csv };

// The format that a file's name says; std::nullopt for a name that says none.
std::optional<RecordFormat> formatOf(std::string_view fileName);

struct Record {
  std::uint64_t line = 0;                           // from 1
  std::map<std::string, std::string> members = {};  // empty and null ones left out; numbers with all their digits
  std::string problem = {};                         // why the line cannot be read; empty if it can
};

// Reads a record a line. Blank lines are none. A bad line never takes others with it: a line break within quotes, which
// RFC 4180 allows, ends the record all the same, since no column may hold one.
class RecordReader {
 public:
  // `columns`: the names that there are, of which the first `required` must be in a CSV header. Without a format the
  // first character says it: '{' begins JSON.
  RecordReader(ByteSource& source, std::optional<RecordFormat> format, std::span<const std::string_view> columns,
               std::size_t required)
      : lines_(source), format_(format), columns_(columns), required_(required) {}

  // The next record; std::nullopt at the end. Throws Error (Input) "BAD_HEADER" for a CSV header.
  Task<std::optional<Record>> next();

  // Reads to the end, and tells how many records were left. Throws as next().
  Task<std::uint64_t> count();

  // Whether next() may have to wait for somebody to write.
  bool dry() const { return lines_.dry(); }

 private:
  Task<std::optional<Line>> nextLine();
  void readHeader(const Line& line);
  Record read(const Line& line) const;
  void readJson(const std::string& text, Record& record) const;
  void readCsv(const std::string& text, Record& record) const;

  LineReader lines_;
  std::optional<RecordFormat> format_;
  std::span<const std::string_view> columns_;
  std::size_t required_;
  std::vector<std::string> header_;
};

// The values of one line of CSV; std::nullopt where its quotes are not closed, or something stands beside them.
std::optional<std::vector<std::string>> splitCsv(std::string_view line);

}  // namespace peaqos::app
