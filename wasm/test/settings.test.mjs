// The settings of `.env` as operations: read without secrets, changed line by line.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '@peaqos/core';

const text =
  '# mine\r\nexport PEAQOS_NETWORK=devnet # here\n\n?? what\nPEAQOS_ORCH_API_KEY="abc"\nOTHER=x\nPEAQOS_TIMEOUT=\n';

// A host with one file.
function hostOf(content) {
  const files = { '.env': content === undefined ? undefined : Buffer.from(content) };
  return {
    files,
    env: {},
    readFile(path) {
      if (files[path]) return files[path];
      throw Object.assign(new Error(path), { failure: 'missing' });
    },
    replaceFile: (path, bytes) => void (files[path] = Buffer.from(bytes)),
  };
}

test('settings are read: harmless ones with their value, others only by name', async () => {
  const { known, ...settings } = await createClient(hostOf(text)).readSettings();
  assert.deepEqual(settings, {
    variables: [
      { name: 'OTHER', value: null },
      { name: 'PEAQOS_NETWORK', value: 'devnet' },
      { name: 'PEAQOS_ORCH_API_KEY', value: null },
    ],
    badLines: [4],
  });
  assert.deepEqual(await createClient(hostOf()).readSettings(), { variables: [], badLines: [], known });
  assert.deepEqual(
    known.find(({ name }) => name === 'PEAQOS_TIMEOUT'),
    { name: 'PEAQOS_TIMEOUT', kind: 'seconds', secret: false, default: '30', help: 'seconds for one request' },
  );
  assert.deepEqual(
    known.filter(({ secret }) => secret).map(({ name }) => name),
    ['PEAQOS_PRIVATE_KEY', 'OWS_PASSPHRASE', 'PEAQOS_ORCH_API_KEY', 'PEAQOS_WEBHOOK_URL', 'PEAQOS_WEBHOOK_SECRET'],
  );
});

test('a change touches its own line', async () => {
  const host = hostOf(text);
  const client = createClient(host);
  const { variables } = await client.changeSettings({ OTHER: 'two words', PEAQOS_MCR_API_URL: 'http://127.0.0.1:1' });
  assert.deepEqual(
    variables.find(({ name }) => name === 'PEAQOS_MCR_API_URL'),
    { name: 'PEAQOS_MCR_API_URL', value: 'http://127.0.0.1:1' },
  );
  assert.equal(
    host.files['.env'].toString(),
    `${text.replace('OTHER=x', 'OTHER="two words"')}PEAQOS_MCR_API_URL=http://127.0.0.1:1\r\n`,
  );
});

test('a secret is an answer, not a part of the request', async () => {
  const host = hostOf('');
  const client = createClient(host);
  const asked = [];
  const onQuestion = (question) => {
    asked.push([question.name, question.setting, question.hidden]);
    return Buffer.from('key of keys');
  };
  await client.changeSettings({ PEAQOS_ORCH_API_KEY: null }, { onQuestion });
  assert.deepEqual(asked, [['setting', 'PEAQOS_ORCH_API_KEY', true]]);
  assert.equal(host.files['.env'].toString(), 'PEAQOS_ORCH_API_KEY="key of keys"\n');
});

test('what .env cannot spell is refused, and nothing is written', async () => {
  const host = hostOf(text);
  const client = createClient(host);
  for (const values of [{ 'NO NAME': 'x' }, { OTHER: '${HOME}' }, { PEAQOS_ORCH_API_KEY: null }])
    await assert.rejects(client.changeSettings(values), ({ kind }) => kind === 'input');
  assert.equal(host.files['.env'].toString(), text);
});
