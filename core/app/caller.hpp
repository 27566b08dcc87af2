// Who asks for an operation: a command line or a program.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/send_record.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"

namespace peaqos::app {

// How a request's fields are called in messages: "--doc-url" for flags, "docUrl" for the members of a JSON request,
// "doc_url" for the columns of a file.
enum class Naming { Flags, Members, Columns };

struct Caller {
  host::Host& host;
  host::Conversation& conversation;
  Naming naming = Naming::Flags;
  std::map<std::string, std::string> overrides = {};  // variables that flags set
  // What has been sent for this caller: copies of a Caller share it, and it stamps the error that ends the operation.
  std::shared_ptr<SendRecord> sent = std::make_shared<SendRecord>();

  // The name of a field, given as its flag without dashes ("doc-url").
  std::string fieldName(std::string_view flag) const;
  // The same for a field that a command line has as an argument: "MACHINE_ID".
  std::string argumentName(std::string_view flag) const;

  // Overrides PEAQOS_MAX_FEE with the field `max-fee`. Throws Error (Input) "BAD_FIELD" for what is not an amount of
  // coins.
  void overrideMaxFee(std::string coins);
};

// A hint for command lines, in which each "--flag" becomes the name of the member that stands for it.
std::string withMemberNames(std::string_view text);

}  // namespace peaqos::app
