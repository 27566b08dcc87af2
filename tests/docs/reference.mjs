// docs/reference.md, from what the command says of itself: `node tests/docs/reference.mjs` writes it once the command is
// built.
// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '../support/commands.mjs';

export const page = fileURLToPath(new URL('../../docs/reference.md', import.meta.url));

async function told(...words) {
  const { code, stdout, stderr } = await run('peaqos', words);
  if (code !== 0) throw new Error(`peaqos ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** The help of the root, of each group and of each command, in the order of the table: [path, text]. */
async function helpBelow(path = []) {
  const text = await told(...path, '--help');
  const below = /\nCommands:\n((?: .*\n)+)/.exec(text)?.[1] ?? '';
  const pages = [[path, text]];
  for (const [, name] of below.matchAll(/^ {2}(\S+)/gm)) pages.push(...(await helpBelow([...path, name])));
  return pages;
}

const isNull = ({ type }) => type === 'null';

function words({ type, enum: values, minimum, maximum }) {
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  const least = minimum > 0 ? `, ${minimum} or more` : '';
  return `${type ?? 'anything'}${least}${maximum === undefined ? '' : `, at most ${maximum}`}`;
}

/** A schema as a sketch: members with their types; `?` behind a member that may be missing. */
function sketch(schema, indent = '') {
  if (schema.anyOf) {
    const kinds = schema.anyOf.filter((kind) => !isNull(kind)).map((kind) => sketch(kind, indent));
    return [...kinds, ...(schema.anyOf.some(isNull) ? ['null'] : [])].join(' | ');
  }
  if (schema.type === 'array') return `[${schema.items ? sketch(schema.items, indent) : ''}]`;
  if (!schema.properties) return words(schema);
  const members = Object.entries(schema.properties).map(([name, member]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return `${indent}  ${name}${optional}: ${sketch(member, `${indent}  `)}\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

const block = (text) => `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;

export async function reference() {
  const [[, root], ...pages] = await helpBelow();
  let text = `# Reference

Generated from the table of commands by \`node tests/docs/reference.mjs\`; change \`core/cli/commands\` instead. What all commands
share is in [commands.md](commands.md).

## peaqos

${block(root)}
## An error with --json

`;
  let error;
  let body = '';
  for (const [path, help] of pages) {
    body += `\n## peaqos ${path.join(' ')}\n\n${block(help)}`;
    if (!/^ +--json /m.test(help)) continue;
    const { definitions } = JSON.parse(await told('--json-schema', ...path));
    error ??= definitions.error;
    body += `\nWith \`--json\`:\n\n${block(sketch(definitions.result))}`;
  }
  text += block(sketch(error));
  return text + body;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await reference());
