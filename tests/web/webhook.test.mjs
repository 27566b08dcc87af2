// News of a fleet at a webhook while no tab is open: signed, tried again, and by the rules of the page.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createClient } from '@peaqos/core';
import { createWebhook } from '../../node-cli/src/console/webhook.mjs';
import { Watcher } from '../../node-cli/src/console/watcher.mjs';
import { whatToSay } from '../../web/src/core/what_to_say.mjs';
import { run, scratch } from '../support/commands.mjs';
import { startServed } from '../support/console.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();
const secret = Buffer.from('s3cret');

// A receiver that answers with these statuses, the last for ever.
async function startReceiver(...statuses) {
  const received = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ url: request.url, headers: request.headers, body });
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/hook`, received };
}

const soon = async () => {};

test('a post is signed, and repeated with the same delivery until it is taken', async () => {
  const { url, received } = await startReceiver(500, 302, 204);
  const post = createWebhook({ url, secret }, { wait: soon });
  assert.equal(await post({ text: 'hello' }), true);
  assert.deepEqual(
    received.map(({ url: path }) => path),
    ['/hook', '/hook', '/hook'],
  );
  assert.equal(new Set(received.map(({ headers }) => headers['peaqos-delivery'])).size, 1);
  for (const { headers, body } of received) {
    assert.equal(body, '{"text":"hello"}');
    const signed = createHmac('sha256', secret).update(`${headers['peaqos-timestamp']}.${body}`).digest('hex');
    assert.equal(headers['peaqos-signature'], `sha256=${signed}`);
    assert.equal(headers['content-type'], 'application/json');
  }
});

test('a receiver that never takes it is left alone after a while', async () => {
  const { url, received } = await startReceiver(503);
  assert.equal(await createWebhook({ url, secret }, { wait: soon })({}), false);
  assert.equal(received.length, 6);
});

test('what a page tells: its fleet and rules always, rows when they changed', () => {
  const fleet = { operator: 'did:peaq:0x1', known: true, version: 3, rows: [{}], reading: { asOf: 5 } };
  const rules = { quiet: null };
  const told = (last, more) => whatToSay({ fleet: { ...fleet, ...more }, rules, now: 100_000, last });
  assert.deepEqual(told({ version: undefined, at: -Infinity }), {
    operator: 'did:peaq:0x1',
    rules,
    rows: [{}],
    asOf: 5,
  });
  assert.deepEqual(told({ version: 3, at: 0 }), { operator: 'did:peaq:0x1', rules });
  assert.deepEqual(told({ version: 2, at: 99_000 }), { operator: 'did:peaq:0x1', rules });
  assert.deepEqual(told({ version: 2, at: 0 }, { known: false }), { operator: 'did:peaq:0x1', rules });
});

test('while the page is there nothing is read; once it is gone, changes are told', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const client = createClient({ env: operator.env });
  const asked = [];
  const call = (operation, { did }, options) => {
    asked.push(operation);
    return client[operation](did, options);
  };
  const news = [];
  const watched = { call, clock: () => now, random: Math.random, timers: globalThis };
  let now = Date.now();
  const watcher = new Watcher(watched, (one) => news.push(one), { silent: 60_000, every: 1000 });
  const { mcr, mcr_score, negative_flag, machine_id, ...rest } = await client.queryMcr(operator.did);
  const details = { bond: rest.bond_status, events: rest.event_count, updated: rest.last_updated };
  const row = { did: operator.did, machine_id, mcr, mcr_score, negative_flag, details, detailsAt: now, holds: [] };
  watcher.heard({ operator: operator.did, rules: {}, rows: [row], asOf: now });
  watcher.tick();
  now += 59_000;
  watcher.tick();
  assert.deepEqual([watcher.watching, asked], [false, []]);

  const { code, stderr } = await run('peaqos', revenue(operator.id, '--value', '5000000'), operator);
  assert.equal(code, 0, stderr);
  now += 2000;
  for (let tries = 0; news.length === 0 && tries < 600; ++tries) {
    watcher.tick();
    now += 1000;
    await setTimeout(20);
  }
  assert.equal(news[0].operator, operator.did);
  assert.match(news[0].text, /^Machine \d+ was rated \w+\. Score \d+ of 100/);
  assert.deepEqual([news[0].entries[0].kind, news[0].entries[0].from], ['rating', 'Provisioned']);
  watcher.heard({ operator: operator.did, rules: {} });
  assert.equal(watcher.watching, false);
});

test('peaqos console takes what a page tells where a webhook is configured, and only from its page', async () => {
  const { url } = await startReceiver(204);
  const lines = `${Object.entries(world.env())
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
  const told = async ({ port, token }, body, admitted = true) => {
    const address = `http://localhost:${port}`;
    const headers = { origin: address, 'content-type': 'application/json' };
    const session = await fetch(`${address}/session`, { method: 'POST', headers, body: JSON.stringify({ token }) });
    const cookie = session.headers.get('set-cookie').split(';')[0];
    const more = admitted ? { cookie } : {};
    return fetch(`${address}/watch`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
  };
  const settings = `${lines}PEAQOS_WEBHOOK_URL=${url}\nPEAQOS_WEBHOOK_SECRET=s3cret\n`;
  const known = { operator: 'did:peaq:0x1', rules: {}, rows: [] };
  assert.equal((await told(await startServed({ settings }), known)).status, 202);
  assert.equal((await told(await startServed({ settings }), known, false)).status, 401);
  assert.equal((await told(await startServed({ settings: lines }), known)).status, 204);
});

test('a webhook without its secret, or that is no URL, is an error of configuration', async (context) => {
  for (const [env, message] of [
    [{ PEAQOS_WEBHOOK_URL: 'http://127.0.0.1:1/x' }, /Missing required env var: PEAQOS_WEBHOOK_SECRET/],
    [{ PEAQOS_WEBHOOK_URL: 'nowhere', PEAQOS_WEBHOOK_SECRET: 'x' }, /PEAQOS_WEBHOOK_URL is not an http or https URL/],
  ]) {
    const { code, stderr } = await run('peaqos', ['console', '--no-open', '--port', '0'], {
      env,
      cwd: scratch(context),
    });
    assert.equal(code, 3, stderr);
    assert.match(stderr, message);
  }
});
