// The XMLHttpRequest that Node lends to emscripten_fetch.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createXMLHttpRequest } from '../node/xhr.mjs';

test('an exchange that has ended holds no answer: a run of a hundred thousand takes no more memory than one of a thousand', async () => {
  const server = createServer((request, response) => request.pipe(response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const request = new (createXMLHttpRequest())();
  request.open('POST', `http://127.0.0.1:${server.address().port}/`);
  const answer = await new Promise((resolve, reject) => {
    request.onload = () => resolve(Buffer.from(request.response.slice()).toString());
    request.onerror = () => reject(new Error(request.statusText));
    request.send(Buffer.from('what was asked'));
  });
  server.closeAllConnections();
  server.close();
  assert.equal(answer, 'what was asked');
  assert.equal(request.response, null);
});
