// The one place where whatever was thrown becomes an Error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>

#include "base/error.hpp"
#include "base/json.hpp"

namespace peaqos::app {

// The Error that an exception stands for; what nobody foresaw becomes INTERNAL, without its own words, since those
// could hold anything. A host::BrokenPipe is rethrown.
Error errorFrom(std::exception_ptr thrown);

// {code, kind, message, hint, sent, hashes}
Json toJson(const Error& error);

}  // namespace peaqos::app
