// Watches a fleet while no tab does: what a page last knew is read on, by the same rules, and what changed is told.
// SPDX-License-Identifier: Apache-2.0
import { wordsOf } from '../../../web/src/activity/words.mjs';
import { withStandard } from '../../../web/src/store/rules.mjs';
import { FleetReader } from '../../../web/src/worker/store/fleet_reader.mjs';

const silence = 90_000; // milliseconds: a page says every 15 s that it is there
const leastEvery = 30_000; // milliseconds between two readings

const sentence = ({ title, text }) => (text ? `${title}. ${text}` : title);

export class Watcher {
  #page; // {operator, rules, every, rows, asOf}: what the page last said
  #heard; // when
  #reader; // while no page is there

  /**
   * `world`: {call(operation, request, {signal}), clock, random, timers}, as FleetReader wants it; `tell(news)` gets
   * {at, operator, text, entries}: entries as in the console's activity, `text` a line for each.
   */
  constructor(world, tell, { silent = silence, every = leastEvery } = {}) {
    Object.assign(this, { world, tell, silent, every });
  }

  /** Whether it reads by itself. */
  get watching() {
    return this.#reader !== undefined;
  }

  /** A page is there. `rows` and `asOf` are left out when they are as it said before. */
  heard({ operator, rules, rows = this.#page?.rows, asOf = this.#page?.asOf }) {
    this.#page = operator ? { operator, rules: withStandard(rules), rows, asOf } : undefined;
    this.#heard = this.world.clock();
    this.#reader = undefined;
  }

  /** Reads what is due; to be called every second. */
  tick() {
    if (!this.#page || this.world.clock() - this.#heard < this.silent) return;
    const { operator, rows, asOf } = this.#page;
    this.#reader ??= this.#begin();
    this.#reader.want(operator, { rows, asOf });
    this.#reader.tick();
    this.#reader.judgeAll();
  }

  #begin() {
    const { operator, rules } = this.#page;
    const state = () => ({ rules, every: this.every, visible: true, view: [], own: operator, blockAt: 0 });
    const silent = () => {};
    const on = { news: (entries) => this.#news(entries), fleet: silent, ratings: silent, rows: silent };
    return new FleetReader({ ...this.world, readProfile: async () => {} }, state, on);
  }

  #news(entries) {
    const at = this.world.clock();
    const told = entries.map((entry) => ({ ...entry, at }));
    this.tell({
      at: new Date(at).toISOString(),
      operator: this.#page.operator,
      text: told.map((entry) => sentence(wordsOf(entry))).join('\n'),
      entries: told,
    });
  }
}
