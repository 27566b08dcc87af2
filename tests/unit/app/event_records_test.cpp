// Lines and records of event files: whatever a line holds, it gets a verdict of its own.
// SPDX-License-Identifier: Apache-2.0
#include "app/events/records.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/error.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

constexpr std::array<std::string_view, 4> kColumns = {"machine_id", "value", "note", "id"};

// Gives a text in parts of a size.
class Parts : public ByteSource {
 public:
  Parts(std::string text, std::size_t size) : text_(std::move(text)), size_(size) {}
  Task<Bytes> next() override {
    const std::string part = text_.substr(0, size_);
    text_.erase(0, part.size());
    co_return Bytes(part.begin(), part.end());
  }
  bool drained() const override { return text_.size() < size_; }

 private:
  std::string text_;
  std::size_t size_;
};

template <typename T>
T finished(Task<T> task) {
  task.start();
  return task.result();
}

std::vector<Line> lines(const std::string& text, std::size_t size) {
  Parts source(text, size);
  LineReader reader(source);
  std::vector<Line> out;
  while (auto line = finished(reader.next())) out.push_back(std::move(*line));
  return out;
}

std::vector<std::string> texts(const std::string& text, std::size_t size = 7) {
  std::vector<std::string> out;
  for (Line& line : lines(text, size)) out.push_back(std::move(line.text));
  return out;
}

std::vector<Record> records(const std::string& text, std::optional<RecordFormat> format = {}) {
  Parts source(text, 1000);
  RecordReader reader(source, format, kColumns, 2);
  std::vector<Record> out;
  while (auto record = finished(reader.next())) out.push_back(std::move(*record));
  return out;
}

using Texts = std::vector<std::string>;

TEST(LineReader, SplitsWhateverTheParts) {
  for (std::size_t size = 1; size < 12; ++size) {
    EXPECT_EQ(texts("one\ntwo\n\nfour\n", size), (Texts{"one", "two", "", "four"})) << size;
  }
}

TEST(LineReader, TheLastLineNeedsNoEnd) { EXPECT_EQ(texts("one\ntwo"), (Texts{"one", "two"})); }

TEST(LineReader, AnEmptyInputHasNoLines) { EXPECT_EQ(texts(""), Texts{}); }

TEST(LineReader, TakesCarriageReturnsAndTheMarkAway) {
  EXPECT_EQ(texts("\xEF\xBB\xBFone\r\ntwo\r\n\xEF\xBB\xBFthree", 2), (Texts{"one", "two", "\xEF\xBB\xBFthree"}));
}

TEST(LineReader, ALineThatIsTooLongIsCountedAndPassedOver) {
  const std::string longest(LineReader::kLongest, 'x');
  const auto read = lines("a\n" + longest + "\n" + longest + "y\nb\n", 65536);
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read[1].text.size(), LineReader::kLongest);
  EXPECT_FALSE(read[1].tooLong);
  EXPECT_TRUE(read[2].tooLong);
  EXPECT_EQ(read[2].text, "");
  EXPECT_EQ(read[3].number, 4U);
  EXPECT_EQ(read[3].text, "b");
}

TEST(LineReader, SaysWhenTheNextLineMayBeLongInComing) {
  Parts source("one\ntwo\nthr", 100);
  LineReader reader(source);
  EXPECT_EQ(finished(reader.next())->text, "one");
  EXPECT_FALSE(reader.dry());
  EXPECT_EQ(finished(reader.next())->text, "two");
  EXPECT_TRUE(reader.dry());
}

