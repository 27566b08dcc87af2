// The EVM node of a test's devnet as a process: stopped and let go again, as a node that hangs.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
const nameOf = (pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

/** Stops the one devnet node of this process; gives a function that lets it go on, which may be called again. */
export function stopNode() {
  const nodes = childrenOf(process.pid).filter((pid) => nameOf(pid).startsWith('anvil'));
  if (nodes.length !== 1) throw new Error(`one node was expected, and there are ${nodes.length}`);
  process.kill(nodes[0], 'SIGSTOP');
  return () => process.kill(nodes[0], 'SIGCONT');
}
