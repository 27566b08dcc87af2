// Runs command lines in this process for tools and resources. What a command prints is kept. It can ask nobody, or only
// for a yes or a no.
// SPDX-License-Identifier: Apache-2.0
import { runModule } from '../../../wasm/client.mjs';
import { parse } from '../../../wasm/json.mjs';
import { refusal } from './failure.mjs';
import { withPinned } from './files.mjs';

const LARGEST_OUTPUT = 16 << 20; // bytes
const MOST_NOTICES = 100;

// Standard output as it was printed, and standard error line by line.
function createStreams(onLine) {
  const parts = [];
  let length = 0;
  let line = '';
  const notices = [];
  const decoder = new TextDecoder();

  function say(bytes) {
    const lines = (line + decoder.decode(bytes, { stream: true })).split('\n');
    line = lines.pop();
    for (const each of lines.filter((text) => text.trim())) {
      if (notices.push(each.trim()) > MOST_NOTICES) notices.shift();
      onLine(each.trim());
    }
  }
  function keep(bytes) {
    length += bytes.length;
    if (length > LARGEST_OUTPUT) throw Object.assign(new Error('full'), { failure: 'full' });
    parts.push(Buffer.from(bytes));
  }
  return {
    notices,
    /** What stands on standard error without a line end: a question. */
    takeQuestion() {
      const question = line;
      line = '';
      return question;
    },
    text: () => Buffer.concat(parts).toString(),
    write: Object.assign((stream, bytes) => (stream === 'out' ? keep(bytes) : say(bytes)), { takesBytes: true }),
  };
}

// Standard input carries the protocol, so nobody types. `confirm`, where there is one, puts the core's yes-or-no questions
// to a person (docs/commands.md#input-and-output says how they end); a secret is never asked for in this way.
function terminalOf(streams, confirm) {
  const yesOrNo = / \[y\/N\]: $/;
  async function readLine() {
    const question = streams.takeQuestion();
    if (!confirm || !yesOrNo.test(question)) return null;
    return (await confirm(question.replace(yesOrNo, '').trim())) ? 'y' : 'n';
  }
  return {
    interactive: () => confirm !== undefined,
    columns: () => null,
    readLine,
    readKey: () => null,
    hideTyping: () => {},
    readInput: () => new Uint8Array(0),
    write: streams.write,
    console: undefined,
    agents: undefined,
  };
}

/** `load` resolves to the module. */
export function createRunner(load, host) {
  const running = new Map(); // promises of runs, and what ends them

  async function start(words, { signal, pinned, onLine, confirm }) {
    const streams = createStreams(onLine);
    const lent = { ...withPinned(host, pinned), ...terminalOf(streams, confirm) };
    const code = await runModule(await load(), words, lent, { signal });
    return { code, text: streams.text(), notices: streams.notices };
  }

  /** Runs a command line: {code, text, notices}. */
  async function run(words, { signal, pinned = [], onLine = () => {}, confirm } = {}) {
    const ended = new AbortController();
    const either = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    const outcome = start(words, { signal: either, pinned, onLine, confirm });
    running.set(outcome, ended);
    try {
      return await outcome;
    } finally {
      running.delete(outcome);
    }
  }

  return {
    run,
    /** Interrupts what runs, and waits until it has ended. */
    async stop() {
      for (const ended of running.values()) ended.abort();
      await Promise.allSettled(running.keys());
    },
  };
}

/** What a command printed with --json, as one value or, with `lines`, as a list of them: {exit_code, result or error}. */
export function outcomeOf({ code, text }, lines = false) {
  let values;
  try {
    values = lines ? valuesOf(text) : [parse(text)];
  } catch {
    if (code !== 0) throw refusal('NO_RESULT', `the command ended with ${code} and printed no result`, '', 'network');
    throw refusal('BAD_RESULT', 'the command printed no JSON', '', 'network');
  }
  const [first] = values;
  if (code !== 0 && values.length === 1 && first?.error && Object.keys(first).length === 1)
    return { exit_code: code, error: first.error };
  return { exit_code: code, result: lines ? values : values[0] };
}

// A text for each line, or one text over several lines.
function valuesOf(text) {
  try {
    return text.trim() ? [parse(text)] : [];
  } catch {
    return text.trim().split('\n').map(parse);
  }
}
