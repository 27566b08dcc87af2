// Signers from private keys that users write.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "evm/signer.hpp"
#include "host/host.hpp"

namespace peaqos::app {

// Blinds computations with secret keys against side channels, once in a process. Called before the first of them, and
// not at the start: most commands have no key.
void blindKeys(host::Random& random);

// From a key's text, 64 hexadecimal digits with or without "0x". Throws Error (Configuration) that names the key's
// source, never the key: "BAD_PRIVATE_KEY".
std::unique_ptr<evm::Signer> signerFrom(BytesView text, const std::string& source);

}  // namespace peaqos::app
