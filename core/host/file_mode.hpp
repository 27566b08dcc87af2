// What a file's mode lets others than its owner do.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace peaqos::host {

// Whether others may read, write or execute it.
constexpr bool isOpenToOthers(unsigned mode) { return (mode & 0077U) != 0; }

// Whether others may change it.
constexpr bool isWritableByOthers(unsigned mode) { return (mode & 0022U) != 0; }

}  // namespace peaqos::host
