// What differs between two observations, as short lines: "exit: 2 -> 1" reads "the reference 2, ours 1".
// SPDX-License-Identifier: Apache-2.0

export function differences(reference, ours, { help = false } = {}) {
  const found = [];
  if (reference.exit !== ours.exit) found.push(`exit: ${reference.exit} -> ${ours.exit}`);
  const kinds = (errors) => errors.join(' + ') || 'none';
  if (kinds(reference.errors) !== kinds(ours.errors))
    found.push(`error: ${kinds(reference.errors)} -> ${kinds(ours.errors)}`);
  if (reference.warnings !== ours.warnings) found.push(`warnings: ${reference.warnings} -> ${ours.warnings}`);
  found.push(...(help ? helpDifferences(reference.stdout, ours.stdout) : outputs(reference.stdout, ours.stdout)));
  found.push(...progressDifferences(reference.progress, ours.progress));
  found.push(...requestDifferences(reference.requests, ours.requests));
  found.push(...transactionDifferences(reference.transactions, ours.transactions));
  found.push(...stateDifferences(reference.state ?? {}, ours.state ?? {}));
  found.push(...fileDifferences(reference.files, ours.files));
  found.push(...vaultDifferences(reference.vault, ours.vault));
  found.push(...logDifferences(reference.log, ours.log));
  return [...new Set(found)];
}

// Where one command says nothing at all, the lines of the other are no news one by one.
const presence = (what, before, after) => {
  if (before.length > 0 === after.length > 0) return undefined;
  return [`${what}: ${before.length ? 'given -> none' : 'none -> given'}`];
};

// The same where one goes on after the other's end.
const continuation = (what, before, after) => {
  const starts = (long, short) => long.length > short.length && short.every((line, index) => line === long[index]);
  if (starts(after, before)) return [`${what}: goes on`];
  return starts(before, after) ? [`${what}: ends earlier`] : undefined;
};

function progressDifferences(before, after) {
  const whole = presence('progress', before, after);
  if (whole) return whole;
  const bare = before.map((line) => line.replace('(tx <tx>)', '(tx 0x<tx>)'));
  const found = bare.join() === before.join() ? [] : ['progress: tx <tx> -> 0x<tx>'];
  return [...found, ...(continuation('progress', bare, after) ?? lists('progress', bare, after))];
}

function requestDifferences(before, after) {
  const found = [];
  const what = (request) => request.what;
  for (const { gone, come, same } of edits(before.map(what), after.map(what))) {
    if (gone !== undefined) found.push(`request -${what(before[gone])}`);
    else if (come !== undefined) found.push(`request +${what(after[come])}`);
    else {
      const [old, now] = [before[same[0]], after[same[1]]];
      found.push(...members(`request ${what(old)}`, old.members, now.members));
    }
  }
  return found;
}

function transactionDifferences(before, after) {
  const found = [];
  for (const { gone, come, same } of edits(before.map(purpose), after.map(purpose))) {
    if (gone !== undefined) found.push(`transaction -${purpose(before[gone])}`);
    else if (come !== undefined) found.push(`transaction +${purpose(after[come])}`);
    else if (before[same[0]] !== after[same[1]]) found.push(`transaction ${before[same[0]]} -> ${after[same[1]]}`);
  }
  return found;
}

// A transaction without its arguments; a batch tells its calls.
function purpose(transaction) {
  const inner = [...transaction.matchAll(/Did\.(\w+)\(\w+, "(\w+)"/g)].map((match) => `${match[1]} ${match[2]}`);
  return transaction.replace(/\(.*/s, inner.length ? `: ${inner.join(', ')}` : '');
}

// Attributes that only one of them has are named together, by account.
function stateDifferences(before, after) {
  const found = members('state', before, after);
  const groups = new Map();
  const rest = found.filter((line) => {
    const [, sign, name, attribute] = /^state ([+-])(\w+) DID (\w+)$/.exec(line) ?? [];
    if (!attribute) return true;
    const group = `state ${sign}${name} DID`;
    groups.set(group, [...(groups.get(group) ?? []), attribute]);
    return false;
  });
  return [...rest, ...[...groups].map(([group, names]) => `${group}: ${names.join(', ')}`)];
}

/** What to do to a list to get the other: ["-gone", "+come"], in order, by their longest common part. */
function edits(before, after) {
  const size = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; --i)
    for (let j = after.length - 1; j >= 0; --j)
      size[i][j] = before[i] === after[j] ? size[i + 1][j + 1] + 1 : Math.max(size[i + 1][j], size[i][j + 1]);
  const made = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) made.push({ same: [i++, j++] });
    else if (j >= after.length || (i < before.length && size[i + 1][j] >= size[i][j + 1])) made.push({ gone: i++ });
    else made.push({ come: j++ });
  }
  return made;
}

const lists = (what, before, after) =>
  edits(before, after)
    .filter(({ same }) => !same)
    .map(({ gone, come }) => (gone === undefined ? `${what} +${after[come]}` : `${what} -${before[gone]}`));

function members(what, before, after) {
  const found = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!(key in after)) found.push(`${what} -${key}`);
    else if (!(key in before)) found.push(`${what} +${key}`);
    else if (JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      found.push(`${what} ${key}: ${brief(before[key])} -> ${brief(after[key])}`);
  }
  return found;
}

const brief = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function outputs(before, after) {
  if (before === after) return [];
  const answer = withoutPrompts(before);
  if (answer !== before) return ['stdout: prompts -> none', ...outputs(answer, after)];
  const whole = presence('stdout', before.trim(), after.trim());
  if (whole) return whole;
  const [first, second] = [parsed(before), parsed(after)];
  if (first && second) {
    const found = jsonDifferences('', first, second);
    const reordered = found.every((difference) => difference.startsWith('JSON order'));
    return reordered && lineSet(before) !== lineSet(after) ? [...found, 'JSON: other spelling'] : found;
  }
  const [old, now] = [before, after].map((text) => text.trim().split('\n').map(label));
  return continuation('stdout', old, now) ?? blocks(lists('stdout', old, now));
}

