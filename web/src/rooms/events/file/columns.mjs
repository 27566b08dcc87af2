// The columns of a file of events: what the core calls them, and which column of somebody's sheet stands for which.
// SPDX-License-Identifier: Apache-2.0
import { parseCsv } from '../../../format/csv.mjs';

/** What the core reads, the required ones first: {name, label, required, also: other usual names}. */
export const columns = [
  { name: 'machine_id', label: 'Machine ID', required: true, also: ['machine', 'machineid', 'robot', 'charger'] },
  { name: 'type', label: 'Type: revenue or activity', required: true, also: ['event_type', 'kind'] },
  { name: 'value', label: 'Value, in the smallest unit', required: true, also: ['amount_minor', 'cents'] },
  { name: 'ts', label: 'When it happened', required: true, also: ['time', 'timestamp', 'date', 'datetime', 'when'] },
  { name: 'currency', label: 'Currency', also: ['ccy'] },
  { name: 'id', label: 'Your own ID of the event', also: ['key', 'idempotency_key', 'reference', 'ref', 'invoice'] },
  { name: 'trust', label: 'Evidence: self, onchain or hardware', also: ['trust_level'] },
  { name: 'source_chain', label: 'Evidence chain', also: [] },
  { name: 'source_tx', label: 'Evidence transaction', also: [] },
  { name: 'data_hash', label: 'Hash of the raw data', also: [] },
  { name: 'metadata_hex', label: 'Metadata, in hexadecimal', also: [] },
];

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

/** {column: place in the heading} for what can be told by name. */
export function guess(heading) {
  const names = heading.map(plain);
  const found = columns.map(({ name, also }) => [name, names.findIndex((own) => own === name || also.includes(own))]);
  return Object.fromEntries(found.filter(([, at]) => at >= 0));
}

/** Required columns that a mapping does not have. */
export const missing = (mapping) => columns.filter(({ name, required }) => required && !(name in mapping));

const cell = (text = '') => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table as the core reads it: known columns by their names, a line for each row. */
export function mapped({ rows }, mapping) {
  const names = columns.map(({ name }) => name).filter((name) => name in mapping);
  const lines = rows.map((row) => names.map((name) => cell(row[mapping[name]]?.replaceAll(/[\r\n]+/g, ' '))).join(','));
  return new TextEncoder().encode(`${[names.join(','), ...lines].join('\n')}\n`);
}
