// Operators whose own machine is active.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, scratch } from './commands.mjs';
import { activate, machineIdOf, newOperator } from './world.mjs';

/** A new operator and its machine, as newOperator() gives it, with the machine's `id` and the folder `cwd` of its log. */
export async function operatorWithMachine(world, context, command = 'peaqos') {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const activated = await run(command, activate, { env: operator.env, cwd });
  assert.equal(activated.code, 0, activated.stderr);
  return { ...operator, id: machineIdOf(activated), cwd };
}
