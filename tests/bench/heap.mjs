// What half an hour of watching leaves in the heaps of the page and of its worker.
// SPDX-License-Identifier: Apache-2.0

const warmUp = 10; // refreshes before the first measurement: caches fill, code is optimised
const refreshes = 60; // what 30 minutes come to at the usual interval of 30 s
const most = 2 * 1024 * 1024; // bytes

/** Measures a page that watches a fleet; `row` as in console.mjs. */
export async function measureHeap(page, row) {
  const heaps = await heapsOf(page);
  await refresh(page, warmUp);
  const before = await heaps.used();
  await refresh(page, refreshes);
  const after = await heaps.used();
  await heaps.close();
  const grown = after - before;
  const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(2);
  row(
    `console: heap growth over ${refreshes} refreshes of 10,000 (30 min at 30 s)`,
    `${megabytes(grown)} MB of ${megabytes(before)}`,
    { bar: '<= 2 MB', holds: grown <= most },
  );
}

// Each refresh is over when the list was read again: the next one would be dropped before that.
async function refresh(page, times) {
  for (let turn = 0; turn < times; ++turn) {
    await page.getByRole('button', { name: 'Refresh', exact: true }).first().click();
    await page.waitForTimeout(1000);
  }
}

// The page's own heap and those of its workers, by the debugger's door.
async function heapsOf(page) {
  const client = await page.context().newCDPSession(page);
  const workers = new Map(); // session -> type
  const answers = new Map(); // id of a message -> resolve
  let count = 0;
  client.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => workers.set(sessionId, targetInfo.type));
  client.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
  client.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    answers.get(id)?.(result);
    answers.delete(id);
  });
  await client.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const ask = (sessionId, method) =>
    new Promise((resolve) => {
      const id = ++count;
      answers.set(id, resolve);
      client.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: {} }) });
    });
  async function used() {
    await client.send('HeapProfiler.collectGarbage');
    let sum = (await client.send('Runtime.getHeapUsage')).usedSize;
    for (const [sessionId, type] of workers) {
      if (type !== 'worker') continue;
      await ask(sessionId, 'HeapProfiler.collectGarbage');
      sum += (await ask(sessionId, 'Runtime.getHeapUsage')).usedSize;
    }
    return sum;
  }
  return { used, close: () => client.detach() };
}
