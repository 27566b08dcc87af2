// SPDX-License-Identifier: Apache-2.0
#include "host/conversation.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::host {
namespace {

constexpr int kAttempts = 3;

}  // namespace

Task<std::string> ask(Conversation& conversation, Question question, AnswerCheck check) {
  std::string problem;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto given = co_await conversation.ask(question);
    if (!given) {
      throw inputError("NO_ANSWER", "there is no answer to '" + question.text + "'",
                       question.instead.empty() ? "Run the command on a terminal" : question.instead);
    }
    std::string answer(trim(asText(given->expose())));
    problem = check(answer);
    if (problem.empty()) co_return answer;
    conversation.progress({.name = "answer", .state = "refused", .facts = {{"text", problem}}});
  }
  throw inputError("BAD_ANSWER",
                   "'" + question.text + "' was answered wrongly " + std::to_string(kAttempts) + " times: " + problem);
}

}  // namespace peaqos::host
