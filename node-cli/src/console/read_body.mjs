// The body of a request, up to a limit.
// SPDX-License-Identifier: Apache-2.0

export async function readBody(request, limit) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > limit) throw new Error('the body is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
