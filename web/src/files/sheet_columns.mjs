// The columns of a file of records: what the core calls them, and which column of somebody's sheet stands for which.
// SPDX-License-Identifier: Apache-2.0
import { parseCsv } from '../format/csv.mjs';

const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const decode = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** Whether a file is JSON Lines and not a table. */
export const isJson = ({ name, bytes }) =>
  /\.(jsonl|ndjson|json)$/i.test(name) || /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));

/** {heading, rows} of a table; throws for text that is none. */
export function tableOf({ bytes }) {
  const [heading = [], ...rows] = parseCsv(decode(bytes));
  return { heading, rows };
}

const cell = (text = '') => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Columns, [{name, label, required, also: other usual names}], the required ones first; one with `here` is the console's
 * own, and the core does not get it.
 */
export class SheetColumns {
  constructor(columns) {
    this.all = columns;
  }

  /** {column: place in the heading} for what can be told by name. */
  guess(heading) {
    const names = heading.map(plain);
    const found = this.all.map(({ name, also }) => [
      name,
      names.findIndex((own) => own === name || also.includes(own)),
    ]);
    return Object.fromEntries(found.filter(([, at]) => at >= 0));
  }

  /** Required columns that a mapping does not have. */
  missing(mapping) {
    return this.all.filter(({ name, required }) => required && !(name in mapping));
  }

  /** The table as the core reads it: known columns by their names, a line for each row. */
  mapped({ rows }, mapping) {
    const names = this.all.filter(({ name, here }) => !here && name in mapping).map(({ name }) => name);
    const lines = rows.map((row) =>
      names.map((name) => cell(row[mapping[name]]?.replaceAll(/[\r\n]+/g, ' '))).join(','),
    );
    return new TextEncoder().encode(`${[names.join(','), ...lines].join('\n')}\n`);
  }
}
