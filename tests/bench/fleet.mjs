// A fleet of ten thousand machines in the browser: until known rows are on the screen, from a key to the screen while it
// is searched, the frames of a scroll, and what a refresh in the background takes from the page.
// SPDX-License-Identifier: Apache-2.0
import { enterRoom } from '../support/rooms.mjs';
import { measureHeap } from './heap.mjs';

const query = '1009';
const rounds = 5;
const strides = [60, 300, 1500, 6000]; // pixels of one turn of the wheel: a glance at the next rows, a leap over many

const median = (values) => values.slice().sort((a, b) => a - b)[values.length >> 1];
const rest = (page, milliseconds) =>
  page.evaluate((time) => new Promise((done) => setTimeout(done, time)), milliseconds);

/** `page` is a console that knows the devnet; `row` as in console.mjs. */
export async function measureFleet(page, operator, row) {
  await enterRoom(page, `fleet?operator=${operator.did}`);
  await page.waitForSelector('pq-table tbody tr[data-index]');
  // Ten thousand machines are looked at one by one after the first reading of a fleet: what is measured is the day after.
  await page.getByText(/^checking [\d,]+ of 10,000/).waitFor({ state: 'detached', timeout: 1_200_000 });
  await measureEntering(page, operator, row);
  await measureFilter(page, row);
  await measureScroll(page, row);
  await measureRefresh(page, row);
  await measureHeap(page, row);
}

// From the change of the address to the frame after the one that has the rows.
async function measureEntering(page, operator, row) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    await enterRoom(page, 'settings');
    await rest(page, 500);
    times.push(
      await page.evaluate(
        (hash) =>
          new Promise((done) => {
            const began = performance.now();
            const look = () => {
              if (document.querySelector('pq-room-fleet pq-table tbody tr[data-index]'))
                requestAnimationFrame(() => done(performance.now() - began));
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
            location.hash = hash;
          }),
        `#/fleet?operator=${operator.did}`,
      ),
    );
  }
  const middle = median(times);
  row('console: known rows of 10,000 after entering, median', `${middle.toFixed(0)} ms`, {
    bar: '<= 100 ms',
    holds: middle <= 100,
  });
}

// The page's long tasks while the whole list is read again, and for as long as single machines follow.
async function measureRefresh(page, row) {
  await page.evaluate(() => {
    window.tasks = [];
    const seen = (list) => list.getEntries().forEach(({ duration }) => window.tasks.push(duration));
    new PerformanceObserver(seen).observe({ type: 'longtask' });
  });
  for (let round = 0; round < rounds; ++round) {
    await page.getByRole('button', { name: 'Refresh', exact: true }).first().click();
    await rest(page, 3000);
  }
  const tasks = await page.evaluate(() => window.tasks);
  const most = tasks.length > 0 ? `${Math.max(...tasks).toFixed(0)} ms, ${tasks.length} in all` : 'none over 50 ms';
  row('console: refresh of 10,000, longest task of the page', most, { bar: '<= 50 ms', holds: tasks.length === 0 });
}

// What the browser itself times: from the key's event until the frame that shows what came of it.
async function measureFilter(page, row) {
  await page.evaluate(() => {
    window.typed = [];
    const seen = (list) =>
      list
        .getEntries()
        .filter(({ name }) => name === 'input')
        .forEach((entry) => window.typed.push(entry.duration));
    new PerformanceObserver(seen).observe({ type: 'event', durationThreshold: 16 });
  });
  await page.getByRole('searchbox').click();
  let keys = 0;
  for (let round = 0; round < rounds; ++round) {
    for (const key of [...query, ...Array(query.length).fill('Backspace')]) {
      await page.keyboard.press(key);
      await rest(page, 120);
      ++keys;
    }
  }
  const slow = await page.evaluate(() => window.typed);
  const times = [...slow, ...Array(Math.max(0, keys - slow.length)).fill(16)]; // below 16 ms the browser tells of none
  const [middle, most] = [median(times), Math.max(...times)];
  row('console: filter of 10,000, key to screen, median and most', `${middle} ms, ${most} ms`, {
    bar: '<= 30 ms',
    holds: middle <= 30,
  });
}

async function measureScroll(page, row) {
  const box = await page.locator('.table-scroll').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => {
    window.frames = [];
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      window.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let turn = 0; turn < 120; ++turn) {
    await page.mouse.wheel(0, strides[turn % strides.length]);
    await rest(page, 16);
  }
  const frames = await page.evaluate(() => [...window.frames]);
  const most = Math.max(...frames);
  const long = frames.filter((time) => time > 50).length;
  const p95 = frames.slice().sort((a, b) => a - b)[Math.floor(frames.length * 0.95)];
  row('console: scroll of 10,000, p95 of a frame', `${p95.toFixed(0)} ms`, { bar: '<= 20 ms', holds: p95 <= 20 });
  row(
    'console: scroll of 10,000, longest frame, frames over 50 ms',
    `${most.toFixed(0)} ms, ${long} of ${frames.length}`,
    {
      bar: '<= 50 ms',
      holds: long === 0,
    },
  );
}
