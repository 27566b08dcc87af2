// The Machine Market in the bench: requests and time of each command beside the reference, and a long list's memory.
// SPDX-License-Identifier: Apache-2.0
import { marketEnv, newBuyer } from '../support/market.mjs';
import { newOperator } from '../support/world.mjs';
import { spawnTimed } from './spawn_timed.mjs';

// Commands of a buyer, and how many requests beyond the reference's each may take: a search is read back (decision 23).
const commandsOf = ({ machine, words }) => [
  ['machine list', ['scale', 'machine', 'list'], 0],
  ['machine status', ['scale', 'machine', 'status', machine.id], 0],
  [
    'search',
    [
      'scale',
      'search',
      '--machine-id',
      machine.id,
      '--service-type',
      'chain.block',
      '--pairing-token-file',
      'agent.token',
    ],
    1,
  ],
  ['free order', words('svc_block', '-y'), 0],
  ['order list', ['scale', 'order', 'list', '--machine-id', machine.id], 0],
];

/** Prints a row for each command; `programs` has peaqos and reference. */
export async function measureMarket(world, { programs, row, ms, peakMemory, mib }) {
  const { requests } = world.control.market;
  // The reference wants every setting, whatever a command uses.
  const { env } = await newOperator(world);
  const undo = [];
  const context = { after: (action) => undo.push(action) };
  const measured = async (program) => {
    const buyer = await newBuyer(world, context);
    const outcomes = [];
    for (const [what, words] of commandsOf(buyer)) {
      const since = requests.length;
      const { code, milliseconds, stderr } = await spawnTimed([...program, ...words], {
        cwd: buyer.cwd,
        env: { ...process.env, ...env, ...marketEnv(world) },
      });
      if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr}`);
      outcomes.push({ requests: requests.length - since, milliseconds });
    }
    return outcomes;
  };
  try {
    const own = await measured(programs.peaqos);
    const peer = await measured(programs.reference);
    commandsOf(await newBuyer(world, context)).forEach(([what, , more], i) => {
      const most = peer[i].requests + more;
      row(
        `scale ${what}: requests and time, of the reference`,
        `${own[i].requests} of ${peer[i].requests}, ${ms(own[i].milliseconds)} of ${ms(peer[i].milliseconds)}`,
        { bar: `<= ${most} requests`, holds: own[i].requests <= most },
      );
    });
    const peaks = [];
    for (const count of [100, 10_000]) {
      const { machine, cwd } = await newBuyer(world, context);
      world.control.market.seedOrders(machine.id, count);
      const words = [...programs.peaqos, 'scale', 'order', 'list', '--machine-id', machine.id, '--json'];
      peaks.push(await peakMemory(words, { cwd, env: marketEnv(world) }));
    }
    const more = peaks[1] - peaks[0];
    row('scale order list of 10,000: peak memory, above 100', `${mib(peaks[1])}, +${mib(more)}`, {
      bar: '<= +40 MiB',
      holds: more <= 40,
    });
  } finally {
    for (const action of undo) await action();
  }
}
