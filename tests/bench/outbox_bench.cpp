// How fast transactions leave through the Outbox: outbox_bench URL CHAIN_ID COUNT RECIPIENT, the key (hexadecimal) on
// standard input, the ledger in the current folder. Prints {"seconds": ..., "confirmed": ...}.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/send_record.hpp"
#include "evm/outbox.hpp"
#include "evm/units.hpp"
#include "host/http.hpp"
#include "ledger/ledger.hpp"
#include "native_host.hpp"

namespace {

using namespace peaqos;

struct Silent : host::Conversation {
  void progress(const host::Progress&) override {}
  Task<std::optional<Secret>> ask(host::Question) override { co_return std::nullopt; }
};

struct Job {
  std::string url;
  std::uint64_t chainId;
  unsigned count;
  evm::Address recipient;
  evm::KeySigner signer;
};

Task<unsigned> sendAll(host::Host& host, Job job) {
  Silent conversation;
  host::HttpClient http(host, std::chrono::seconds(30));
  evm::RpcClient rpc(http, job.url);
  ledger::Ledger ledger(host, conversation);
  SendRecord sent;
  evm::Outbox outbox({.host = host, .conversation = conversation, .rpc = rpc, .ledger = ledger, .sent = sent},
                     {.chainId = job.chainId, .limits = {.maxFee = evm::U256(1'000'000'000'000'000'000)}});
  std::vector<evm::Intent> intents;
  for (unsigned number = 0; number < job.count; ++number) {
    intents.push_back(
        {.step = "bench", .to = job.recipient, .value = {}, .data = {}, .identity = std::to_string(number)});
  }
  std::vector<evm::Outcome> outcomes = co_await outbox.sendAll(std::move(intents), job.signer);
  unsigned confirmed = 0;
  for (const evm::Outcome& outcome : outcomes) {
    if (const auto* mined = std::get_if<evm::Mined>(&outcome)) {
      co_await outbox.confirm(*mined, mined->facts);
      ++confirmed;
    }
  }
  co_return confirmed;
}

}  // namespace

int main(int argc, char** argv) {
  char digits[67] = {};
  if (argc != 5 || !std::fgets(digits, sizeof digits, stdin)) return EXIT_FAILURE;
  const auto key = fromHex(std::string(digits).substr(2, 64));
  const auto recipient = evm::parseAddress(argv[4]);
  if (!key || !recipient) return EXIT_FAILURE;
  Job job{argv[1], std::stoull(argv[2]), static_cast<unsigned>(std::stoul(argv[3])), *recipient,
          evm::KeySigner(*crypto::PrivateKey::fromBytes(*key))};

  native::NativeHost host;
  const auto start = host.lent().clock.monotonic();
  const unsigned confirmed = host.loop.run(sendAll(host.lent(), std::move(job)));
  const double seconds = static_cast<double>((host.lent().clock.monotonic() - start).count()) / 1e6;
  std::printf("{\"seconds\": %.6f, \"confirmed\": %u}\n", seconds, confirmed);
  return EXIT_SUCCESS;
}
