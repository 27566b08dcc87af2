// Operations on the vault's wallets.
// SPDX-License-Identifier: Apache-2.0
#include "app/market/sign_message.hpp"
#include "app/members.hpp"
#include "app/operation.hpp"
#include "app/wallet/use_wallet.hpp"
#include "app/wallet/wallets.hpp"

namespace peaqos::app {
namespace {

Task<Json> callCreateWallet(Json request, Caller caller) {
  Members members(request);
  CreateWalletRequest typed{.name = members.required("name"), .words = members.text("words").value_or("12")};
  members.refuseOthers();
  co_return toJson(co_await createWallet(std::move(typed), caller));
}

// The phrase, or the key, and the passphrase are answers: a request's JSON could not be wiped.
template <bool mnemonic>
Task<Json> callImport(Json request, Caller caller) {
  Members members(request);
  ImportWalletRequest typed{.name = members.required("name"), .mnemonic = mnemonic, .privateKeySource = "privateKey"};
  if (mnemonic) typed.index = members.text("index").value_or("0");
  members.refuseOthers();
  co_return toJson(co_await importWallet(std::move(typed), caller));
}

Task<Json> callListWallets(Json request, Caller caller) {
  Members(request).refuseOthers();
  Json list = Json::array();
  for (const vault::Wallet& wallet : co_await listWallets(caller)) list.push_back(toJson(wallet));
  co_return list;
}

template <Task<vault::Wallet> (*operation)(std::string, Caller)>
Task<Json> callOnOne(Json request, Caller caller) {
  Members members(request);
  std::string wallet = members.required("wallet");
  members.refuseOthers();
  co_return toJson(co_await operation(std::move(wallet), caller));
}

Task<Json> callExportWallet(Json request, Caller caller) {
  Members members(request);
  std::string wallet = members.required("wallet");
  members.refuseOthers();
  const Secret secret = co_await exportWallet(std::move(wallet), caller);
  co_return Json{{"secret", asText(secret.expose())}};
}

Task<Json> callRenameWallet(Json request, Caller caller) {
  Members members(request);
  std::string wallet = members.required("wallet");
  std::string name = members.required("name");
  members.refuseOthers();
  co_return toJson(co_await renameWallet(std::move(wallet), std::move(name), caller));
}

Task<Json> callSignMessage(Json request, Caller caller) {
  Members members(request);
  auto wallet = members.text("wallet");
  std::string message = members.required("message");
  members.refuseOthers();
  co_return co_await signMessage(std::move(wallet), std::move(message), caller);
}

constexpr Operation kOperations[] = {
    {"createWallet", callCreateWallet},        {"importMnemonic", callImport<true>},
    {"importPrivateKey", callImport<false>},   {"listWallets", callListWallets},
    {"showWallet", callOnOne<showWallet>},     {"exportWallet", callExportWallet},
    {"deleteWallet", callOnOne<deleteWallet>}, {"renameWallet", callRenameWallet},
    {"useWallet", callOnOne<useWallet>},       {"signMessage", callSignMessage},
};

}  // namespace

std::span<const Operation> walletOperations() { return kOperations; }

}  // namespace peaqos::app
