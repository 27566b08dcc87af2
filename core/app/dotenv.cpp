// SPDX-License-Identifier: Apache-2.0
#include "app/dotenv.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peaqos::app {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kEscapes = "\\'\"abfnrtv";
constexpr std::string_view kEscaped = "\\'\"\a\b\f\n\r\t\v";

bool isBlank(char c) { return c == ' ' || c == '\t'; }

class Parser {
 public:
  Parser(std::string_view text, const VariableLookup& environment) : text_(text), environment_(environment) {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  DotenvFile parse() {
    while (at_ < text_.size()) {
      const std::size_t line = lineNumber();
      if (!parseLine()) {
        file_.badLines.push_back(line);
        skipLine();
      }
    }
    return std::move(file_);
  }

 private:
  std::size_t lineNumber() const {
    return 1 +
           static_cast<std::size_t>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
  }
  bool atLineEnd() const { return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  void skipBlanks() {
    while (at_ < text_.size() && isBlank(text_[at_])) ++at_;
  }
  void skipLine() { at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1; }
  // Blanks and a comment may stand behind a value; then the line must end.
  bool finishLine() {
    skipBlanks();
    if (!atLineEnd() && text_[at_] != '#') return false;
    if (at_ < text_.size()) skipLine();
    return true;
  }

  bool parseLine() {
    const std::size_t begin = at_;
    skipBlanks();
    if (atLineEnd() || text_[at_] == '#') return finishLine();
    const auto name = parseName();
    if (!name) return false;
    skipBlanks();
    if (atLineEnd() || text_[at_] == '#') return finishLine();  // a name alone sets nothing
    if (text_[at_] != '=') return false;
    ++at_;
    skipBlanks();
    std::string value;
    if (!atLineEnd() && (text_[at_] == '"' || text_[at_] == '\'')) {
      auto quoted = parseQuoted(text_[at_]);
      if (!quoted || !finishLine()) return false;
      value = std::move(*quoted);
    } else {
      value = parseUnquoted();
      finishLine();
    }
    file_.variables[*name] = expand(value);
    file_.assignments.push_back({*name, begin, at_});
    return true;
  }

  std::optional<std::string> parseName() {
    constexpr std::string_view kExport = "export";
    if (text_.substr(at_).starts_with(kExport) && at_ + kExport.size() < text_.size() &&
        isBlank(text_[at_ + kExport.size()])) {
      at_ += kExport.size();
      skipBlanks();
    }
    const bool quoted = at_ < text_.size() && text_[at_] == '\'';
    if (quoted) ++at_;
    const std::size_t end = text_.find_first_of(quoted ? "'\r\n" : "=# \t\r\n", at_);
    std::string name(text_.substr(at_, end == std::string_view::npos ? end : end - at_));
    at_ = std::min(end, text_.size());
    if (quoted) {
      if (at_ == text_.size() || text_[at_] != '\'') return std::nullopt;
      ++at_;
    }
    if (name.empty()) return std::nullopt;
    return name;
  }

  std::optional<std::string> parseQuoted(char quote) {
    const std::string_view escapes = quote == '"' ? kEscapes : std::string_view("\\'");
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote) {
        ++at_;
        return value;
      }
      const std::size_t escape =
          c == '\\' && at_ + 1 < text_.size() ? escapes.find(text_[at_ + 1]) : std::string_view::npos;
      if (escape == std::string_view::npos) {
        value += c;
      } else {
        value += quote == '"' ? kEscaped[escape] : escapes[escape];
        ++at_;
      }
    }
    return std::nullopt;
  }

  // To the end of the line, or to a '#' behind a blank.
  std::string parseUnquoted() {
    const std::size_t start = at_;
    while (!atLineEnd() && !(text_[at_] == '#' && (at_ == start || isBlank(text_[at_ - 1])))) ++at_;
    return std::string(trim(text_.substr(start, at_ - start)));
  }

  std::string lookUp(const std::string& name, const std::string& fallback) const {
    if (const auto value = environment_(name)) return *value;
    const auto earlier = file_.variables.find(name);
    return earlier == file_.variables.end() ? fallback : earlier->second;
  }

  std::string expand(std::string_view value) const {
    std::string out;
    while (true) {
      const std::size_t open = value.find("${");
      const std::size_t close = open == std::string_view::npos ? open : value.find('}', open);
      if (close == std::string_view::npos) return out.append(value);
      out += value.substr(0, open);
      const std::string_view inner = value.substr(open + 2, close - open - 2);
      const std::size_t dash = inner.find(":-");
      const std::string fallback(dash == std::string_view::npos ? "" : inner.substr(dash + 2));
      out += lookUp(std::string(inner.substr(0, dash)), fallback);
      value.remove_prefix(close + 1);
    }
  }

  std::string_view text_;
  const VariableLookup& environment_;
  std::size_t at_ = 0;
  DotenvFile file_;
};

}  // namespace

DotenvFile parseDotenv(std::string_view text, const VariableLookup& environment) {
  return Parser(text, environment).parse();
}

std::string dotenvLine(const std::string& name, const std::string& value) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+,~=?&";
  if (value.find_first_not_of(kPlain) == std::string::npos) return name + "=" + value + "\n";
  std::string quoted;
  for (const char c : value) {
    if (c == '\n' || c == '\r') {
      quoted += c == '\n' ? "\\n" : "\\r";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return name + "=\"" + quoted + "\"\n";
}

std::string withVariable(std::string_view text, const std::string& name, const std::string& value) {
  const VariableLookup nothing = [](const std::string&) { return std::nullopt; };
  const std::string line = dotenvLine(name, value);
  std::string out;
  std::size_t kept = 0;
  for (const Assignment& assignment : parseDotenv(text, nothing).assignments) {
    if (assignment.name != name || !text.substr(assignment.begin).starts_with(name + "=")) continue;
    out += text.substr(kept, assignment.begin - kept);
    out += line;
    kept = assignment.end;
  }
  out += text.substr(kept);
  const DotenvFile edited = parseDotenv(out, nothing);
  const auto found = edited.variables.find(name);
  if (found != edited.variables.end() && found->second == value) return out;
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  return out + line;
}

}  // namespace peaqos::app
