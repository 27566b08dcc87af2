// SPDX-License-Identifier: Apache-2.0
#include "content_coding.hpp"

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <ranges>
#include <vector>

#include "base/text.hpp"

namespace peaqos::native {
namespace {

using host::TransportFailure;

constexpr std::size_t kMostCodings = 4;
constexpr std::size_t kLongestName = 16;  // of an unknown coding, in a message

using Block = std::array<std::uint8_t, 1 << 16>;

CodingError damaged(const std::string& coding) {
  return {TransportFailure::Coding, "its " + coding + " data is damaged or cut"};
}

// The bound holds for the decoded bytes: a small body can stand for a huge one.
void appendBounded(Bytes& out, BytesView more) {
  if (out.size() + more.size() > host::kLargestAnswer) throw CodingError{TransportFailure::TooLarge};
  out.insert(out.end(), more.begin(), more.end());
}

// `windowBits` as inflateInit2() takes it. A gzip body may have several members (RFC 1952, section 2.2).
Bytes inflated(BytesView body, int windowBits, const std::string& coding) {
  z_stream stream = {};
  if (inflateInit2(&stream, windowBits) != Z_OK) throw damaged(coding);
  const std::unique_ptr<z_stream, int (*)(z_stream*)> ending(&stream, &inflateEnd);
  stream.next_in = const_cast<Bytef*>(body.data());  // which zlib only reads
  stream.avail_in = static_cast<uInt>(body.size());
  Bytes out;
  Block block;
  int state = Z_OK;
  while (state != Z_STREAM_END || stream.avail_in > 0) {
    const bool anotherMember = state == Z_STREAM_END;
    if (anotherMember && (coding != "gzip" || inflateReset(&stream) != Z_OK)) throw damaged(coding);
    stream.next_out = block.data();
    stream.avail_out = block.size();
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) throw damaged(coding);  // Z_BUF_ERROR: the body has ended too early
    appendBounded(out, BytesView(block).first(block.size() - stream.avail_out));
  }
  return out;
}

// "deflate" is a zlib stream; some servers send it without zlib's header.
bool hasZlibHeader(BytesView body) {
  return body.size() >= 2 && (body[0] & 0x0fU) == 8 && (body[0] * 256U + body[1]) % 31 == 0;
}

Bytes unbrotlied(BytesView body) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  const std::uint8_t* in = body.data();
  std::size_t left = body.size();
  Bytes out;
  Block block;
  auto result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    std::uint8_t* end = block.data();
    std::size_t room = block.size();
    result = BrotliDecoderDecompressStream(state.get(), &left, &in, &room, &end, nullptr);
    appendBounded(out, BytesView(block).first(block.size() - room));
  }
  if (result != BROTLI_DECODER_RESULT_SUCCESS || left > 0) throw damaged("br");
  return out;
}

Bytes decoded(BytesView body, const std::string& coding) {
  if (coding == "gzip" || coding == "x-gzip") return inflated(body, MAX_WBITS + 16, "gzip");
  if (coding == "deflate") return inflated(body, hasZlibHeader(body) ? MAX_WBITS : -MAX_WBITS, coding);
  if (coding == "br") return unbrotlied(body);
  throw CodingError{TransportFailure::Coding, "unknown content coding '" + coding.substr(0, kLongestName) + "'"};
}

// The codings of an answer in the order in which they were applied; "identity" is none.
std::vector<std::string> codingsOf(const std::vector<host::Header>& headers) {
  std::vector<std::string> codings;
  for (const auto& [name, value] : headers) {
    if (name != "content-encoding") continue;
    for (const auto part : std::views::split(value, ',')) {
      std::string coding(trim(std::string_view(part.begin(), part.end())));
      std::ranges::transform(coding, coding.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      if (!coding.empty() && coding != "identity") codings.push_back(std::move(coding));
    }
  }
  return codings;
}

}  // namespace

void decodeContent(host::Response& response) {
  const auto codings = codingsOf(response.headers);
  if (codings.empty() || response.body.empty()) return;
  if (codings.size() > kMostCodings) throw CodingError{TransportFailure::Coding, "too many content codings"};
  for (const std::string& coding : std::views::reverse(codings)) response.body = decoded(response.body, coding);
  std::erase_if(response.headers, [](const host::Header& header) {
    return header.name == "content-encoding" || header.name == "content-length";
  });
}

}  // namespace peaqos::native
