// The worker of one signer: node worker.mjs SIGNER
// Pulls the signer's events, hands them to `peaqos qualify events`, and acknowledges those that are on the chain. Run it in
// the signer's own folder, which has its settings and its ledger. Whatever ends it, start it again: what it has not
// acknowledged comes again.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { jetstream } from '@nats-io/jetstream';
import { connectNats, STREAM } from './broker.mjs';
import { settle } from './settle.mjs';

const connection = await connectNats();
const broker = jetstream(connection);
const consumer = await broker.consumers.get(STREAM, process.argv[2]);

const peaqos = spawn('peaqos', ['qualify', 'events', '-', '--json', '-y'], { stdio: ['pipe', 'pipe', 'inherit'] });
const ended = once(peaqos, 'close');
peaqos.stdin.on('error', () => {}); // it has ended

const waiting = new Map(); // by their lines' numbers
createInterface({ input: peaqos.stdout }).on('line', (text) => {
  if (!text.startsWith('{"line":')) return; // an error, which is on standard error as well
  const result = JSON.parse(text);
  settle(waiting.get(result.line), result, broker);
  waiting.delete(result.line);
});

const messages = await consumer.consume({ max_messages: 500 });
let asked = false;
process.once('SIGTERM', () => {
  asked = true;
  messages.stop();
});
ended.finally(() => messages.stop()).catch(() => {});

let lines = 0;
for await (const message of messages) {
  waiting.set(++lines, message);
  // One line, however the device has formatted it; and never a blank one, which peaqos would pass over.
  const line =
    message
      .string()
      .replace(/[\r\n]+/g, ' ')
      .trim() || 'null';
  if (!peaqos.stdin.write(`${line}\n`)) await Promise.race([once(peaqos.stdin, 'drain'), ended]);
}
peaqos.stdin.end();
const [code] = await ended;
await connection.drain();
// Lines that were set aside are no failure of a worker that was asked to end.
process.exitCode = asked && waiting.size === 0 ? 0 : code || 1;
