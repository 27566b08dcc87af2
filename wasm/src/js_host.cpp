// SPDX-License-Identifier: Apache-2.0
#include "js_host.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "settled.hpp"

namespace peaqos::wasm {
namespace {

using emscripten::val;
using host::FileFailure;

struct NamedFailure {
  std::string_view name;
  FileFailure failure;
};

constexpr NamedFailure kFileFailures[] = {
    {"missing", FileFailure::Missing},    {"not-a-file", FileFailure::NotAFile}, {"denied", FileFailure::Denied},
    {"too-large", FileFailure::TooLarge}, {"full", FileFailure::Full},           {"exists", FileFailure::Exists},
};

// Throws what a settled value stands for when it is a failure.
void refuse(const val& settled, const std::string& path) {
  if (!settled.as<bool>() || settled["failure"].isUndefined()) return;
  const auto name = settled["failure"].as<std::string>();
  if (name == "interrupted") throw Error(ErrorKind::Interrupted, "CANCELLED", "interrupted");
  for (const NamedFailure& known : kFileFailures) {
    if (known.name == name) throw host::FileError{known.failure, path};
  }
  throw host::FileError{FileFailure::Other, path};
}

val viewOf(std::span<const std::uint8_t> bytes) {
  return val(emscripten::typed_memory_view(bytes.size(), bytes.data()));
}

Bytes bytesFrom(const val& array) {
  Bytes bytes(array["length"].as<std::size_t>());
  viewOf(bytes).call<void>("set", array);
  return bytes;
}

class JsLock : public host::FileLock {
 public:
  explicit JsLock(val unlock) : unlock_(std::move(unlock)) {}
  ~JsLock() override { unlock_(); }
  JsLock(const JsLock&) = delete;
  JsLock& operator=(const JsLock&) = delete;

 private:
  val unlock_;
};

}  // namespace

// The view alone would break when the module's memory grows.
val copyOf(BytesView bytes) { return viewOf(bytes).call<val>("slice"); }

std::optional<Secret> lineFrom(const val& settled) {
  if (settled.isNull()) return std::nullopt;
  refuse(settled, {});
  Secret line(bytesFrom(settled));
  settled.call<void>("fill", 0);
  return line;
}

JsHost::JsHost(val object)
    : object_(std::move(object)),
      host_{.transport = transport_,
            .clock = *this,
            .random = *this,
            .environment = *this,
            .files = *this,
            .terminal = *this} {
  if (!object_["console"].isUndefined()) host_.console = this;
  object_.set("transport", reinterpret_cast<std::uintptr_t>(static_cast<host::Transport*>(&transport_)));
}

std::int64_t JsHost::now() { return static_cast<std::int64_t>(object_.call<double>("now") * 1000); }

Task<void> JsHost::sleep(std::chrono::milliseconds duration) {
  refuse(co_await Settled(object_.call<val>("sleep", static_cast<double>(duration.count()))), {});
}

void JsHost::fill(std::span<std::uint8_t> out) { object_.call<void>("randomFill", viewOf(out)); }

std::optional<std::string> JsHost::get(const std::string& name) {
  const val value = object_.call<val>("variable", name);
  return value.isString() ? std::optional(value.as<std::string>()) : std::nullopt;
}

Task<Bytes> JsHost::read(const std::string& path, std::size_t limit) {
  const val settled = co_await Settled(object_.call<val>("readFile", path, static_cast<double>(limit)));
  refuse(settled, path);
  co_return bytesFrom(settled);
}

Task<void> JsHost::append(const std::string& path, BytesView bytes, unsigned mode) {
  refuse(co_await Settled(object_.call<val>("appendFile", path, copyOf(bytes), mode)), path);
}

std::string JsHost::absolute(const std::string& path) { return object_.call<std::string>("absolute", path); }

Task<void> JsHost::replace(const std::string& path, BytesView bytes, unsigned mode) {
  refuse(co_await Settled(object_.call<val>("replaceFile", path, copyOf(bytes), mode)), path);
}

Task<unsigned> JsHost::modeOf(const std::string& path) {
  const val settled = co_await Settled(object_.call<val>("fileMode", path));
  refuse(settled, path);
  co_return settled.as<unsigned>();
}

Task<std::unique_ptr<host::FileLock>> JsHost::tryLock(const std::string& path) {
  val settled = co_await Settled(object_.call<val>("lockFile", path));
  if (settled.isNull()) co_return nullptr;
  refuse(settled, path);
  co_return std::make_unique<JsLock>(std::move(settled));
}

Task<Bytes> JsHost::readRegular(const std::string& path, std::size_t limit) {
  const val settled = co_await Settled(object_.call<val>("readRegularFile", path, static_cast<double>(limit)));
  refuse(settled, path);
  co_return bytesFrom(settled);
}

Task<std::vector<std::string>> JsHost::list(const std::string& path) {
  const val settled = co_await Settled(object_.call<val>("listFolder", path));
  refuse(settled, path);
  co_return emscripten::vecFromJSArray<std::string>(settled);
}

Task<bool> JsHost::makePrivateFolder(const std::string& path) {
  const val settled = co_await Settled(object_.call<val>("makePrivateFolder", path));
  refuse(settled, path);
  co_return settled.isTrue();
}

Task<void> JsHost::createNew(const std::string& path, BytesView bytes, unsigned mode) {
  refuse(co_await Settled(object_.call<val>("createFile", path, copyOf(bytes), mode)), path);
}

Task<void> JsHost::remove(const std::string& path) {
  refuse(co_await Settled(object_.call<val>("removeFile", path)), path);
}

Task<void> JsHost::shred(const std::string& path) {
  refuse(co_await Settled(object_.call<val>("shredFile", path)), path);
}

bool JsHost::interactive() { return object_.call<bool>("interactive"); }

Task<std::optional<Secret>> JsHost::readLine(bool hidden) {
  co_return lineFrom(co_await Settled(object_.call<val>("readLine", hidden)));
}

void JsHost::write(host::Stream stream, std::string_view text) {
  const std::string name = stream == host::Stream::Out ? "out" : "err";
  if (!object_.call<bool>("write", name, copyOf(asBytes(text)))) throw host::BrokenPipe();
}

Task<std::uint16_t> JsHost::listen(host::ConsoleService service) {
  Json endpoints = Json::array();
  for (const auto& [url, proxy] : service.endpoints) {
    endpoints.push_back({{"url", url}, {"proxy", proxy ? Json(*proxy) : Json(nullptr)}});
  }
  const std::string json =
      dumpJson({{"port", service.port}, {"settings", service.settings}, {"endpoints", std::move(endpoints)}});
  const val settled = co_await Settled(object_["console"].call<val>("listen", json));
  if (settled.isNumber()) co_return static_cast<std::uint16_t>(settled.as<unsigned>());
  throw host::PortError{.taken = settled["failure"].as<std::string>() == "taken"};
}

void JsHost::admit(const std::string& token) { object_["console"].call<void>("admit", token); }

void JsHost::open(const std::string& url) { object_["console"].call<void>("open", url); }

Task<bool> JsHost::served() {
  const val settled = co_await Settled(object_["console"].call<val>("served"));
  if (settled.isTrue()) co_return true;
  refuse(settled, {});
  co_return false;
}

}  // namespace peaqos::wasm
