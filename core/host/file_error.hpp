// Messages for files that could not be read or written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "host/host.hpp"

namespace peaqos::host {

// Why, as a clause: "permission denied".
std::string_view reason(FileFailure failure);

// The Error of a failed file access. `what` names the file's role, e.g. "--raw-data file"; `kind` says whose fault it
// is.
Error fileError(ErrorKind kind, std::string_view what, const FileError& failure);

}  // namespace peaqos::host
