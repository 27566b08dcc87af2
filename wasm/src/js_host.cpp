// SPDX-License-Identifier: Apache-2.0
#include "js_host.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
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
    {"missing", FileFailure::Missing}, {"not-a-file", FileFailure::NotAFile}, {"not-a-folder", FileFailure::NotAFolder},
    {"denied", FileFailure::Denied},   {"too-large", FileFailure::TooLarge},  {"full", FileFailure::Full},
    {"exists", FileFailure::Exists},
};

std::string nameOf(host::Stream stream) { return stream == host::Stream::Out ? "out" : "err"; }

FileFailure failureNamed(std::string_view name) {
  for (const NamedFailure& known : kFileFailures) {
    if (known.name == name) return known.failure;
  }
  return FileFailure::Other;
}

// The calls that have not ended. JavaScript knows them by number: it holds no pointer that could outlive its object.
std::map<std::uint32_t, host::Transport*>& runningCalls() {
  static std::map<std::uint32_t, host::Transport*> running;
  return running;
}

std::uint32_t newId() {
  static std::uint32_t last = 0;
  return ++last;
}

val viewOf(std::span<const std::uint8_t> bytes) {
  return val(emscripten::typed_memory_view(bytes.size(), bytes.data()));
}

Bytes bytesFrom(const val& array) {
  Bytes bytes(array["length"].as<std::size_t>());
  viewOf(bytes).call<void>("set", array);
  return bytes;
}

