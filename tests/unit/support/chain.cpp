// SPDX-License-Identifier: Apache-2.0
#include "support/chain.hpp"

#include <algorithm>
#include <utility>

#include "crypto/keccak.hpp"
#include "evm/abi.hpp"
#include "evm/rlp.hpp"

namespace peaqos::test {

using evm::Address;
using evm::U256;

evm::U256 coins(std::uint64_t count) { return U256(count) * U256(1'000'000'000'000'000'000); }

CallResult revertWith(const std::string& reason) {
  return {.output = evm::encodeCall("Error(string)", {std::string_view(reason)}), .reverted = true, .reason = reason};
}

CallResult revertWithError(std::string_view signature) {
  return {.output = evm::encodeCall(signature, {}), .reverted = true};
}

Account Block::account(const Address& address) const {
  const auto found = state->find(address);
  return found == state->end() ? Account{} : found->second;
}

Chain::Chain(EventLoop& loop, ChainSettings initial) : loop_(loop), settings_(std::move(initial)) {
  addBlock(loop.now(), true);
  catchUp();  // fixes when the next one is due
}

void Chain::setBalance(const Address& address, const U256& wei) {
  catchUp();
  State state = *blocks_.back()->state;
  state[address].balance = wei;
  blocks_.back()->state = std::make_shared<const State>(std::move(state));
}

CallResult Chain::simulate(const Call& call) const {
  const auto contract = contracts_.find(call.to);
  return contract == contracts_.end() ? CallResult{.gas = 0} : contract->second(call);
}

// Yellow Paper, appendix G, with EIP-2028: 21,000, and 4 for each zero byte of the data or 16 for each other one.
std::uint64_t Chain::intrinsicGas(BytesView data) {
  std::uint64_t gas = 21'000;
  for (const std::uint8_t byte : data) gas += byte == 0 ? 4U : 16U;
  return gas;
}

// --- Blocks

const Block& Chain::head() {
  catchUp();
  return *blocks_.back();
}

const Block* Chain::block(std::uint64_t number) const {
  return number < blocks_.size() ? blocks_[static_cast<std::size_t>(number)].get() : nullptr;
}

const Block* Chain::block(const Hash256& hash) const {
  const auto found = std::ranges::find_if(blocks_, [&](const auto& block) { return block->hash == hash; });
  return found == blocks_.end() ? nullptr : found->get();
}

void Chain::catchUp() {
  const microseconds interval = settings_.blockTime;
  if (interval.count() == 0) {
    nextBlock_.reset();
    return;
  }
  if (!nextBlock_) nextBlock_ = std::max(blocks_.back()->mined + interval, loop_.now());
  while (*nextBlock_ <= loop_.now()) {
    addBlock(*nextBlock_, false);
    *nextBlock_ += interval;
  }
}

const Block& Chain::mine() {
  catchUp();
  return addBlock(loop_.now(), false);
}

void Chain::settle() {
  catchUp();
  while (!mine().transactions.empty()) {
  }
}

Block& Chain::addBlock(microseconds time, bool empty) {
  auto block = std::make_unique<Block>();
  block->number = blocks_.size();
  if (!blocks_.empty()) block->parent = blocks_.back()->hash;
  block->mined = time;
  block->timestamp = settings_.genesis + std::chrono::duration_cast<seconds>(time).count();
  block->baseFee = settings_.baseFee;
  block->hash = crypto::keccak256(evm::rlpList({evm::rlpBytes(block->parent), evm::rlpInteger(block->number),
                                                evm::rlpInteger(branch_), evm::rlpInteger(settings_.chainId)}));
  const auto before = blocks_.empty() ? std::make_shared<const State>() : blocks_.back()->state;
  State state = pool_.empty() || empty ? State() : *before;
  while (!empty) {
    const Pooled* next = choose(*block, state);
    if (!next) break;
    Mined mined = execute(next->transaction, *block, state);
    block->gasUsed += mined.gasUsed;
    pool_[mined.transaction.sender].erase(mined.transaction.content.nonce);
    block->transactions.push_back(std::move(mined));
  }
  block->state = block->transactions.empty() ? before : std::make_shared<const State>(std::move(state));
  blocks_.push_back(std::move(block));
  index(*blocks_.back());
  prune();
  return *blocks_.back();
}

namespace {

U256 tipOf(const RawTransaction& transaction, const U256& baseFee) {
  return std::min(transaction.content.maxPriorityFeePerGas, transaction.content.maxFeePerGas - baseFee);
}

U256 mostCost(const RawTransaction& transaction) {
  return transaction.content.value + transaction.content.maxFeePerGas * U256(transaction.content.gasLimit);
}

}  // namespace

// The transaction that pays most among those that are the next of their account; the older of two equal ones.
const Pooled* Chain::choose(const Block& block, const State& state) const {
  const Pooled* best = nullptr;
  for (const auto& [sender, waiting] : pool_) {
    const auto found = state.find(sender);
    const Account account = found == state.end() ? Account{} : found->second;
    const auto next = waiting.find(account.nonce);
    if (next == waiting.end() || !next->second.mineable) continue;
    const auto& content = next->second.transaction.content;
    if (content.maxFeePerGas < block.baseFee || mostCost(next->second.transaction) > account.balance) continue;
    if (block.gasUsed + content.gasLimit > settings_.gasLimit) continue;
    if (best) {
      const U256 ours = tipOf(next->second.transaction, block.baseFee),
                 theirs = tipOf(best->transaction, block.baseFee);
      if (ours < theirs || (ours == theirs && next->second.arrived >= best->arrived)) continue;
    }
    best = &next->second;
  }
  return best;
}

Mined Chain::execute(const RawTransaction& transaction, const Block& block, State& state) const {
  const auto& content = transaction.content;
  Mined mined{.transaction = transaction, .price = block.baseFee + tipOf(transaction, block.baseFee), .logs = {}};
  CallResult result =
      simulate({.from = transaction.sender, .to = content.to, .value = content.value, .data = content.data});
  const std::uint64_t needed = intrinsicGas(content.data) + result.gas;
  mined.succeeded = !result.reverted && needed <= content.gasLimit;
  mined.gasUsed = std::min(needed, content.gasLimit);
  if (mined.succeeded) mined.logs = std::move(result.logs);

  Account& sender = state[transaction.sender];
  ++sender.nonce;
  sender.balance = sender.balance - mined.price * U256(mined.gasUsed);
  if (mined.succeeded) {
    sender.balance = sender.balance - content.value;
    Account& receiver = state[content.to];
    receiver.balance = receiver.balance + content.value;
  }
  return mined;
}

void Chain::index(const Block& block) {
  for (std::size_t i = 0; i < block.transactions.size(); ++i) {
    mined_.insert_or_assign(block.transactions[i].transaction.hash, Location{&block, i});
  }
}

// What can never be mined any more leaves the pool.
void Chain::prune() {
  for (auto& [sender, waiting] : pool_) {
    const std::uint64_t next = blocks_.back()->account(sender).nonce;
    std::erase_if(waiting, [next = next](const auto& entry) { return entry.first < next; });
  }
  std::erase_if(pool_, [](const auto& entry) { return entry.second.empty(); });
}

// --- The pool

// In the order of go-ethereum's checks.
std::optional<std::pair<Refusal, Facts>> Chain::check(const RawTransaction& transaction, const Block& view,
                                                      bool refuseBelowBase) const {
  const auto& content = transaction.content;
  const auto refuse = [](Refusal refusal, Facts facts = {}) { return std::pair(refusal, std::move(facts)); };
  const Account account = view.account(transaction.sender);
  const std::uint64_t intrinsic = intrinsicGas(content.data);
  const Pooled* same = pooled(transaction.hash);

  if (same && same->mineable) return refuse(Refusal::AlreadyKnown, {{"hash", toHex0x(transaction.hash)}});
  if (content.gasLimit > settings_.gasLimit) return refuse(Refusal::GasLimitExceeded);
  if (content.maxFeePerGas < content.maxPriorityFeePerGas) return refuse(Refusal::TipAboveFee);
  if (content.gasLimit < intrinsic) {
    return refuse(Refusal::IntrinsicGas,
                  {{"gas", std::to_string(content.gasLimit)}, {"needed", std::to_string(intrinsic)}});
  }
  if (refuseBelowBase && content.maxFeePerGas < view.baseFee) return refuse(Refusal::FeeBelowBase);
  if (content.nonce < account.nonce) {
    return refuse(Refusal::NonceTooLow,
                  {{"next", std::to_string(account.nonce)}, {"nonce", std::to_string(content.nonce)}});
  }
  if (mostCost(transaction) > account.balance) {
    return refuse(Refusal::InsufficientFunds,
                  {{"balance", account.balance.toDecimal()}, {"cost", mostCost(transaction).toDecimal()}});
  }
  if (const Pooled* rival = pooled(transaction.sender, content.nonce); rival && !same) {
    const auto raised = [](const U256& ours, const U256& theirs) { return ours * U256(10) >= theirs * U256(11); };
    const auto& theirs = rival->transaction.content;
    if (!raised(content.maxFeePerGas, theirs.maxFeePerGas) ||
        !raised(content.maxPriorityFeePerGas, theirs.maxPriorityFeePerGas)) {
      return refuse(Refusal::ReplacementUnderpriced, {{"hash", toHex0x(transaction.hash)}});
    }
  }
  return std::nullopt;
}

std::optional<std::pair<Refusal, Facts>> Chain::submit(RawTransaction transaction, const Block& view, int backend,
                                                       bool refuseBelowBase, bool passesOn) {
  catchUp();
  if (auto refusal = check(transaction, view, refuseBelowBase)) return refusal;
  if (find(transaction.hash)) return std::nullopt;  // mined; only a backend that lags takes it once more
  const Address sender = transaction.sender;
  const std::uint64_t nonce = transaction.content.nonce;
  pool_[sender].insert_or_assign(nonce, Pooled{std::move(transaction), loop_.now(), backend, passesOn});
  prune();
  if (settings_.instant) mine();
  return std::nullopt;
}

const Pooled* Chain::pooled(const Hash256& hash) const {
  for (const auto& [sender, waiting] : pool_) {
    for (const auto& [nonce, entry] : waiting) {
      if (entry.transaction.hash == hash) return &entry;
    }
  }
  return nullptr;
}

const Pooled* Chain::pooled(const Address& sender, std::uint64_t nonce) const {
  const auto account = pool_.find(sender);
  if (account == pool_.end()) return nullptr;
  const auto entry = account->second.find(nonce);
  return entry == account->second.end() ? nullptr : &entry->second;
}

std::size_t Chain::poolSize() const {
  std::size_t size = 0;
  for (const auto& [sender, waiting] : pool_) size += waiting.size();
  return size;
}

void Chain::drop(const Hash256& hash) {
  for (auto& [sender, waiting] : pool_) {
    std::erase_if(waiting, [&](const auto& entry) { return entry.second.transaction.hash == hash; });
  }
}

// --- What others do

Hash256 Chain::usurp(const Address& sender, std::uint64_t nonce, const Address& to, const U256& value) {
  catchUp();
  const Pooled* rival = pooled(sender, nonce);
  const U256 fee = (rival ? rival->transaction.content.maxFeePerGas : settings_.baseFee) * U256(2) + gwei(1);
  RawTransaction transaction{.content = {.chainId = settings_.chainId,
                                         .nonce = nonce,
                                         .maxPriorityFeePerGas = gwei(1),
                                         .maxFeePerGas = fee,
                                         .gasLimit = 21'000,
                                         .to = to,
                                         .value = value,
                                         .data = {}},
                             .sender = sender,
                             .raw = {}};
  transaction.hash = crypto::keccak256(
      evm::rlpList({evm::rlpBytes(sender.bytes), evm::rlpBytes(evm::unsignedPayload(transaction.content))}));
  const Hash256 hash = transaction.hash;
  pool_[sender].insert_or_assign(nonce, Pooled{std::move(transaction), loop_.now(), -1, true});
  prune();
  if (settings_.instant) mine();
  return hash;
}

void Chain::reorg(std::uint64_t depth, Fate fate) {
  catchUp();
  ++branch_;
  std::vector<Pooled> dropped;
  std::vector<microseconds> times;
  for (std::uint64_t i = 0; i < depth && blocks_.size() > 1; ++i) {
    const Block& last = *blocks_.back();
    times.insert(times.begin(), last.mined);
    for (const Mined& mined : last.transactions) {
      mined_.erase(mined.transaction.hash);
      dropped.push_back({mined.transaction, last.mined, -1, true});
    }
    blocks_.pop_back();
  }
  if (fate != Fate::Vanish) {
    for (Pooled& entry : dropped) {
      auto& waiting = pool_[entry.transaction.sender];
      waiting.emplace(entry.transaction.content.nonce, std::move(entry));
    }
  }
  for (std::size_t i = 0; i < times.size(); ++i) {
    addBlock(times[i], fate != Fate::Remine || (i == 0 && times.size() > 1));
  }
}

// --- The truth

std::optional<Chain::Location> Chain::find(const Hash256& hash) const {
  const auto found = mined_.find(hash);
  return found == mined_.end() ? std::nullopt : std::optional(found->second);
}

std::map<Effect, int> Chain::effects() {
  catchUp();
  std::map<Effect, int> effects;
  for (const auto& block : blocks_) {
    for (const Mined& mined : block->transactions) {
      const auto& content = mined.transaction.content;
      if (mined.succeeded) ++effects[{mined.transaction.sender, content.to, content.value, content.data}];
    }
  }
  return effects;
}

int Chain::effectsOn(const Address& to, const std::optional<Address>& from) {
  int count = 0;
  for (const auto& [effect, times] : effects()) {
    if (effect.to == to && (!from || effect.from == *from)) count += times;
  }
  return count;
}

std::vector<Mined> Chain::transactionsOf(const Address& sender) {
  catchUp();
  std::vector<Mined> found;
  for (const auto& block : blocks_) {
    for (const Mined& mined : block->transactions) {
      if (mined.transaction.sender == sender) found.push_back(mined);
    }
  }
  return found;
}

}  // namespace peaqos::test
