// Two pictures of the console: a fleet in light, one of its machines in dark.
// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevnet } from '@peaqos/devnet';
import { launchBrowser } from '../../tests/support/browser.mjs';
import { makeVault, openConsole } from '../../tests/support/console.mjs';
import { envText, importSettings } from '../../tests/support/drawer.mjs';
import { enterRoom } from '../../tests/support/rooms.mjs';
import { newOperator } from '../../tests/support/world.mjs';
import { startConsole } from '../demo/console.mjs';
import { root } from '../steps/shell.mjs';
import { growFleet } from './fleet.mjs';

const largest = 150 * 1024; // bytes: a README loads them all

async function take(page, name, colorScheme) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.mouse.move(0, 0);
  const path = join(root, 'web/pictures', name);
  await page.screenshot({ path });
  const { size } = statSync(path);
  process.stdout.write(`${path}: ${size} bytes\n`);
  if (size > largest) throw new Error(`${name} is larger than ${largest} bytes`);
}

export async function takePictures() {
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-pictures-'));
  const world = await startDevnet();
  const undo = [() => world.stop(), () => rmSync(folder, { recursive: true, force: true })];
  try {
    const { env } = await newOperator(world);
    writeFileSync(join(folder, '.env'), envText(env), { mode: 0o600 });
    const best = await growFleet(world, folder);
    const served = await startConsole(folder);
    undo.unshift(() => served.stop());
    const browser = await launchBrowser();
    undo.unshift(() => browser.close());
    const { page } = await openConsole(browser, served.address);
    await makeVault(page);
    await importSettings(page, envText(env));
    await enterRoom(page, 'fleet');
    await page.getByText('Bonded', { exact: true }).nth(1).waitFor();
    await page.locator('pq-table .bone').first().waitFor({ state: 'detached' });
    await take(page, 'fleet-light.png', 'light');
    await enterRoom(page, `fleet/${best}`);
    await page.getByRole('img', { name: /^Revenue a day/ }).waitFor();
    await take(page, 'machine-dark.png', 'dark');
    return 0;
  } finally {
    for (const step of undo) await step();
  }
}
