// Content codings of answers: both hosts decode the same ones, and say the same about those that cannot be decoded.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { assertAnswered, assertFailed, testBoth } from './probe.mjs';
import { startServer } from './server.mjs';

const text = `{"jsonrpc":"2.0","result":"${'0x00'.repeat(300)}"}`;
const encode = {
  gzip: zlib.gzipSync,
  'x-gzip': zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
};

// Answers every request with these bytes and headers.
const saying = (context, bytes, headers) =>
  startServer(context, (_, response) => response.writeHead(200, headers).end(bytes));

async function outcomeOf(send, context, bytes, coding) {
  const server = await saying(context, bytes, { 'content-encoding': coding });
  const [outcome] = await send([{ url: server.url, replayable: true }]);
  return { ...outcome, url: server.url };
}

for (const [coding, compress] of Object.entries(encode)) {
  testBoth(`${coding} is decoded, and its headers are gone`, async (send, context) => {
    const server = await saying(context, compress(text), { 'content-encoding': coding, 'x-other': '1' });
    const [get, post, head] = await send([
      { url: server.url },
      { method: 'POST', url: server.url, bodyHex: '7b7d' },
      { method: 'HEAD', url: server.url },
    ]);
    for (const outcome of [get, post]) {
      const names = assertAnswered(outcome, 200, text).map(([name]) => name);
      assert.ok(names.includes('x-other'));
      assert.ok(!names.includes('content-encoding') && !names.includes('content-length'));
    }
    assertAnswered(head, 200, '');
    assert.deepEqual(new Set(server.requests.map(({ headers }) => new Map(headers).get('accept-encoding'))).size, 1);
  });
}

testBoth('deflate without its header is decoded', async (send, context) => {
  assertAnswered(await outcomeOf(send, context, zlib.deflateRawSync(text), 'deflate'), 200, text);
});

testBoth('codings are named in any letter case, and several are undone in reverse order', async (send, context) => {
  const twice = zlib.brotliCompressSync(zlib.gzipSync(text));
  for (const coding of ['gzip, br', 'GZip,identity , BR', ['gzip', 'br']])
    assertAnswered(await outcomeOf(send, context, twice, coding), 200, text);
});

testBoth('a gzip body may have several members', async (send, context) => {
  const members = Buffer.concat([zlib.gzipSync(text), zlib.gzipSync(''), zlib.gzipSync('end')]);
  assertAnswered(await outcomeOf(send, context, members, 'gzip'), 200, `${text}end`);
});

testBoth('identity is no coding', async (send, context) => {
  for (const coding of ['identity', 'Identity', '', ', ,'])
    assertAnswered(await outcomeOf(send, context, text, coding), 200, text);
});

testBoth('an answer without a body has nothing to decode', async (send, context) => {
  const server = await startServer(context, (request, response) =>
    response.writeHead(Number(request.url.slice(1)), { 'content-encoding': 'gzip' }).end(),
  );
  const outcomes = await send([200, 204, 304].map((status) => ({ url: `${server.url}/${status}` })));
  outcomes.forEach((outcome, i) => assertAnswered(outcome, [200, 204, 304][i], ''));
});

testBoth('an error status is decoded as any other', async (send, context) => {
  const server = await startServer(context, (_, response) =>
    response.writeHead(503, { 'content-encoding': 'gzip' }).end(zlib.gzipSync('{"error":1}')),
  );
  const [outcome] = await send([{ url: server.url }]);
  assertAnswered(outcome, 503, '{"error":1}');
});

testBoth('data that is cut, damaged or followed by more is told as such: BAD_CODING', async (send, context) => {
  for (const [coding, compress] of Object.entries(encode)) {
    const whole = compress(text);
    const changed = Buffer.from(whole);
    changed[changed.length - (coding === 'br' ? 12 : 1)] ^= 0x55;
    const damaged = {
      cut: whole.subarray(0, whole.length - 1),
      cutEarly: whole.subarray(0, 3),
      changed,
      followed: Buffer.concat([whole, Buffer.from('more')]),
      padded: Buffer.concat([whole, Buffer.alloc(4)]),
      plain: Buffer.from(text),
    };
    for (const [how, bytes] of Object.entries(damaged)) {
      const outcome = await outcomeOf(send, context, bytes, coding);
      const name = coding.replace('x-', '');
      assert.equal(
        assertFailed(outcome, 'BAD_CODING'),
        `could not decode the answer of ${outcome.url}: its ${name} data is damaged or cut`,
        `${coding} ${how}`,
      );
    }
  }
});

testBoth('a coding that is not known is named: BAD_CODING', async (send, context) => {
  for (const [coding, shown] of [
    ['zstd', 'zstd'],
    ['gzip, compress', 'compress'],
    ['x'.repeat(100), 'x'.repeat(16)],
  ]) {
    const outcome = await outcomeOf(send, context, 'bytes', coding);
    assert.equal(
      assertFailed(outcome, 'BAD_CODING'),
      `could not decode the answer of ${outcome.url}: unknown content coding '${shown}'`,
    );
  }
});

testBoth('a few codings are enough', async (send, context) => {
  const times = (count) => Array(count).fill('gzip').join(', ');
  const layers = (count) =>
    Array(count)
      .fill()
      .reduce((bytes) => zlib.gzipSync(bytes), text);
  assertAnswered(await outcomeOf(send, context, layers(4), times(4)), 200, text);
  const outcome = await outcomeOf(send, context, layers(5), times(5));
  assert.match(assertFailed(outcome, 'BAD_CODING'), /: too many content codings$/);
});

testBoth('the limit of 64 MiB holds for what is decoded', async (send, context) => {
  const most = Buffer.alloc(64 << 20);
  const tooMuch = Buffer.alloc((64 << 20) + 1);
  for (const coding of ['gzip', 'deflate', 'br']) {
    const options = coding === 'br' ? { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } } : { level: 1 };
    const whole = await outcomeOf(send, context, encode[coding](most, options), coding);
    assertAnswered(whole);
    assert.equal(whole.bodyLength, most.length);
    const bomb = await outcomeOf(send, context, encode[coding](tooMuch, options), coding);
    assert.match(assertFailed(bomb, 'ANSWER_TOO_LARGE'), /64 MiB$/);
  }
  // 200 MiB in a few hundred bytes.
  const outer = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(200 << 20)));
  assertFailed(await outcomeOf(send, context, outer, 'gzip, gzip'), 'ANSWER_TOO_LARGE');
});

testBoth('a kept connection is in order after a body that could not be decoded', async (send, context) => {
  const server = await startServer(context, (request, response) =>
    request.url === '/bad'
      ? response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
      : response.end('ok'),
  );
  const [bad, good] = await send([
    { url: `${server.url}/bad`, replayable: true },
    { url: server.url, replayable: true },
  ]);
  assertFailed(bad, 'BAD_CODING');
  assertAnswered(good, 200, 'ok');
});
