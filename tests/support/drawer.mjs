// Command lines in the console's drawer, and the settings that they run with.
// SPDX-License-Identifier: Apache-2.0

/** Variables as the text of a `.env`. */
export const envText = (env) =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** Gives the console a `.env`, by Settings' own import. */
export async function importSettings(page, text) {
  await page.evaluate(() => (location.hash = '#/settings'));
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import .env' }).click();
  await (await choosing).setFiles({ name: '.env', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const replace = page.getByRole('button', { name: 'Replace', exact: true });
  const done = page.getByText(/was imported/);
  await replace.or(done).first().waitFor();
  if (await replace.isVisible()) await replace.click();
  await done.waitFor();
}

const input = (page) => page.locator('#command-line');

export async function openDrawer(page) {
  await page.getByRole('button', { name: 'Command', exact: true }).click();
  await input(page).waitFor();
}

/** Types a line and sends it; what it asks must be answered before it ends. */
export async function typeLine(page, line) {
  await input(page).fill(line);
  await input(page).press('Enter');
}

/** What the last line came to: {code, stdout, stderr}. */
export async function outcome(page) {
  await page.waitForFunction(() => document.querySelector('.transcript .run:last-child .outcome'));
  return page.evaluate(() => {
    const entry = document.querySelector('.transcript .run:last-child');
    const text = (stream) =>
      [...entry.querySelectorAll(`pre.${stream} > .written`)].map(({ textContent }) => textContent).join('');
    const code = Number(/exit (\d+)/.exec(entry.querySelector('.outcome').textContent)?.[1]);
    return { code, stdout: text('out'), stderr: text('err') };
  });
}

export async function runLine(page, line) {
  await typeLine(page, line);
  return outcome(page);
}
