// The words for a transaction that is prepared, signed and sent in steps of their own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

inline constexpr Option kUnsignedOption = {
    .name = "unsigned",
    .type = ValueType::File,
    .placeholder = "PATH",
    .help = "Write the transaction to a new file instead of sending it: peaqos sign signs it without a network",
    .use = FileUse::Written};

// The file of --unsigned, if it is given. Throws Error (Input) "USAGE" when it is given with what shows a plan.
std::optional<std::string> unsignedFile(const Arguments& arguments);

// Says that the file was written, and what is in it.
void showUnsigned(const Json& written, const Arguments& arguments, Output& output);

// Lines that tell who does what, at which price: from {from, chainId, nonce, to, valueWei, feeWei, function,
// arguments}, and txHash where there is one.
std::string offlineText(const Json& transaction);

// Schema of that object with `file`; with `hash`, {txHash, earlier} as well.
Json offlineSchema(bool hash);

}  // namespace peaqos::cli