// As refuse(), for a line of input.
void refuseLine(const val& settled) {
  try {
    refuse(settled);
  } catch (const host::FileError&) {
    throw inputError("ANSWER_TOO_LONG", "an answer has more than 65536 characters");
  }
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

void refuse(const val& result, const std::string& path) {
  if (!result.as<bool>() || result["failure"].isUndefined()) return;
  const auto name = result["failure"].as<std::string>();
  if (name == "interrupted") throw Error(ErrorKind::Interrupted, "CANCELLED", "interrupted");
  if (name == "host") throw inputError("HOST_FAILED", "the host's " + oneLine(result["text"].as<std::string>()));
  if (name == "callback") throw inputError("CALLBACK_FAILED", oneLine(result["text"].as<std::string>()));
  throw host::FileError{failureNamed(name), path};
}

// The view alone would break when the module's memory grows.
val copyOf(BytesView bytes) { return viewOf(bytes).call<val>("slice"); }

std::optional<Secret> lineFrom(const val& settled) {
  if (settled.isNull()) return std::nullopt;
  refuseLine(settled);
  Secret line(bytesFrom(settled));
  settled.call<void>("fill", 0);
  return line;
}

JsHost::JsHost(val object)
    : object_(std::move(object)),
      id_(newId()),
      host_{.transport = transport_,
            .clock = *this,
            .random = *this,
            .environment = *this,
            .files = *this,
            .terminal = *this,
            .runtime = object_["runtime"].as<std::string>(),
            .normalizer = this} {
  if (!object_["console"].isUndefined()) host_.console = this;
  runningCalls()[id_] = &transport_;
  object_.set("id", id_);
}

JsHost::~JsHost() { runningCalls().erase(id_); }

void JsHost::cancel(std::uint32_t id) {
  const auto found = runningCalls().find(id);
  if (found != runningCalls().end()) found->second->cancelAll();
}

template <typename... Args>
val JsHost::called(const char* name, Args&&... args) {
  val result = object_.call<val>(name, std::forward<Args>(args)...);
  refuse(result);
  return result;
}

std::int64_t JsHost::now() { return static_cast<std::int64_t>(called("now").as<double>() * 1000); }

std::chrono::microseconds JsHost::monotonic() {
  return std::chrono::microseconds(static_cast<std::int64_t>(called("monotonic").as<double>() * 1000));
}

Task<void> JsHost::sleep(std::chrono::milliseconds duration) {
  refuse(co_await Settled(object_.call<val>("sleep", static_cast<double>(duration.count()))));
}

void JsHost::fill(std::span<std::uint8_t> out) { called("randomFill", viewOf(out)); }

std::optional<std::string> JsHost::get(const std::string& name) {
  const val value = called("variable", name);
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

std::string JsHost::absolute(const std::string& path) { return called("absolute", path).as<std::string>(); }

Task<void> JsHost::replace(const std::string& path, BytesView bytes, unsigned mode) {
  refuse(co_await Settled(object_.call<val>("replaceFile", path, copyOf(bytes), mode)), path);
}

Task<std::optional<std::uint64_t>> JsHost::freeSpace(const std::string& path) {
  const val settled = co_await Settled(object_.call<val>("freeSpace", path));
  if (!settled.isNumber()) co_return std::nullopt;
  co_return static_cast<std::uint64_t>(settled.as<double>());
}

// Lengths and offsets cross as doubles: exact to 2^53, where an int would end at 2^31.
Task<std::uint64_t> JsHost::sizeOf(const std::string& path) {
  const val settled = co_await Settled(object_.call<val>("fileSize", path));
  refuse(settled, path);
  co_return static_cast<std::uint64_t>(settled.as<double>());
}

Task<Bytes> JsHost::readPart(const std::string& path, std::uint64_t offset, std::size_t length) {
  const val settled = co_await Settled(
      object_.call<val>("readFilePart", path, static_cast<double>(offset), static_cast<double>(length)));
  refuse(settled, path);
  co_return bytesFrom(settled);
}

Task<void> JsHost::truncate(const std::string& path, std::uint64_t size) {
  refuse(co_await Settled(object_.call<val>("truncateFile", path, static_cast<double>(size))), path);
}

Task<void> JsHost::rename(const std::string& from, const std::string& to) {
  refuse(co_await Settled(object_.call<val>("renameFile", from, to)), from);
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

Task<Bytes> JsHost::readRegular(const std::string& path, std::size_t limit, host::Links links) {
  const val settled = co_await Settled(
      object_.call<val>("readRegularFile", path, static_cast<double>(limit), links == host::Links::Follow));
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

bool JsHost::interactive() { return called("interactive").as<bool>(); }

std::optional<host::TerminalSize> JsHost::size(host::Stream stream) {
  const val size = called("terminalSize", nameOf(stream));
  if (size.isNull()) return std::nullopt;
  return host::TerminalSize{.rows = size["rows"].as<std::size_t>(), .columns = size["columns"].as<std::size_t>()};
}

Task<std::optional<Secret>> JsHost::readLine() { co_return lineFrom(co_await Settled(object_.call<val>("readLine"))); }

void JsHost::hideTyping(bool hidden) { called("hideTyping", hidden); }

Task<std::optional<std::uint8_t>> JsHost::readKey() {
  const val settled = co_await Settled(object_.call<val>("readKey"));
  if (settled.isNumber()) co_return static_cast<std::uint8_t>(settled.as<unsigned>());
  refuseLine(settled);
  co_return std::nullopt;
}

Secret JsHost::normalize(BytesView text, host::UnicodeForm form) {
  const std::string name = form == host::UnicodeForm::Composed ? "NFC" : "NFD";
  const val changed = called("normalize", copyOf(text), name);
  Secret out(bytesFrom(changed));
  changed.call<void>("fill", 0);
  return out;
}

Task<Bytes> JsHost::readInput(std::size_t length) {
  const val settled = co_await Settled(object_.call<val>("readInput", static_cast<double>(length)));
  refuse(settled);
  co_return bytesFrom(settled);
}

void JsHost::write(host::Stream stream, std::string_view text) {
  const val failure = object_.call<val>("write", nameOf(stream), copyOf(asBytes(text)));
  if (failure.isNull()) return;
  if (failure.as<std::string>() == "closed") throw host::BrokenPipe();
  throw host::WriteFailed{failureNamed(failure.as<std::string>())};
}

Task<std::uint16_t> JsHost::listen(host::ConsoleService service) {
  Json endpoints = Json::array();
  for (const auto& [url, proxy] : service.endpoints) {
    endpoints.push_back({{"url", url}, {"proxy", proxy ? Json(*proxy) : Json(nullptr)}});
  }
  const std::string json = dumpJson({{"port", service.port},
                                     {"settings", service.settings},
                                     {"endpoints", std::move(endpoints)},
                                     {"webhook", service.webhook.empty() ? Json(nullptr) : Json(service.webhook)}});
  const val secret = viewOf(service.webhookSecret.expose());
  const val settled = co_await Settled(object_["console"].call<val>("listen", json, secret));
  if (settled.isNumber()) co_return static_cast<std::uint16_t>(settled.as<unsigned>());
  throw host::PortError{.taken = settled["failure"].as<std::string>() == "taken"};
}

void JsHost::admit(const std::string& token) { refuse(object_["console"].call<val>("admit", token)); }

void JsHost::open(const std::string& url) { refuse(object_["console"].call<val>("open", url)); }

Task<bool> JsHost::served() {
  const val settled = co_await Settled(object_["console"].call<val>("served"));
  if (settled.isTrue()) co_return true;
  refuse(settled);
  co_return false;
}

Task<void> JsHost::serve(host::AgentGrant grant) {
  const val file = grant.pairingTokenFile ? val(*grant.pairingTokenFile) : val::null();
  refuse(co_await Settled(object_["agents"].call<val>("serve", file)));
}

}  // namespace peaqos::wasm
