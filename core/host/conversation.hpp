// How a long operation talks with the person who started it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::host {

// One thing that happened. `name` and `state` are stable words; `facts` are their numbers, addresses and hashes. The
// words for people are the front end's.
struct Progress {
  int step = 0;  // 1 to `steps`; 0 for what belongs to no step
  int steps = 0;
  std::string name = {};   // what: "balance", "register", "transaction", ...
  std::string state = {};  // "started", "skipped", "confirmed", ...
  Json facts = Json::object();
};

// Something that only a person can answer. `name` is a stable word for programs.
struct Question {
  std::string name;
  std::string text;          // for people, without the colon at its end
  bool hidden = false;       // the answer is secret
  std::string instead = {};  // what else gives the answer, e.g. "set OWS_PASSPHRASE"; for the error when there is none
  bool personOnly = false;   // a line of redirected input is no answer
  Json facts = Json::object();
};

class Conversation {
 public:
  virtual ~Conversation() = default;
  virtual void progress(const Progress& progress) = 0;
  // The answer, or nothing when nobody can give one.
  virtual Task<std::optional<Secret>> ask(Question question) = 0;
  // Whether somebody wants to see each transaction before it is signed: question "approve", answered "yes".
  virtual bool approves() const { return false; }
};

// What is wrong with an answer, as one clause; empty when nothing is.
using AnswerCheck = std::function<std::string(const std::string& answer)>;

// Asks until an answer passes the check, three times at most; blanks around an answer are dropped. Says what was wrong
// as Progress "answer", "refused". Throws Error (Input): "NO_ANSWER", "BAD_ANSWER".
Task<std::string> ask(Conversation& conversation, Question question, AnswerCheck check);

// As ask(), for a secret: its bytes as they were typed, blanks included.
using SecretCheck = std::function<std::string(BytesView answer)>;
Task<Secret> askSecret(Conversation& conversation, Question question, SecretCheck check);

// A yes or no; an empty answer is no. Throws as ask().
Task<bool> confirm(Conversation& conversation, Question question);

}  // namespace peaqos::host
