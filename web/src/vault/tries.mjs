// Wrong passphrases slow the next try down, also after a reload; nothing is ever deleted.
// SPDX-License-Identifier: Apache-2.0
import { trouble } from './trouble.mjs';

const free = 3;
const first = 5_000; // milliseconds after the third wrong try, then twice as long each time
const longest = 300_000;

const pause = (count) => (count < free ? 0 : Math.min(longest, first * 2 ** (count - free)));

/** Runs `attempt` unless it is too early; counts it when it throws WRONG_SECRET, forgets all when it succeeds. */
export async function countingTries(database, attempt, now = Date.now) {
  const { count = 0, at = 0 } = (await database.get('vault', 'tries')) ?? {};
  const wait = Math.min(pause(count), at + pause(count) - now());
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000);
    throw trouble('SLOW_DOWN', `${count} tries were wrong: the next one is possible in ${seconds} s`, '', { seconds });
  }
  try {
    const result = await attempt();
    if (count) await database.remove('vault', 'tries');
    return result;
  } catch (error) {
    if (error.code === 'WRONG_SECRET') await database.put('vault', 'tries', { count: count + 1, at: now() });
    throw error;
  }
}
