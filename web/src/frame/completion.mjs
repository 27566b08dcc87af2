// Completion of command lines, from what the command's own help says.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';

const known = new Map();

// Names that the help of a command path lists: subcommands and long options.
async function namesAt(path) {
  const key = path.join(' ');
  if (!known.has(key)) {
    let help = '';
    await session.run([...path, '--help'], { text: ({ stream, text }) => stream === 'out' && (help += text) });
    const options = [...help.matchAll(/^\s+(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name);
    const commands = [...(/^Commands:\n((?: .*\n)+)/m.exec(help)?.[1] ?? '').matchAll(/^ {2}(\S+)/gm)];
    known.set(key, { options, commands: commands.map(([, name]) => name) });
  }
  return known.get(key);
}

const commonStart = ([first = '', ...others]) => {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
};

/** {value: the line, as far as it is clear, choices: what it could become}. */
export async function completionsOf(line) {
  const words = line.split(/\s+/);
  const last = words.pop();
  const path = [];
  for (const word of words.filter(Boolean)) {
    if (!(await namesAt(path)).commands.includes(word)) break;
    path.push(word);
  }
  const { commands, options } = await namesAt(path);
  const choices = (last.startsWith('-') ? options : commands).filter((name) => name.startsWith(last));
  const common = commonStart(choices);
  const completed = choices.length === 1 ? `${common} ` : common || last;
  return { value: line.slice(0, line.length - last.length) + completed, choices };
}
