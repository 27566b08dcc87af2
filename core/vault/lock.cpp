// SPDX-License-Identifier: Apache-2.0
#include "vault/lock.hpp"

#include <charconv>
#include <chrono>
#include <exception>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/uuid.hpp"

namespace peaqos::vault {
namespace {

constexpr std::int64_t kStale = 10'000'000;     // microseconds; a writer needs a few thousand
constexpr std::int64_t kPatience = 30'000'000;  // microseconds
constexpr std::chrono::milliseconds kPause{20};
constexpr std::size_t kLongest = 100;
constexpr unsigned kPrivate = 0600;

// When the lock was taken, in microseconds; nothing for a file that its maker did not finish.
std::optional<std::int64_t> timeIn(const std::string& content) {
  std::int64_t time = 0;
  const auto [end, problem] = std::from_chars(content.data(), content.data() + content.size(), time);
  return problem == std::errc() ? std::optional(time) : std::nullopt;
}

}  // namespace

Lock::Lock(host::Host& host, std::string path) : host_(host), path_(std::move(path)) {}

Task<bool> Lock::take() {
  own_ = std::to_string(host_.clock.now()) + " " + host::newUuid(host_.random) + "\n";
  try {
    co_await host_.files.createNew(path_, asBytes(own_), kPrivate);
  } catch (const host::FileError& failure) {
    if (failure.failure != host::FileFailure::Exists) throw;
    co_return false;
  }
  co_return true;
}

Task<std::optional<std::string>> Lock::content() {
  try {
    co_return asText(co_await host_.files.readRegular(path_, kLongest));
  } catch (const host::FileError& failure) {
    if (failure.failure != host::FileFailure::Missing) throw;
  }
  co_return std::nullopt;
}

Task<void> Lock::discard() {
  try {
    co_await host_.files.remove(path_);
  } catch (const host::FileError&) {
    co_return;  // somebody else was quicker
  }
}

Task<void> Lock::acquire() {
  const std::int64_t start = host_.clock.now();
  std::string seen;
  std::int64_t seenSince = start;
  while (!co_await take()) {
    const auto held = co_await content();
    if (!held) continue;  // just given back
    const std::int64_t now = host_.clock.now();
    if (*held != seen) {
      seen = *held;
      seenSince = now;
    }
    // By its own words or, when it has none or the clock was set back, by how long it has not changed.
    const std::int64_t taken = timeIn(*held).value_or(seenSince);
    if (now - taken > kStale || now - seenSince > kStale) {
      co_await discard();
      continue;
    }
    if (now - start > kPatience) {
      throw inputError("VAULT_LOCKED", "another program is writing to the vault, and does not end",
                       "End it; if there is none, remove " + printable(path_));
    }
    co_await host_.clock.sleep(kPause);
  }
}

Task<void> Lock::release() {
  try {
    if (co_await content() == own_) co_await discard();
  } catch (const host::FileError&) {
    co_return;
  }
}

Task<void> underLock(host::Host& host, std::string path, Task<void> work) {
  Lock lock(host, std::move(path));
  co_await lock.acquire();
  std::exception_ptr thrown;
  try {
    co_await work;
  } catch (...) {
    thrown = std::current_exception();
  }
  co_await lock.release();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace peaqos::vault
