// The commands a person types: `npm run <task>` calls this with the task's name, straight after a clone.
// SPDX-License-Identifier: Apache-2.0
import { fail } from './steps/shell.mjs';
import { endWithSignals, signalled } from './steps/signals.mjs';

const tasks = ['build', 'test', 'demo', 'devnet', 'bench', 'fuzz', 'conformance', 'pictures', 'pack', 'size', 'format', 'lint'];
const [name, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node.js >= 20 is needed, and this is ${process.version}`);
if (!tasks.includes(name)) fail(`'${name ?? ''}' is no task. Tasks: ${tasks.join(', ')}`);

const { default: run } = await import(`./tasks/${name}.mjs`);
endWithSignals();
try {
  process.exitCode = (await run(args)) ?? 0;
} catch (error) {
  await signalled(); // what fails then was made to end
  if (!error.command) throw error;
  fail(error.message);
}
