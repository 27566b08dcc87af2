// What the word at the end of a command line may become. It is read from the command's own help, so that it knows what
// the command knows.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';

const optionLine = /^\s{2,6}(?:-\w, )?\s*--([\w-]+)(?: (\S+))?/;
const commandLine = /^ {2}([\w-]+)/;

/** The names in a help text: {commands: [name], options: [{name, value}]}; `value` is a placeholder or choices. */
export function readHelp(text) {
  const found = { commands: [], options: [] };
  let section;
  for (const line of text.split('\n')) {
    if (/^\S.*:$/.test(line)) section = line;
    const command = section === 'Commands:' && commandLine.exec(line);
    const option = section === 'Options:' && optionLine.exec(line);
    if (command) found.commands.push(command[1]);
    if (option) found.options.push({ name: `--${option[1]}`, value: option[2] });
  }
  return found;
}

const known = new Map();

function helpOf(path) {
  const name = path.join(' ');
  if (!known.has(name)) known.set(name, ask(path));
  return known.get(name);
}

async function ask(path) {
  let text = '';
  await session.run([...path, '--help'], { text: (part) => (text += part.stream === 'out' ? part.text : '') });
  return readHelp(text);
}

// Follows the words into the groups and commands that they name; says what the help there lists, and which option is
// still without its value.
async function follow(words) {
  const path = [];
  let help = await helpOf(path);
  let open;
  for (const word of words) {
    const option = help.options.find(({ name }) => name === word);
    if (open) open = undefined;
    else if (option) open = option.value && option;
    else if (help.commands.includes(word)) {
      path.push(word);
      help = await helpOf([...path]);
    }
  }
  return { help, open };
}

/** Candidates for the line's last word: {head, words}; `head` is what stands before it. */
export async function complete(line) {
  const [, head, last] = /^(.*\s|)(\S*)$/s.exec(line);
  if (/['"\\]/.test(line)) return { head, words: [] };
  const before = head.split(/\s+/).filter(Boolean);
  if (before[0] === 'peaqos') before.shift();
  const { help, open } = await follow(before);
  const choices = open
    ? open.value.includes('|')
      ? open.value.split('|')
      : []
    : last.startsWith('-')
      ? help.options.map(({ name }) => name)
      : help.commands;
  return { head, words: choices.filter((word) => word.startsWith(last) && word !== last) };
}

/** What all words begin with. */
export const commonStart = (words) =>
  words.reduce((start, word) => {
    let length = 0;
    while (length < start.length && start[length] === word[length]) length++;
    return start.slice(0, length);
  });