// A block of lines that only one of them prints is named by its first line.
function blocks(differences) {
  const made = [];
  const sign = (difference) => difference.slice(0, 'stdout +'.length);
  for (let from = 0, to; from < differences.length; from = to) {
    to = from + 1;
    while (to < differences.length && sign(differences[to]) === sign(differences[from])) ++to;
    if (to - from < 5) made.push(...differences.slice(from, to));
    else made.push(`${differences[from]} (and ${to - from - 1} lines more)`);
  }
  return made;
}

// Questions stand before the answer, on its first line: they end in a colon, and the answer is indented or a line of
// its own. A question asked again stands on a second one.
function withoutPrompts(text) {
  const rest = text
    .replace(/^\S[^\n]*?\? \[y\/N\]: |^> /, '')
    .replace(/^\S[^\n]*?[:\]] (?=\n|$| {2})/, '')
    .replace(/^(\S[^\n]*: )?Error: [^\n]*\n/, '');
  return rest === text ? text : withoutPrompts(rest.replace(/^\n(?=\S)/, ''));
}

// Where only the order differs, the same lines must be there: this tells spelling (escapes, digits, indentation).
const lineSet = (text) =>
  text
    .split('\n')
    .map((line) => line.replace(/,$/, ''))
    .sort()
    .join('\n');

// Prose is free, so a long line is named by its beginning.
const label = (line) => (line.length > 60 ? `${line.slice(0, 48)}...` : line);

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function jsonDifferences(path, before, after) {
  const isObject = (value) => value && typeof value === 'object';
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [`JSON ${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`];
  const found = [];
  const [old, now] = [Object.keys(before), Object.keys(after)];
  const at = (key) => (path ? `${path}.${key}` : key);
  for (const key of old) {
    if (!now.includes(key)) found.push(`JSON -${at(key)}`);
    else found.push(...jsonDifferences(at(key), before[key], after[key]));
  }
  for (const key of now) if (!old.includes(key)) found.push(`JSON +${at(key)}`);
  const common = (keys, others) => keys.filter((key) => others.includes(key)).join();
  if (common(old, now) !== common(now, old)) found.push(`JSON order${path ? ` of ${path}` : ''}`);
  return found;
}

// Help is prose: what counts are the options and the commands that it names.
function helpDifferences(before, after) {
  const names = (text) => {
    const options = [...text.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map((match) => match[1]);
    const shorts = [...text.matchAll(/^ +(-\w), /gm)].map((match) => match[1]);
    const commands = /^Commands:\n((?: .*\n)+)/m.exec(text)?.[1].matchAll(/^ {2}(\w+)/gm) ?? [];
    return [...new Set([...options, ...shorts, ...[...commands].map((match) => match[1])])].sort();
  };
  return presence('stdout', before, after) ?? lists('help', names(before), names(after));
}

function fileDifferences(before, after) {
  const found = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!(name in after)) found.push(`file -${name}`);
    else if (!(name in before)) found.push(`file +${name}`);
    else {
      if (before[name].mode !== after[name].mode)
        found.push(`file ${name} mode: ${before[name].mode} -> ${after[name].mode}`);
      if (before[name].text !== after[name].text) found.push(...contents(name, before[name].text, after[name].text));
    }
  }
  return found;
}

// Folders and files by their modes, wallets by their members.
function vaultDifferences(before, after) {
  const whole = presence('vault', Object.keys(before), Object.keys(after));
  if (whole) return whole;
  const found = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!(name in after)) found.push(`vault -${name}`);
    else if (!(name in before)) found.push(`vault +${name}`);
    else found.push(...members(`vault ${name}`, before[name], after[name]));
  }
  return found;
}

// Settings are compared by name, and their order; comments are prose.
function contents(name, before, after) {
  if (name !== '.env') return [`file ${name}: other contents`];
  const settings = (text) => Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map((match) => match.slice(1)));
  const [old, now] = [settings(before), settings(after)];
  const found = [];
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const say = (value) => (value === undefined ? 'absent' : value === '' ? 'empty' : value.slice(0, 24));
    if (old[key] !== now[key]) found.push(`.env ${key}: ${say(old[key])} -> ${say(now[key])}`);
  }
  if (Object.keys(old).join() !== Object.keys(now).join()) found.push('.env: other order');
  return found;
}

const title = ({ row }) => (row ? `${row.step} ${row.status}` : 'not JSON');

function logDifferences(before, after) {
  const found = [];
  for (const { gone, come, same } of edits(before.map(title), after.map(title))) {
    if (gone !== undefined) found.push(`log -${title(before[gone])}`);
    else if (come !== undefined) found.push(`log +${title(after[come])}`);
    else if (before[same[0]].row)
      found.push(...members(`log ${title(before[same[0]])}`, before[same[0]].row, after[same[1]].row));
  }
  const [old, now] = [format(before), format(after)];
  if (old && now && old !== now) found.push(`log format: ${old} -> ${now}`);
  return found;
}

function format(rows) {
  const made = rows.filter(({ row }) => row?.ts);
  if (made.length === 0) return '';
  const ordered = made.every(({ row }) => Object.keys(row).join() === Object.keys(row).sort().join());
  const compact = made.every(({ line }) => !/": |, "/.test(line));
  return `${compact ? 'compact' : 'spaced'} ${ordered ? 'sorted' : 'unsorted'}`;
}
