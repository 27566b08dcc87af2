// SPDX-License-Identifier: Apache-2.0
#include "app/events/records.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

Error badHeader(std::string problem, std::span<const std::string_view> columns) {
  return inputError(
      "BAD_HEADER", "the header of the events file " + std::move(problem),
      "Give JSON Lines, or CSV whose first line names columns out of: " + join({columns.begin(), columns.end()}, ", "));
}

// The value that begins at `at`, which moves to the comma behind it or to the end; std::nullopt for bad quotes.
std::optional<std::string> takeQuoted(std::string_view line, std::size_t& at) {
  std::string value;
  while (true) {
    const std::size_t quote = line.find('"', at);
    if (quote == std::string_view::npos) return std::nullopt;
    value += line.substr(at, quote - at);
    at = quote + 1;
    if (at == line.size() || line[at] == ',') return value;
    if (line[at] != '"') return std::nullopt;
    value += line[at++];
  }
}

std::optional<std::string> takeValue(std::string_view line, std::size_t& at) {
  if (line.substr(at).starts_with('"')) return takeQuoted(line, ++at);
  const std::size_t end = std::min(line.find(',', at), line.size());
  const std::string_view value = line.substr(at, end - at);
  at = end;
  if (value.find('"') != std::string_view::npos) return std::nullopt;
  return std::string(value);
}

}  // namespace

std::optional<RecordFormat> formatOf(std::string_view fileName) {
  const std::string name = lowerCase(fileName);
  if (name.ends_with(".csv")) return RecordFormat::Csv;
  for (const char* ending : {".jsonl", ".ndjson", ".json"}) {
    if (name.ends_with(ending)) return RecordFormat::Json;
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> splitCsv(std::string_view line) {
  std::vector<std::string> values;
  for (std::size_t at = 0;; ++at) {
    auto value = takeValue(line, at);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
    if (at == line.size()) return values;
  }
}

Task<std::optional<Record>> RecordReader::next() {
  const auto line = co_await nextLine();
  co_return line ? std::optional(read(*line)) : std::nullopt;
}

Task<std::uint64_t> RecordReader::count() {
  std::uint64_t count = 0;
  while (co_await nextLine()) ++count;
  co_return count;
}

// The next line that is a record.
Task<std::optional<Line>> RecordReader::nextLine() {
  while (auto line = co_await lines_.next()) {
    const std::string_view text = trim(line->text);
    if (text.empty() && !line->tooLong) continue;
    if (!format_) format_ = text.starts_with('{') ? RecordFormat::Json : RecordFormat::Csv;
    if (*format_ == RecordFormat::Csv && header_.empty()) {
      readHeader(*line);
      continue;
    }
    co_return std::move(line);
  }
  co_return std::nullopt;
}

void RecordReader::readHeader(const Line& line) {
  if (line.tooLong) throw badHeader("is too long", columns_);
  auto names = splitCsv(line.text);
  if (!names) throw badHeader("has quotes that are not closed", columns_);
  for (std::string& name : *names) {
    name = std::string(trim(name));
    if (std::ranges::find(columns_, name) == columns_.end()) {
      throw badHeader("has an unknown column '" + printable(name).substr(0, 80) + "'", columns_);
    }
    if (std::ranges::count(*names, name) > 1) throw badHeader("has the column '" + name + "' twice", columns_);
  }
  for (const std::string_view column : columns_.first(required_)) {
    if (std::ranges::find(*names, column) == names->end()) {
      throw badHeader("lacks the column '" + std::string(column) + "'", columns_);
    }
  }
  header_ = std::move(*names);
}

Record RecordReader::read(const Line& line) const {
  Record record{.line = line.number};
  if (line.tooLong) {
    record.problem = "the line is longer than " + std::to_string(LineReader::kLongest) + " bytes";
  } else if (line.text.find('\0') != std::string::npos) {
    record.problem = "the line holds a NUL character";
  } else if (!isValidUtf8(line.text)) {
    record.problem = "the line is not UTF-8";
  } else if (*format_ == RecordFormat::Json) {
    readJson(line.text, record);
  } else {
    readCsv(line.text, record);
  }
  return record;
}

void RecordReader::readJson(const std::string& text, Record& record) const {
  const auto parsed = parseStrictJson(text);
  if (!parsed || !parsed->is_object()) {
    record.problem = "the line is not a JSON object, or has a member twice";
    return;
  }
  for (const auto& [name, value] : parsed->items()) {
    if (std::ranges::find(columns_, name) == columns_.end()) {
      record.problem = "unknown member '" + printable(name).substr(0, 80) + "'";
    } else if (isNumber(value)) {
      record.members[name] = numberText(value);
    } else if (value.is_string() && value.get_ref<const std::string&>().find('\0') != std::string::npos) {
      record.problem = name + " holds a NUL character";
    } else if (value.is_string()) {
      record.members[name] = value.get<std::string>();
    } else if (!value.is_null()) {
      record.problem = name + " must be a text or a whole number";
    }
    if (!record.problem.empty()) return;
  }
}

void RecordReader::readCsv(const std::string& text, Record& record) const {
  const auto values = splitCsv(text);
  if (!values) {
    record.problem = "quotes are not closed on their line, or have something beside them";
  } else if (values->size() != header_.size()) {
    record.problem = "the line has " + std::to_string(values->size()) + " values where the header has " +
                     std::to_string(header_.size());
  } else {
    for (std::size_t i = 0; i < values->size(); ++i) {
      if (!(*values)[i].empty()) record.members[header_[i]] = (*values)[i];
    }
  }
}

}  // namespace peaqos::app
