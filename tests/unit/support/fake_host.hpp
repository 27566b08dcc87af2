// Simulated processes: everything that a host lends to the core, under a test's control.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "host/conversation.hpp"
#include "host/host.hpp"
#include "support/event_loop.hpp"
#include "support/fake_disk.hpp"
#include "support/fake_files.hpp"
#include "support/fake_network.hpp"
#include "support/life.hpp"

namespace peaqos::test {

// The wall clock of a machine runs with virtual time until a test steps it.
class FakeClock : public host::Clock {
 public:
  FakeClock(EventLoop& loop, const microseconds& wall) : loop_(loop), wall_(wall) {}
  std::int64_t now() override { return (wall_ + loop_.now()).count(); }
  microseconds monotonic() override { return loop_.now(); }
  Task<void> sleep(milliseconds duration) override { co_await loop_.sleep(duration); }

 private:
  EventLoop& loop_;
  const microseconds& wall_;
};

class FakeRandom : public host::Random {
 public:
  explicit FakeRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

class FakeEnvironment : public host::Environment {
 public:
  std::optional<std::string> get(const std::string& name) override {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<std::string, std::string> variables;
};

class FakeTerminal : public host::Terminal {
 public:
  void write(host::Stream stream, std::string_view text) override {
    if (broken) throw host::BrokenPipe();
    (stream == host::Stream::Out ? out : err) += text;
  }
  bool interactive() override { return person; }
  Task<std::optional<Secret>> readLine() override;
  void hideTyping(bool now) override { hidden = now; }
  Task<std::optional<std::uint8_t>> readKey() override;
  Task<Bytes> readInput(std::size_t length) override;

  std::string out, err;           // what was written so far
  std::deque<std::string> lines;  // what is typed, a line each; then the input ends
  std::string keys;               // what is typed while typing is hidden; then the input ends
  std::string input;              // what readInput() brings
  bool person = false;
  bool hidden = false;  // whether typing is hidden now
  bool broken = false;  // the reader of both streams has gone
};

// Knows é alone, which is enough to tell the two forms apart.
class FakeNormalizer : public host::Normalizer {
 public:
  Secret normalize(BytesView text, host::UnicodeForm form) override;
};

// Answers questions from a script, by their names, and keeps everything that happened.
class ScriptedConversation : public host::Conversation {
 public:
  explicit ScriptedConversation(EventLoop& loop) : loop_(loop) {}

  void progress(const host::Progress& progress) override;
  // The next answer to the question's name; none if there is none. Takes `thinking` of virtual time.
  Task<std::optional<Secret>> ask(host::Question question) override;
  bool approves() const override { return approving; }

  // How often a thing happened.
  std::size_t count(std::string_view name, std::string_view state) const;

  std::map<std::string, std::deque<std::string>> answers;
  std::vector<host::Progress> events;
  std::vector<host::Question> questions;
  std::function<void(const host::Progress&)> onProgress;  // may throw, as a caller's function may
  microseconds thinking{0};
  bool approving = false;

 private:
  EventLoop& loop_;
};

class FakeHost;

// One machine, its network, and the loop on which everything happens.
struct World {
  EventLoop loop;
  FakeDisk disk;
  FakeNetwork network;
  microseconds wall = seconds(1'767'225'600);  // the date at virtual time 0: 2026-01-01T00:00:00Z; may step either way
  std::vector<FakeHost*> hosts;                // every living FakeHost

  // Kills every process and loses what was not synced.
  void powerCut();
};

// One process, or the processes that a user starts in one folder one after the other.
class FakeHost {
 public:
  explicit FakeHost(World& world, std::string folder = "/home/user/project", std::uint64_t seed = 1);
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;
  ~FakeHost();

  // What the core takes.
  host::Host& lent() { return lent_; }

  // Runs a task of this process to its end. Returns its value (for void: true), or std::nullopt (false) if the process
  // was killed before. Throws what the task throws. Steps are counted from here.
  template <typename T>
  std::optional<T> run(Task<T> task) {
    const auto job = spawn(std::move(task));
    world_.loop.runUntil([&] { return job->ended(); });
    if (job->killed()) return std::nullopt;
    return job->result();
  }
  bool run(Task<void> task) {
    const auto job = spawn(std::move(task));
    world_.loop.runUntil([&] { return job->ended(); });
    if (!job->killed()) job->result();
    return !job->killed();
  }

  class AnyJob {
   public:
    virtual ~AnyJob() = default;
    virtual void kill() = 0;
  };
  // A task that was started and runs whenever the loop does.
  template <typename T>
  class Job : public AnyJob {
   public:
    explicit Job(Task<T> task) : task_(std::move(task)) { task_->start(); }
    bool ended() const { return !task_ || task_->done(); }
    bool killed() const { return !task_; }
    T result() { return task_->result(); }
    void kill() override {
      if (!ended()) task_.reset();
    }

   private:
    std::optional<Task<T>> task_;
  };
  // Starts a task beside what else runs on the loop, e.g. in other hosts.
  template <typename T>
  std::shared_ptr<Job<T>> spawn(Task<T> task) {
    life.begin();
    std::erase_if(jobs_, [](const auto& job) { return job.expired(); });
    auto job = std::make_shared<Job<T>>(std::move(task));
    jobs_.push_back(job);
    return job;
  }

  // kill -9: destroys what runs; its locks are released, its requests under way are forgotten. Not from within a task
  // of this process: use life.dieAt(), or call it from the loop.
  void kill();

  std::string folder;
  Life life;
  FakeClock clock;
  FakeRandom random;
  FakeEnvironment environment;
  FakeFiles files;
  FakeTerminal terminal;
  FakeNormalizer normalizer;
  FakeTransport transport;
  ScriptedConversation conversation;

 private:
  World& world_;
  host::Host lent_;
  std::vector<std::weak_ptr<AnyJob>> jobs_;
};

}  // namespace peaqos::test
