// Requests of commands about machines of generation 2, beyond those that look for a receipt. The reference's number was
// counted at the port of its version 0.1.1, which knows no devnet.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newOperator2 } from '../support/machines2.mjs';
import { startMeddler, withoutPolls } from '../support/meddler.mjs';
import { spawnTimed } from './spawn_timed.mjs';

const MACHINES = 1000;

/** `program` is the command; `row` as in bench.mjs. */
export async function measureSecondGeneration(world, program, row) {
  const operator = await newOperator2(world, { balance: 10_000n * 10n ** 18n });
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-bench-'));
  const counted = async (...words) => {
    const node = await startMeddler(world.rpcUrl);
    const api = await startMeddler(operator.env.PEAQOS_MCR_API_URL);
    const env = { ...operator.env, PEAQOS_RPC_URL: node.url, PEAQOS_MCR_API_URL: api.url };
    try {
      const outcome = await spawnTimed([...program, ...words], { cwd, env });
      if (outcome.code !== 0) throw new Error(`${words[0]} ended with ${outcome.code}: ${outcome.stderr}`);
      return withoutPolls(node.requests).length + api.requests.length;
    } finally {
      await Promise.all([node.stop(), api.stop()]);
    }
  };
  const measure = async (what, most, peer, ...words) => {
    const count = await counted(...words);
    row(`requests beyond receipt polls: ${what}`, `${count}${peer ? `, reference ${peer}` : ''}`, {
      bar: `<= ${most}`,
      holds: count <= most,
    });
  };
  const subject = `0x${randomBytes(32).toString('hex')}`;
  const activation = ['activate', '--machine-type', 'Sensor', '--credential-subject-hex', subject];
  const unasked = ['--skip-funding', '--yes', '--json'];
  try {
    await measure('activation of generation 2', 8, 71, ...activation, ...unasked);
    await measure('its rerun', 3, undefined, ...activation, ...unasked);
    await world.control.generation2.addMachines(operator.address, MACHINES);
    await measure('status of 1,000 machines', 25, undefined, 'machine', 'status', 'all', '--json');
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
