// The one place where whatever was thrown becomes an Error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/send_record.hpp"

namespace peaqos::app {

// The Error that an exception stands for; what nobody foresaw becomes INTERNAL, without its own words, since those
// could hold anything. A host::BrokenPipe is rethrown.
Error errorFrom(std::exception_ptr thrown);

// {code, kind, message, hint, sent, hashes}
Json toJson(const Error& error);

// The JSON of the error that was thrown, with `context` where more is known of it: what the MCR API said.
Json withContext(Json error, std::exception_ptr thrown);

// As above, with what the operation had sent by then.
Error errorFrom(std::exception_ptr thrown, const SendRecord& sent);

}  // namespace peaqos::app
