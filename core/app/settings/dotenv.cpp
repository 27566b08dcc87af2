// SPDX-License-Identifier: Apache-2.0
#include "app/settings/dotenv.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnds = "\r\n";
constexpr std::string_view kEscapes = "\\'\"abfnrtv";
constexpr std::string_view kEscaped = "\\'\"\a\b\f\n\r\t\v";

// The length of the blank that a text begins with, in bytes; 0 when it begins with something else. Blanks are what
// Python takes for white space, ends of lines left out.
std::size_t blankLength(std::string_view text) {
  const auto character = firstCharacter(text);
  if (!character) return 0;
  const std::uint32_t c = character->point;
  const bool ascii = c == ' ' || c == '\t' || c == '\v' || c == '\f' || (c >= 0x1C && c <= 0x1F);
  const bool other = c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
                     c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
  return ascii || other ? character->bytes : 0;
}

// A name that may be shown: what stands before a '=' by mistake may be part of a secret.
bool isPlainName(std::string_view name) {
  return name.size() <= 40 && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

class Parser {
 public:
  Parser(std::string_view text, const VariableLookup& environment, std::size_t limit)
      : text_(text), environment_(environment), limit_(limit) {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  DotenvFile parse() {
    while (at_ < text_.size()) {
      name_.clear();
      const std::size_t line = lineNumber();
      const std::string problem = readLine(line);
      if (problem.empty()) continue;
      const bool named = !name_.empty() && isPlainName(name_);
      file_.badLines.push_back({line, problem + (named ? "; " + name_ + " is not set by it" : "; it sets nothing")});
      at_ = std::min(text_.find_first_of(kLineEnds, at_), text_.size());
      skipLineEnd();
    }
    return std::move(file_);
  }

 private:
  // Counted on from the last call.
  std::size_t lineNumber() {
    for (; counted_ < at_; ++counted_) {
      const bool pair = text_[counted_] == '\r' && counted_ + 1 < text_.size() && text_[counted_ + 1] == '\n';
      if (text_[counted_] == '\n' || (text_[counted_] == '\r' && !pair)) ++line_;
    }
    return line_;
  }
  bool atLineEnd() const { return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  bool isAt(char c) const { return at_ < text_.size() && text_[at_] == c; }
  std::size_t skipBlanks() {
    const std::size_t begin = at_;
    while (const std::size_t length = blankLength(text_.substr(at_))) at_ += length;
    return at_ - begin;
  }
  void skipLineEnd() {
    if (isAt('\r')) {
      at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
    } else if (isAt('\n')) {
      ++at_;
    }
  }
  // Blanks and a comment may stand here; then the line must end.
  bool finishLine() {
    skipBlanks();
    if (isAt('#')) at_ = std::min(text_.find_first_of(kLineEnds, at_), text_.size());
    if (!atLineEnd()) return false;
    skipLineEnd();
    return true;
  }

  // What is wrong with the line, as a clause; empty when it could be read.
  std::string readLine(std::size_t line) {
    constexpr char kNoAssignment[] = "it is no NAME=value";
    const std::size_t begin = at_;
    skipBlanks();
    if (atLineEnd() || isAt('#')) return finishLine() ? "" : kNoAssignment;
    if (!readName()) return kNoAssignment;
    skipBlanks();
    if (!isAt('=')) {
      // Without '=' a name takes away what an earlier line has set.
      if (!finishLine()) return kNoAssignment;
      file_.variables.erase(name_);
      unset_.insert(name_);
      return {};
    }
    ++at_;
    const bool afterBlank = skipBlanks() > 0;
    std::string value;
    if (isAt('"') || isAt('\'')) {
      auto quoted = readQuoted(text_[at_]);
      if (!quoted) return "its quote is never closed";
      if (!finishLine()) return "text follows its closing quote";
      value = std::move(*quoted);
    } else {
      value = readUnquoted(afterBlank);
      finishLine();
    }
    assign(value, line, begin);
    return {};
  }

  bool readName() {
    constexpr std::string_view kExport = "export";
    if (text_.substr(at_).starts_with(kExport) && blankLength(text_.substr(at_ + kExport.size())) > 0) {
      at_ += kExport.size();
      skipBlanks();
    }
    if (isAt('\'')) {
      const std::size_t close = text_.find('\'', at_ + 1);
      if (close == std::string_view::npos || close == at_ + 1) return false;
      name_ = text_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
      return true;
    }
    const std::size_t begin = at_;
    while (!atLineEnd() && text_[at_] != '=' && text_[at_] != '#' && blankLength(text_.substr(at_)) == 0) ++at_;
    name_ = text_.substr(begin, at_ - begin);
    return !name_.empty();
  }

  // The text between quotes. Stays before the opening one when there is no closing one.
  std::optional<std::string> readQuoted(char quote) {
    const std::string_view escapes = quote == '"' ? kEscapes : std::string_view("\\'");
    std::string value;
    for (std::size_t at = at_ + 1; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == quote) {
        at_ = at + 1;
        return value;
      }
      const std::size_t escape = c == '\\' && at + 1 < text_.size() ? escapes.find(text_[at + 1]) : std::string::npos;
      if (escape == std::string_view::npos) {
        value += c;
      } else {
        value += quote == '"' ? kEscaped[escape] : escapes[escape];
        ++at;
      }
    }
    return std::nullopt;
  }

  // To the end of the line, or to a '#' behind a blank.
  std::string readUnquoted(bool afterBlank) {
    const std::size_t begin = at_;
    std::size_t end = at_;  // behind the last character that is no blank
    while (!atLineEnd()) {
      if (isAt('#') && afterBlank) break;
      const std::size_t blank = blankLength(text_.substr(at_));
      afterBlank = blank > 0;
      at_ += std::max<std::size_t>(blank, 1);
      if (!afterBlank) end = at_;
    }
    return std::string(text_.substr(begin, end - begin));
  }

  void assign(const std::string& value, std::size_t line, std::size_t begin) {
    const auto lookUp = [this](const std::string& name) -> std::optional<std::string> {
      if (auto given = environment_(name)) return given;
      const auto earlier = file_.variables.find(name);
      if (earlier != file_.variables.end()) return earlier->second;
      return unset_.contains(name) ? std::optional<std::string>("") : std::nullopt;
    };
    auto expanded = expand(value, lookUp, limit_ - std::min(size_, limit_));
    if (!expanded) {
      throw configurationError("BAD_DOTENV",
                               "Invalid configuration: line " + std::to_string(line) +
                                   " of .env makes its values larger than " + std::to_string(limit_ >> 10) + " KiB",
                               "Look at the ${...} in it");
    }
    size_ += expanded->size();
    file_.variables[name_] = std::move(*expanded);
    file_.assignments.push_back({name_, line, begin, at_});
  }

  std::string_view text_;
  const VariableLookup& environment_;
  std::size_t limit_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;  // up to here line ends are counted
  std::size_t line_ = 1;
  std::size_t size_ = 0;         // of all values so far
  std::string name_;             // of the line that is being read
  std::set<std::string> unset_;  // names that stood without '='
  DotenvFile file_;
};

}  // namespace

DotenvFile parseDotenv(std::string_view text, const VariableLookup& environment, std::size_t limit) {
  return Parser(text, environment, limit).parse();
}

}  // namespace peaqos::app
