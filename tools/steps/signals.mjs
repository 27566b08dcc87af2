// What ends a task ends everything that it has started: a signal to this process, or the end of the npm that runs it.
// npm hands its signals to a shell, and the shell to nobody.
// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

const LONGEST_MS = 15_000;
const LOOK_MS = 100;

const cleanups = new Set();
let ending;

/** Calls an action when a signal ends the task; returns the function that takes it back. */
export function atSignal(action) {
  cleanups.add(action);
  return () => cleanups.delete(action);
}

/** The task's end by a signal, once one has come. */
export const signalled = () => ending;

/** From now on a signal ends the task as a whole. */
export function endWithSignals() {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => (ending ??= end(name)));
  if (!process.env.npm_lifecycle_event) return;
  // A shell stands between, where it does not give its place to what it runs.
  const parents = () => `${process.ppid} ${statusOf(process.ppid)?.parent}`;
  const first = parents();
  setInterval(() => parents() !== first && (ending ??= end('SIGTERM')), LOOK_MS).unref();
}

async function end(name) {
  const started = descendants(process.pid);
  signal(started, name);
  const limit = Date.now() + LONGEST_MS;
  await Promise.allSettled([...cleanups].map((action) => action()));
  while (started.some(lives) && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  signal(started, 'SIGKILL');
  // A task that ended well was meant to end so: a devnet, say.
  process.exit(process.exitCode === 0 ? 0 : 128 + constants.signals[name]);
}

function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended.
    }
  }
}

const statusOf = (pid) => {
  try {
    // "PID (NAME) STATE PPID ...": a name may hold anything.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
    return { pid, state, parent: Number(parent) };
  } catch {
    return undefined;
  }
};

const lives = (pid) => !['Z', undefined].includes(statusOf(pid)?.state);

// Processes below one, however deep. Empty where there is no /proc.
function descendants(root) {
  const all = processes();
  const below = (parent) => all.filter((one) => one.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root);
}

function processes() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => statusOf(Number(name)))
      .filter(Boolean);
  } catch {
    return [];
  }
}
