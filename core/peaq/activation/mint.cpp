// Step 5: the machine's NFT.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "peaq/activation/work.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

Json row(const ActivationWork& work, const U256& machineId) {
  return {{"machine_id", evm::toJson(machineId)}, {"recipient", evm::toChecksum(work.machine)}};
}

Task<U256> skip(const ActivationWork& work, U256 machineId, U256 tokenId, std::string recoveredFrom) {
  const auto replies =
      co_await work.context.rpc.read({evm::contractCall(work.context.contracts.machineNft, ownerOfCalldata(tokenId))});
  Json entry = row(work, machineId);
  entry["token_id"] = evm::toJson(tokenId);
  if (std::holds_alternative<evm::RpcError>(replies[0])) {
    work.report(kMintStep, "mint", "note", {{"token_id", evm::toJson(tokenId)}});
  } else if (const evm::Address owner = addressFrom(replies[0], "ownerOf(" + tokenId.toDecimal() + ")");
             owner != work.machine) {
    entry["reason"] = "held by " + evm::toChecksum(owner);
    co_await work.record("mint_nft", ledger::Status::Failed, std::move(entry));
    throw networkError("NFT_HELD_ELSEWHERE",
                       "token " + tokenId.toDecimal() + " of machine " + machineId.toDecimal() + " belongs to " +
                           evm::toChecksum(owner) + ", not to " + evm::toChecksum(work.machine),
                       "Transfer the NFT back to the machine, or activate with the key that holds it");
  }
  if (!recoveredFrom.empty()) entry["recovered_from"] = recoveredFrom;
  co_await work.record("mint_nft", ledger::Status::Skipped, std::move(entry));
  work.report(kMintStep, "mint", recoveredFrom.empty() ? "skipped" : "recovered", {{"token_id", evm::toJson(tokenId)}});
  co_return tokenId;
}

Task<U256> minted(const ActivationWork& work, evm::Mined mined, U256 machineId) {
  const std::string hash = toHex0x(mined.receipt.transaction);
  Json entry = row(work, machineId);
  const U256 tokenId = co_await work.readToken(machineId);
  if (tokenId == U256()) {
    co_await work.context.outbox.fail(mined, std::move(entry), "no token id after the mint");
    throw networkError("TOKEN_ID_MISSING", "the mint " + hash + " went through, but the machine has no token id",
                       "Run the command again");
  }
  entry["token_id"] = evm::toJson(tokenId);
  co_await work.context.outbox.confirm(mined, std::move(entry));
  work.report(kMintStep, "mint", "confirmed",
              {{"machine_id", evm::toJson(machineId)}, {"token_id", evm::toJson(tokenId)}, {"tx_hash", hash}});
  co_return tokenId;
}

}  // namespace

Task<U256> mintNft(const ActivationWork& work, U256 machineId, U256 tokenId) {
  work.report(kMintStep, "mint", "started");
  if (tokenId != U256()) co_return co_await skip(work, machineId, tokenId, {});
  evm::Intent intent{
      .step = "mint_nft",
      .to = work.context.contracts.machineNft,
      .value = {},
      .data = mintCalldata(machineId, work.machine),
      .facts = row(work, machineId),
      .laterGas = work.proxy() ? kProxyDidGas : kMachineDidGas,
      .function = "mint(uint256,address)",
      .arguments = Json::array({{"machineId", machineId.toDecimal()}, {"to", evm::toChecksum(work.machine)}})};
  std::optional<evm::RevertError> reverted;
  try {
    evm::Mined mined = co_await work.send(std::move(intent), work.context.signer);
    co_return co_await minted(work, std::move(mined), machineId);
  } catch (const evm::RevertError& error) {
    reverted = error;
  }
  if (reverted->code == "AlreadyMinted") {
    if (const U256 found = co_await work.readToken(machineId); found != U256()) {
      co_return co_await skip(work, machineId, found, "AlreadyMinted");
    }
  }
  co_await work.fail("mint_nft", "mint", *reverted, row(work, machineId));
  co_return U256();
}

}  // namespace peaqos::peaq