TEST(Csv, SplitsByRfc4180) {
  EXPECT_EQ(splitCsv("a,b,c"), (Texts{"a", "b", "c"}));
  EXPECT_EQ(splitCsv(",,"), (Texts{"", "", ""}));
  EXPECT_EQ(splitCsv(""), (Texts{""}));
  EXPECT_EQ(splitCsv(R"("a,b","say ""yes""","")"), (Texts{"a,b", "say \"yes\"", ""}));
  EXPECT_EQ(splitCsv(R"(a,"b")"), (Texts{"a", "b"}));
}

TEST(Csv, RefusesStrayQuotes) {
  for (const char* line : {"\"a", "a\"b", "\"a\"b", "a,\"", "\"a\" ,b", "\"\"\""})
    EXPECT_EQ(splitCsv(line), std::nullopt);
}

TEST(Records, TheFirstCharacterSaysTheFormat) {
  EXPECT_EQ(records("\n {\"value\":5}\n")[0].members.at("value"), "5");
  EXPECT_EQ(records("machine_id,value\n1,5\n")[0].members.at("value"), "5");
}

TEST(Records, TheNameSaysTheFormat) {
  EXPECT_EQ(formatOf("a/day.CSV"), RecordFormat::Csv);
  EXPECT_EQ(formatOf("day.jsonl"), RecordFormat::Json);
  EXPECT_EQ(formatOf("day.ndjson"), RecordFormat::Json);
  EXPECT_EQ(formatOf("day"), std::nullopt);
  EXPECT_EQ(formatOf("-"), std::nullopt);
}

TEST(Records, NumbersKeepAllTheirDigits) {
  const std::string big = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
  const auto read = records("{\"machine_id\":9007199254740993,\"value\":" + big + ",\"note\":1.50}");
  EXPECT_EQ(read[0].members.at("machine_id"), "9007199254740993");
  EXPECT_EQ(read[0].members.at("value"), big);
  EXPECT_EQ(read[0].members.at("note"), "1.50");
}

TEST(Records, NullAndEmptyAreAbsent) {
  EXPECT_EQ(records("{\"value\":null}")[0].members.size(), 0U);
  EXPECT_EQ(records("machine_id,value\n7,\n")[0].members.count("value"), 0U);
}

TEST(Records, ABadLineOfJsonTakesNoOtherWithIt) {
  const auto read = records(
      "{\"value\":1}\n"
      "{\"value\":\n"
      "[1]\n"
      "{\"value\":1,\"value\":2}\n"
      "{\"surprise\":1}\n"
      "{\"value\":true}\n"
      "{\"value\":{}}\n"
      "{\"value\":\"a\\u0000b\"}\n"
      "{\"value\":\"\xFF\"}\n"
      "{\"value\":1} {}\n"
      "{\"value\":2}\n");
  ASSERT_EQ(read.size(), 11U);
  EXPECT_EQ(read.front().problem, "");
  for (std::size_t i = 1; i < 10; ++i) EXPECT_NE(read[i].problem, "") << i;
  EXPECT_EQ(read[4].problem, "unknown member 'surprise'");
  EXPECT_EQ(read[5].problem, "value must be a text or a whole number");
  EXPECT_EQ(read[7].problem, "value holds a NUL character");
  EXPECT_EQ(read.back().problem, "");
  EXPECT_EQ(read.back().line, 11U);
}

TEST(Records, ABadLineOfCsvTakesNoOtherWithIt) {
  const auto read =
      records("machine_id,value\r\n1,2\r\n1,\"2\r\n1\r\n1,2,3\r\n" + std::string("1,\0002\r\n", 6) + "3,4");
  ASSERT_EQ(read.size(), 6U);
  EXPECT_EQ(read[0].members.at("value"), "2");
  EXPECT_EQ(read[1].problem, "quotes are not closed on their line, or have something beside them");
  EXPECT_EQ(read[2].problem, "the line has 1 values where the header has 2");
  EXPECT_EQ(read[3].problem, "the line has 3 values where the header has 2");
  EXPECT_EQ(read[4].problem, "the line holds a NUL character");
  EXPECT_EQ(read[5].members.at("machine_id"), "3");
  EXPECT_EQ(read[5].line, 7U);
}

TEST(Records, ABadHeaderIsRefusedAsAWhole) {
  for (const char* text : {"machine_id\n", "machine_id,value,colour\n", "value,machine_id,value\n",
                           "\"machine_id,value\n", "[{\"value\":1}]\n"}) {
    try {
      records(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code, "BAD_HEADER") << text;
      EXPECT_EQ(error.kind, ErrorKind::Input);
    }
  }
}

TEST(InputSource, KnowsWhenThePipeIsEmptyForNow) {
  test::FakeTerminal terminal;
  terminal.input = std::string(70'000, 'x');
  InputSource source(terminal);
  EXPECT_EQ(finished(source.next()).size(), 65536U);
  EXPECT_FALSE(source.drained());
  EXPECT_EQ(finished(source.next()).size(), 70'000U - 65536U);
  EXPECT_TRUE(source.drained());
}

}  // namespace
}  // namespace peaqos::app
