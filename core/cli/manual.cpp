// SPDX-License-Identifier: Apache-2.0
#include "cli/manual.hpp"

#include "app/settings/variables.hpp"
#include "base/text.hpp"
#include "cli/tree.hpp"

namespace peaqos::cli {
namespace {

// A text that troff takes as it stands: no escape, no typographic minus, no request at the start of a line.
std::string escaped(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string entry(const std::string& term, std::string_view text) {
  return ".TP\n" + term + "\n" + escaped(text) + "\n";
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string optionEntry(const Option& option) {
  std::string term = option.letter ? bold(std::string("-") + option.letter) + ", " : "";
  term += bold("--" + std::string(option.name));
  if (!option.choices.empty())
    term += " " + italic(join({option.choices.begin(), option.choices.end()}, "|"));
  else if (option.type != ValueType::Flag)
    term += " " + italic(option.placeholder);
  std::string text(option.help);
  if (option.required) {
    text += option.unless.empty() ? " (required)" : " (required without --" + std::string(option.unless) + ")";
  }
  if (!option.fallback.empty()) text += " (default: " + std::string(option.fallback) + ")";
  return entry(term, text);
}

std::string commandSection(const Place& place) {
  const Command& command = *place.command;
  std::string title = "peaqos " + place.path;
  if (!command.options.empty()) title += " [OPTIONS]";
  for (const Argument& argument : command.arguments) title += " " + argument.placeholder();
  std::string out = ".SS " + escaped(title) + "\n" + escaped(command.summary) + ".\n";
  if (!command.details.empty()) out += ".PP\n" + escaped(command.details) + "\n";
  for (const Argument& argument : command.arguments) out += entry(italic(argument.placeholder()), argument.help);
  for (const Option& option : command.options) out += optionEntry(option);
  if (command.examples.empty()) return out;
  out += ".PP\nExamples:\n.PP\n.nf\n.RS 4\n";
  for (const std::string_view example : command.examples) out += escaped(example) + "\n";
  return out + ".RE\n.fi\n";
}

std::string notes(std::string_view title, std::span<const Note> rows) {
  std::string out = ".SH " + std::string(title) + "\n";
  for (const Note& note : rows) out += entry(bold(note.name), note.text);
  return out;
}

}  // namespace

std::string manual() {
  std::string out = ".TH PEAQOS 1 \"\" \"peaqos " PEAQOS_VERSION
                    "\" \"User Commands\"\n"
                    ".SH NAME\npeaqos \\- put machines on the peaq blockchain\n"
                    ".SH SYNOPSIS\n.B peaqos\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]\n"
                    ".SH DESCRIPTION\nRegisters machines, submits their events and reads their credit ratings. "
                    "Results go to standard output, everything else to standard error.\n"
                    ".SH OPTIONS\n";
  for (const Option& option : globalOptions()) out += optionEntry(option);
  out += ".SH COMMANDS\n";
  for (const Place& place : places()) {
    if (place.command) out += commandSection(place);
  }
  out += ".SH ENVIRONMENT\n";
  for (const app::Variable& variable : app::variables()) out += entry(bold(variable.name), variable.description());
  out += ".SH FILES\n";
  out += entry(bold(".env"), "Settings in the current directory; the environment wins over them.");
  out += entry(bold("peaqos.log"),
               "What was sent to the chain, so that a run that was killed is continued by the next one.");
  return out + notes("EXIT STATUS", exitCodes());
}

}  // namespace peaqos::cli
