// A fleet of ten thousand machines in the browser: from a key to the screen while it is searched, and the frames of a
// scroll.
// SPDX-License-Identifier: Apache-2.0
import { enterRoom } from '../support/rooms.mjs';

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
  await rest(page, 2000);
  await measureFilter(page, row);
  await measureScroll(page, row);
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
    bar: '< 50 ms',
    holds: middle < 50,
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
  row(
    'console: scroll of 10,000, longest frame, frames over 50 ms',
    `${most.toFixed(0)} ms, ${long} of ${frames.length}`,
    {
      bar: '<= 50 ms',
      holds: long === 0,
    },
  );
}
