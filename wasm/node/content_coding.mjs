// Content codings of answers (RFC 9110, section 8.4.1), the same as native/src/content_coding.cpp has them. node:zlib is
// loaded when an answer comes in one: none is asked for.
// SPDX-License-Identifier: Apache-2.0

const LARGEST = 64 * 1024 * 1024; // decoded bytes: kLargestAnswer of core/host/transport.hpp
const MOST_CODINGS = 4;
const LONGEST_NAME = 16; // of an unknown coding, in a message

const failed = (words) => Object.assign(new Error(words), { transport: words });
const damaged = (coding) => failed(`BAD_CODING its ${coding} data is damaged or cut`);

// "deflate" is a zlib stream; some servers send it without zlib's header.
const hasZlibHeader = (body) => body.length >= 2 && (body[0] & 0x0f) === 8 && (body[0] * 256 + body[1]) % 31 === 0;

function decoded(zlib, body, coding) {
  if (coding === 'gzip' || coding === 'x-gzip') return run(zlib.gunzipSync, body, 'gzip');
  if (coding === 'deflate') return run(hasZlibHeader(body) ? zlib.inflateSync : zlib.inflateRawSync, body, coding);
  if (coding === 'br') return run(zlib.brotliDecompressSync, body, coding);
  throw failed(`BAD_CODING unknown content coding '${coding.slice(0, LONGEST_NAME)}'`);
}

// What follows the end of the data is damage too.
function run(decode, body, coding) {
  let result;
  try {
    result = decode(body, { maxOutputLength: LARGEST, info: true });
  } catch (error) {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? failed('ANSWER_TOO_LARGE') : damaged(coding);
  }
  if (result.engine.bytesWritten !== body.length) throw damaged(coding);
  return result.buffer;
}

/** The codings that a Content-Encoding names, in the order in which they were applied; "identity" is none. */
export const codingsOf = (value) =>
  value
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');

/** What a body stands for. Throws an error whose `transport` is the failure as the core's transport takes it. */
export async function decodeContent(body, codings) {
  if (codings.length > MOST_CODINGS) throw failed('BAD_CODING too many content codings');
  const { default: zlib } = await import('node:zlib');
  return codings.reduceRight((bytes, coding) => decoded(zlib, bytes, coding), body);
}
