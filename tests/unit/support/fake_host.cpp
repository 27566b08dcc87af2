// SPDX-License-Identifier: Apache-2.0
#include "support/fake_host.hpp"

#include <algorithm>

namespace peaqos::test {

Task<std::optional<Secret>> FakeTerminal::readLine() {
  if (lines.empty()) co_return std::nullopt;
  Secret line(asBytes(lines.front()));
  lines.pop_front();
  co_return line;
}

Task<std::optional<std::uint8_t>> FakeTerminal::readKey() {
  if (keys.empty()) co_return std::nullopt;
  const auto key = static_cast<std::uint8_t>(keys.front());
  keys.erase(0, 1);
  co_return key;
}

Secret FakeNormalizer::normalize(BytesView text, host::UnicodeForm form) {
  constexpr std::string_view kComposed = "\xC3\xA9", kDecomposed = "e\xCC\x81";
  const bool compose = form == host::UnicodeForm::Composed;
  const std::string_view from = compose ? kDecomposed : kComposed, to = compose ? kComposed : kDecomposed;
  std::string out = asText(text);
  for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) {
    out.replace(at, from.size(), to);
  }
  return Secret(asBytes(out));
}

Task<Bytes> FakeTerminal::readInput(std::size_t length) {
  const BytesView part = asBytes(input).first(std::min(length, input.size()));
  Bytes bytes(part.begin(), part.end());
  input.erase(0, bytes.size());
  co_return bytes;
}

void ScriptedConversation::progress(const host::Progress& progress) {
  events.push_back(progress);
  if (onProgress) onProgress(progress);
}

Task<std::optional<Secret>> ScriptedConversation::ask(host::Question question) {
  const std::string name = question.name;
  questions.push_back(std::move(question));
  if (thinking.count() > 0) co_await loop_.sleep(thinking);
  auto& scripted = answers[name];
  if (scripted.empty()) co_return std::nullopt;
  Secret answer(asBytes(scripted.front()));
  scripted.pop_front();
  co_return answer;
}

std::size_t ScriptedConversation::count(std::string_view name, std::string_view state) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      events, [&](const host::Progress& event) { return event.name == name && event.state == state; }));
}

void World::powerCut() {
  for (FakeHost* host : hosts) host->kill();
  disk.crash();
}

FakeHost::FakeHost(World& world, std::string home, std::uint64_t seed)
    : folder(std::move(home)),
      life(world.loop,
           [this](Death death) {
             if (death == Death::Kill) {
               kill();
             } else {
               world_.powerCut();
             }
           }),
      clock(world.loop, world.wall),
      random(seed),
      files(world.disk, life, folder),
      transport(world.loop, world.network, life, folder),
      conversation(world.loop),
      world_(world),
      lent_{.transport = transport,
            .clock = clock,
            .random = random,
            .environment = environment,
            .files = files,
            .terminal = terminal,
            .normalizer = &normalizer} {
  world.disk.makeFolder(folder);
  world.hosts.push_back(this);
}

FakeHost::~FakeHost() {
  kill();
  std::erase(world_.hosts, this);
}

void FakeHost::kill() {
  for (const auto& job : jobs_) {
    if (const auto alive = job.lock()) alive->kill();
  }
  jobs_.clear();
}

}  // namespace peaqos::test
