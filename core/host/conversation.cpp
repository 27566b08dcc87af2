// SPDX-License-Identifier: Apache-2.0
#include "host/conversation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::host {
namespace {

constexpr int kAttempts = 3;

}  // namespace

Task<Secret> askSecret(Conversation& conversation, Question question, SecretCheck check) {
  std::string problem;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto given = co_await conversation.ask(question);
    if (!given) {
      throw inputError("NO_ANSWER", "there is no answer to '" + question.text + "'",
                       question.instead.empty() ? "Run the command on a terminal" : question.instead);
    }
    problem = check(given->expose());
    if (problem.empty()) co_return std::move(*given);
    conversation.progress({.name = "answer", .state = "refused", .facts = {{"text", problem}}});
  }
  throw inputError("BAD_ANSWER",
                   "'" + question.text + "' was answered wrongly " + std::to_string(kAttempts) + " times: " + problem);
}

Task<std::string> ask(Conversation& conversation, Question question, AnswerCheck check) {
  const auto trimmed = [](BytesView answer) { return std::string(trim(asText(answer))); };
  const Secret answer =
      co_await askSecret(conversation, std::move(question), [&](BytesView given) { return check(trimmed(given)); });
  co_return trimmed(answer.expose());
}

Task<bool> confirm(Conversation& conversation, Question question) {
  constexpr std::array<std::string_view, 2> kYes = {"y", "yes"};
  constexpr std::array<std::string_view, 3> kNo = {"", "n", "no"};
  const auto lower = [](std::string word) {
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return word;
  };
  question.text += " [y/N]";
  const std::string answer = co_await ask(conversation, std::move(question), [&](const std::string& given) {
    const std::string word = lower(given);
    const bool known = std::ranges::find(kYes, word) != kYes.end() || std::ranges::find(kNo, word) != kNo.end();
    return known ? std::string() : std::string("Answer y or n");
  });
  co_return std::ranges::find(kYes, lower(answer)) != kYes.end();
}

}  // namespace peaqos::host
