// SPDX-License-Identifier: Apache-2.0
#include "cli/operations.hpp"

#include <algorithm>
#include <string>

#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

std::string memberName(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c == '-') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// A number with more digits than JSON's readers keep is given as its text.
Json numberSchema(const char* type, const char* pattern) {
  return {{"anyOf", Json::array({{{"type", type}}, {{"type", "string"}, {"pattern", pattern}}})}};
}

Json valueSchema(ValueType type, std::span<const std::string_view> choices) {
  switch (type) {
    case ValueType::Flag: return {{"type", "boolean"}};
    case ValueType::Integer: return numberSchema("integer", "^[+-]?[0-9]+$");
    case ValueType::Number: return numberSchema("number", "^[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?$");
    case ValueType::Choice: {
      Json words = Json::array();
      for (const std::string_view choice : choices) words.push_back(choice);
      return {{"type", "string"}, {"enum", std::move(words)}};
    }
    case ValueType::Text:
    case ValueType::File:
    case ValueType::Url: break;
  }
  return {{"type", "string"}};
}

const char* nameOf(FileUse use) {
  switch (use) {
    case FileUse::Read: return "read";
    case FileUse::Written: return "written";
    case FileUse::Unstated: break;
  }
  return "unstated";
}

Json optionSchema(const Option& option) {
  Json out = valueSchema(option.type, option.choices);
  if (option.repeated) out = {{"type", "array"}, {"items", std::move(out)}, {"minItems", 1}};
  out["description"] = option.help;
  if (std::ranges::find(option.choices, option.fallback) != option.choices.end()) {
    out["default"] = option.fallback;
  } else if (!option.fallback.empty()) {
    out["description"] = std::string(option.help) + " (default: " + std::string(option.fallback) + ")";
  }
  out["x-flag"] = option.name;
  if (option.type == ValueType::File) out["x-file"] = nameOf(option.use);
  if (option.secret) out["x-secret"] = true;
  if (!option.unit.empty()) out["x-unit"] = option.unit;
  return out;
}

Json argumentSchema(const Argument& argument, std::size_t place) {
  Json out = valueSchema(argument.type, {});
  if (argument.repeated) out = {{"type", "array"}, {"items", std::move(out)}, {"minItems", 1}};
  out["description"] = argument.help;
  out["x-argument"] = place;
  if (argument.type == ValueType::File) out["x-file"] = nameOf(argument.use);
  return out;
}

const char* nameOf(Effect effect) {
  switch (effect) {
    case Effect::Reads: return "reads";
    case Effect::Writes: return "writes";
    case Effect::Pays: return "pays";
    case Effect::Unstated: break;
  }
  return "unstated";
}

}  // namespace

Json inputSchema(const Command& command) {
  Json properties = Json::object();
  Json required = Json::array();
  Json dependencies = Json::object();
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const std::string name = memberName(command.arguments[i].name);
    properties[name] = argumentSchema(command.arguments[i], i);
    required.push_back(name);
  }
  for (const Option& option : command.options) {
    if (option.name == "json") continue;
    const std::string name = memberName(option.name);
    properties[name] = optionSchema(option);
    if (option.required && option.unless.empty()) required.push_back(name);
    if (!option.needs.empty()) dependencies[name] = Json::array({memberName(option.needs)});
  }
  Json out{{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
  if (!dependencies.empty()) out["dependencies"] = std::move(dependencies);
  out["additionalProperties"] = false;
  return out;
}

Json operations() {
  Json list = Json::array();
  for (const Command* command : commands()) {
    list.push_back({{"command", command->path},
                    {"summary", command->summary},
                    {"details", command->details},
                    {"effect", nameOf(command->effect)},
                    {"personal", command->personal},
                    {"lines", command->lines},
                    {"input", inputSchema(*command)},
                    {"result", command->result ? command->result() : Json(nullptr)}});
  }
  return {{"error", errorSchema()}, {"commands", std::move(list)}};
}

}  // namespace peaqos::cli
