// Opens the console in the user's browser.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const openers = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };
const LONGEST = 60_000; // milliseconds that a browser may take to start

const redirectTo = (url) => `<!doctype html>
<meta charset="utf-8">
<title>peaqos console</title>
<meta http-equiv="refresh" content="0; url=${url}">
<p><a href="${url}">Open the console</a></p>
`;

/**
 * Others on this machine can read command lines, and the address has the start token in it: the browser gets a page of
 * the user's own (0600), which leads there and is removed soon after. The address is printed as well, so a machine
 * without a browser is no error.
 */
export function openInBrowser(url) {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'peaqos-console-')); // 0700
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    setTimeout(remove, LONGEST).unref();
    const page = join(folder, 'open.html');
    writeFileSync(page, redirectTo(url), { mode: 0o600 });
    const [program, ...words] = openers[process.platform] ?? ['xdg-open'];
    const child = spawn(program, [...words, page], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  } catch {
    // No place for the page.
  }
}
