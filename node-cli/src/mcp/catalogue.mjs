// The tools, made from the table of commands (core/cli/operations.hpp): a command that an agent may use is one, and
// confirm_plan carries out what those that write have planned. What an agent must not name is not among their members.
// SPDX-License-Identifier: Apache-2.0

const MOST_CHARACTERS = 4096;
const MOST_ITEMS = 1000;
// The server itself says how a command runs.
const ofTheServer = new Set(['yes', 'plan']);
// The one secret that a person can grant (`peaqos mcp --pairing-token-file`).
const GRANTED = 'pairing_token_file';

const isText = ({ type, enum: words }) => type === 'string' && !words;

function limited(member) {
  if (isText(member)) return { ...member, maxLength: MOST_CHARACTERS };
  if (!member.anyOf) return member;
  return { ...member, anyOf: member.anyOf.map((kind) => (isText(kind) ? { ...kind, maxLength: 100 } : kind)) };
}

// A member as clients see it: without the table's own keywords, and with limits.
function shown(described) {
  const { 'x-unit': unit, 'x-file': file } = described;
  const rest = Object.fromEntries(Object.entries(described).filter(([keyword]) => !keyword.startsWith('x-')));
  const notes = [unit && `in ${unit}`, file && "a path below the server's folder"].filter(Boolean).join('; ');
  const member = notes ? { ...rest, description: `${rest.description} (${notes})` } : rest;
  if (member.type !== 'array') return limited(member);
  return { ...member, maxItems: MOST_ITEMS, items: limited(member.items) };
}

const isOffered = (name, { 'x-secret': secret, 'x-file': file }) =>
  !secret && (file === undefined || file === 'read') && !ofTheServer.has(name);

/** Members of a command that its tool has; one that needs another which it has not goes too. */
function offered({ properties, dependencies = {} }) {
  const names = Object.keys(properties).filter((name) => isOffered(name, properties[name]));
  return names.filter((name) => (dependencies[name] ?? []).every((needed) => names.includes(needed)));
}

function inputOf(input, names) {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, shown(input.properties[name])])),
    required: input.required.filter((name) => names.includes(name)),
    additionalProperties: false,
  };
}

// A whole number that a JSON reader would cut is given as its digits (wasm/json.mjs).
function exact(schema) {
  if (Array.isArray(schema)) return schema.map(exact);
  if (schema === null || typeof schema !== 'object') return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, exact(member)]));
  return members.type === 'integer' && members.maximum === undefined
    ? { ...members, type: ['integer', 'string'] }
    : members;
}

const exitCode = { type: 'integer', description: '0 when it was done; the exit code of the command otherwise' };
const text = { type: 'string' };

const outputOf = (properties) => ({
  type: 'object',
  properties: { exit_code: exitCode, ...properties },
  required: ['exit_code'],
  additionalProperties: false,
});

const resultOf = ({ result, lines }) => exact(lines ? { type: 'array', items: result } : result);

const planned = {
  plan_id: text,
  expires_at: text,
  plan: {
    type: 'object',
    properties: {
      command: text,
      chain_id: { type: ['integer', 'string', 'null'] },
      signer: { type: ['string', 'null'] },
      reads: { type: 'array' },
      transactions: { type: 'array' },
      actions: { type: 'array' },
      sums: { type: 'object' },
    },
    required: ['command', 'chain_id', 'signer', 'reads', 'transactions', 'sums'],
  },
  files: {
    type: 'array',
    items: { type: 'object', properties: { path: text, sha256: text }, required: ['path', 'sha256'] },
  },
};

const hints = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  // Planning changes nothing by itself, but it leads to a change: clients that let read-only tools pass should not.
  writes: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  pays: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
};

const planNote = 'Plans only: nothing is sent before confirm_plan gets the plan_id that this returns. ';

function toolOf(operation, error) {
  const { command, summary, details, effect, input } = operation;
  const name = command.replaceAll(' ', '_');
  const names = offered(input);
  const plans = effect !== 'reads';
  return {
    operation,
    plans,
    members: new Map(names.map((member) => [member, input.properties[member]])),
    definition: {
      name,
      title: summary,
      description: `${plans ? planNote : ''}${summary}. ${details}`,
      inputSchema: inputOf(input, names),
      outputSchema: outputOf(plans ? { ...planned, error } : { result: resultOf(operation), error }),
      annotations: { title: summary, ...hints[effect] },
    },
  };
}

const isForAgents = ({ personal, effect, result, input }, granted) =>
  !personal &&
  effect in hints &&
  result !== null &&
  // Money that no plan shows beforehand is for a person.
  (effect !== 'pays' || 'plan' in input.properties) &&
  input.required.every((name) => granted.has(name) || isOffered(name, input.properties[name]));

export const CONFIRM = 'confirm_plan';

function confirmation(error) {
  const summary = 'Carry out a plan';
  return {
    definition: {
      name: CONFIRM,
      title: summary,
      description:
        'Carries out a plan, unchanged and once, within its lifetime of ten minutes. A person is asked first where the ' +
        'client can ask. Nothing is spent without a policy (PEAQOS_POLICY), or when the same command would now do ' +
        'something else than was planned: plan again then.',
      inputSchema: {
        type: 'object',
        properties: { plan_id: { type: 'string', description: 'From the tool that planned', maxLength: 100 } },
        required: ['plan_id'],
        additionalProperties: false,
      },
      outputSchema: outputOf({ command: text, result: {}, error }),
      annotations: { title: summary, ...hints.pays },
    },
    members: new Map([['plan_id', { type: 'string' }]]),
  };
}

/** All tools by their names: {definition, members, operation, plans}. `grant` is {pairing_token_file}. */
export function catalogueOf(table, grant = {}) {
  const granted = new Set(grant[GRANTED] ? [GRANTED] : []);
  const error = table.error.properties.error;
  const tools = table.commands.filter((each) => isForAgents(each, granted)).map((each) => toolOf(each, error));
  return new Map([...tools, confirmation(error)].map((tool) => [tool.definition.name, tool]));
}
