// SPDX-License-Identifier: Apache-2.0
#include "app/market/sign_message.hpp"

#include <memory>
#include <utility>

#include "app/signing/session.hpp"
#include "base/bytes.hpp"
#include "evm/address.hpp"

namespace peaqos::app {

Task<Json> signMessage(std::optional<std::string> wallet, std::string message, Caller caller) {
  if (wallet) caller.overrides["PEAQOS_OWS_WALLET"] = std::move(*wallet);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  const evm::MessageSignature signature = co_await signer->signMessage(std::move(message));
  co_return Json{{"address", evm::toChecksum(signer->address())}, {"signature", toHex0x(signature)}};
}

}  // namespace peaqos::app
