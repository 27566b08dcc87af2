// A machine of the second generation: one transaction makes it, a subscription keeps it, and its controller looks after it.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';

// The settings of the demo name contracts of generation 1.
const second = { PEAQOS_DEPLOYMENT_ID: 'devnet' };

/** Plays it for the operator that .env names. */
export async function liveOnSecond(run) {
  const subject = `0x${randomBytes(32).toString('hex')}`; // the public key of a device
  const activation = `activate --machine-type Charger --credential-subject-hex ${subject} --tier entry --skip-funding`;
  await run('whoami', second);
  await run(`${activation} --dry-run`, second);
  const { stdout } = await run(`${activation} --yes`, second);
  const [, id] = /Machine ID:\s+(\d+)/.exec(stdout);
  await run(`machine status ${id}`, second);
  const now = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '');
  await run(`qualify event --machine-id ${id} --ts ${now} --type revenue --value 1250 --currency EUR`, second);
  await run(`qualify mcr did:peaq:${id}`, second);
  await run(`machine suspend ${id} -y`, second);
  await run(`machine resume ${id} -y`, second);
  await run('machine calendar', second);
  await run('machine renew --all --before 400d -y', second);
}
