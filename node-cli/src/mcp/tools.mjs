// Calls of tools: reads are run, writes are planned, and confirm_plan carries a plan out.
// SPDX-License-Identifier: Apache-2.0
import { CONFIRM } from './catalogue.mjs';
import { ask, canAsk, consentText } from './consent.mjs';
import { refusal } from './failure.mjs';
import { pin, refuseFilesInEvents } from './files.mjs';
import { checkInput, lineOf, partsOf } from './input.mjs';
import { checkUnchanged } from './plans.mjs';
import { outcomeOf } from './runner.mjs';
import { visibleText } from './visible.mjs';

// One after the other: what is spent by one shows in the plan of the next.
function createQueue() {
  let last = Promise.resolve();
  return (task) => {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  };
}

const declined = () => refusal('DECLINED', 'the person declined: nothing was sent', 'Do not ask again unless told to');

/** `secretFiles` are by member names. */
export function createTools({ server, runner, plans, folder, secretFiles }) {
  const inTurn = createQueue();

  // Files that an agent names, read once.
  function pinnedOf({ operation, members }, input) {
    const named = [...members].filter(([name, { 'x-file': file }]) => file && name in input);
    const pinned = named.map(([name]) => pin(folder, input[name], Object.values(secretFiles)));
    if (operation.command === 'qualify events') pinned.forEach(refuseFilesInEvents);
    return pinned;
  }

  // Options that the server adds for a command: what a person has granted.
  const grantedOf = ({ input }) =>
    Object.entries(secretFiles)
      .filter(([name]) => name in input.properties)
      .map(([name, path]) => `--${input.properties[name]['x-flag']}=${path}`);

  async function planOf({ operation, parts }, options) {
    const { properties } = operation.input;
    // A command that plans nothing by itself sends requests only, and no transaction.
    if (!properties.plan) {
      const actions = [{ name: operation.command, facts: {} }];
      return {
        plan: {
          command: operation.command,
          chain_id: null,
          signer: null,
          reads: [],
          transactions: [],
          actions,
          sums: {},
        },
      };
    }
    const ran = await runner.run(lineOf(parts, ['--plan', ...grantedOf(operation)]), options);
    const { exit_code: code, result, error } = outcomeOf(ran);
    return { plan: result?.plan, failed: error && { exit_code: code, error }, notices: ran.notices };
  }

  async function read(tool, input, options) {
    const parts = partsOf(tool, input);
    const pinned = pinnedOf(tool, input);
    const ran = await runner.run(lineOf(parts, grantedOf(tool.operation)), { ...options, pinned });
    return { structured: outcomeOf(ran, tool.operation.lines), notices: ran.notices };
  }

  async function plan(tool, input, options) {
    const { operation } = tool;
    const parts = partsOf(tool, input);
    const pinned = pinnedOf(tool, input);
    const { plan: made, failed, notices = [] } = await planOf({ operation, parts }, { ...options, pinned });
    if (failed) return { structured: failed, notices };
    checkBounded(made);
    const { id, expires } = plans.keep({ operation, parts, pinned, plan: made, line: lineOf(parts) });
    const structured = {
      exit_code: 0,
      plan_id: id,
      expires_at: new Date(expires).toISOString(),
      plan: made,
      files: pinned.map(({ path, sha256 }) => ({ path, sha256 })),
    };
    return { structured, notices };
  }

  // The terms of an order come with the order: a person cannot agree to a sum that nobody knows.
  function checkBounded({ actions = [] }) {
    if (!actions.some(({ name, facts }) => name === 'pay_order' && !facts.terms && !facts.budget)) return;
    throw refusal(
      'NO_BUDGET',
      'what the order costs is known only once it is placed',
      'Give budget_amount and budget_currency: nothing above them is paid',
    );
  }

  // The core says which policy holds: it knows `.env` as well as the environment.
  async function checkPolicy({ signal }) {
    const { result, error } = outcomeOf(await runner.run(['policy', 'show', '--json'], { signal }));
    if (result?.file) return;
    const why = error ? `the policy cannot be used (${visibleText(error.message)})` : 'there is no policy';
    throw refusal(
      'NO_POLICY',
      `${why}, so this server reads and plans only`,
      'The person who starts peaqos mcp sets PEAQOS_POLICY to a policy file; see docs/mcp.md',
      'configuration',
    );
  }

  // The bytes that are sent are those of the plan; a file that has others by now would make that a surprise.
  function checkFiles({ pinned }) {
    for (const { path, sha256 } of pinned) {
      if (pin(folder, path, Object.values(secretFiles)).sha256 !== sha256)
        throw refusal(
          'PLAN_CHANGED',
          `file '${path}' is another than was planned`,
          'Call the tool again for a new plan',
        );
    }
  }

  async function execute(entry, options) {
    const { operation, parts, pinned } = entry;
    checkFiles(entry);
    const fresh = await planOf(entry, { ...options, pinned });
    if (fresh.failed) return { structured: fresh.failed, notices: fresh.notices };
    checkUnchanged(entry.plan, fresh.plan);
    plans.checkAge(entry);
    const unasked = operation.input.properties.yes ? ['--yes'] : [];
    const ran = await runner.run(lineOf(parts, [...unasked, ...grantedOf(operation)]), { ...options, pinned });
    return { structured: { command: operation.command, ...outcomeOf(ran, operation.lines) }, notices: ran.notices };
  }

  async function confirm({ plan_id: id }, options) {
    await checkPolicy(options); // before the plan is used up
    const entry = plans.take(id);
    const asked = { signal: options.signal, timeout: Math.max(1, entry.expires - Date.now()) };
    const confirm = canAsk(server) ? (text) => ask(server, text, asked) : undefined;
    if (confirm && !(await confirm(consentText(entry)))) throw declined();
    plans.checkAge(entry);
    return inTurn(() => {
      options.signal?.throwIfAborted();
      return execute(entry, { ...options, confirm: confirm && ((question) => confirm(visibleText(question))) });
    });
  }

  /** Answers a call: {structured, notices}; throws refusals. `options` are {signal, onLine}. */
  return (tool, input, options) => {
    checkInput(input, tool.definition.inputSchema);
    if (tool.definition.name === CONFIRM) return confirm(input, options);
    return tool.plans ? plan(tool, input, options) : read(tool, input, options);
  };
}
