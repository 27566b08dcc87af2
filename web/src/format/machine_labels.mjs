// What a user calls machines: { alias, place, tags, note } by DID, and the CSV that brings many at once.
// SPDX-License-Identifier: Apache-2.0
import { parseCsv } from './csv.mjs';
import { isMachineDid } from './did.mjs';

const lengths = { alias: 60, place: 80, note: 500 };
const longestTag = 30;
const mostTags = 20;

const line = (text, length) =>
  String(text ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length);

/** Tags of a text such as "north, fast charger": lower case, a dash for blanks, each once. */
export function tagsOf(text) {
  const words = (Array.isArray(text) ? text : String(text ?? '').split(/[,;|]/)).map((word) =>
    line(word, longestTag)
      .toLowerCase()
      .replace(/[\s:]+/g, '-'),
  );
  return [...new Set(words.filter(Boolean))].slice(0, mostTags);
}

/** A label as it is kept, or undefined when it says nothing. */
export function cleanLabel(label) {
  const clean = {};
  for (const [name, length] of Object.entries(lengths)) {
    const text = line(label[name], length);
    if (text) clean[name] = text;
  }
  const tags = tagsOf(label.tags);
  if (tags.length > 0) clean.tags = tags;
  return Object.keys(clean).length > 0 ? clean : undefined;
}

/** A DID in one spelling, so that letter case does not make two machines of one. */
export const keyOf = (did) => did.toLowerCase();

const headings = {
  did: ['did', 'machine did', 'machine_did'],
  id: ['machine_id', 'machine id', 'id'],
  alias: ['alias', 'name'],
  place: ['place', 'location', 'site'],
  tags: ['tags', 'tag', 'groups', 'group'],
  note: ['note', 'notes', 'comment'],
};

function didOf(did, id, didOfId) {
  if (isMachineDid(did)) return did;
  if (/^0x[0-9a-f]{40}$/i.test(did)) return `did:peaq:${did}`;
  return id ? didOfId(id) : undefined;
}

/**
 * Labels of a CSV with a heading line: { labels: Map of DID to label, problems: ["Line 3: ..."] }. A machine is named by
 * the column did, or by machine_id where `didOfId(id)` knows it. Throws Error for a file without such a column.
 */
export function labelsFromCsv(text, didOfId = () => undefined) {
  const [first = [], ...rows] = parseCsv(text);
  const columns = first.map((heading) =>
    Object.keys(headings).find((name) => headings[name].includes(heading.toLowerCase())),
  );
  if (!columns.includes('did') && !columns.includes('id'))
    throw new Error('The first line must name the columns: did or machine_id, then alias, place, tags, note');
  const labels = new Map();
  const problems = [];
  rows.forEach((row, at) => {
    const given = Object.fromEntries(columns.map((name, column) => [name, row[column] ?? '']).filter(([name]) => name));
    const did = didOf(given.did ?? '', given.id, didOfId);
    const label = cleanLabel(given);
    if (!did) problems.push(`Line ${at + 2}: no known machine "${given.did || given.id || ''}"`);
    else if (!label) problems.push(`Line ${at + 2}: nothing to set`);
    else labels.set(did, label);
  });
  return { labels, problems };
}
