// What a command says on standard error, as progress notifications for the client that asked for them.
// SPDX-License-Identifier: Apache-2.0
import { visibleText } from './visible.mjs';

/** `notify` sends a notification. Returns a function for each line; steps are announced as "[4/6] Register machine". */
export function progressOf(token, notify) {
  if (token === undefined) return () => {};
  let [before, within, total] = [0, -1, undefined];
  return (line) => {
    const [, step, steps] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
    // Between steps it only comes nearer to the next: progress must never stand still or step back.
    if (step - 1 > before) [before, within] = [step - 1, -1];
    if (steps) total = Number(steps);
    within += 1;
    const progress = before + within / (within + 1);
    const params = { progressToken: token, progress, ...(total && { total }), message: visibleText(line) };
    notify({ method: 'notifications/progress', params }).catch(() => {}); // a client that has gone
  };
}
