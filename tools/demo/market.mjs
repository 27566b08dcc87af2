// The Machine Market: a machine is onboarded and an agent paired to it, which buys one service and disputes another.
// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './stage.mjs';

// What a command printed somewhere.
const find = ({ stdout, stderr }, pattern) => {
  const found = pattern.exec(`${stdout}\n${stderr}`)?.[1];
  if (!found) throw new Error(`the demo does not find ${pattern} in what the command printed`);
  return found;
};

/** What the agent answers when its signature is asked for: it signs the challenge shown before. */
export function signatureOf(agent, shown) {
  const [message] = /peaqOS agent pairing challenge[^]*?expires: \S+/.exec(shown);
  return agent.signMessage({ message });
}

/** Plays it; `agent` is the agent's account, its key in agent.key. */
export async function trade(run, { folder, world, machine, agent }) {
  const { market } = world.control;
  const wallet = { PEAQOS_OWS_WALLET: 'agent' };
  const onboarded = await run(
    `scale machine onboard --identity-ref did:peaq:${machine} --display-name rover-014 --owner-id op_demo ` +
      '--machine-type rover --runtime-profile machine-runtime-agent --identity-key-file machine.key --yes',
  );
  const machineId = find(onboarded, /Machine ID: +(\S+)/);

  const paired = await run(
    `scale agent pair --machine-id ${machineId} --agent-address ${agent.address} --agent-provider demo ` +
      '--agent-role machine-market-buyer --per-tx-limit 5 --daily-limit 20 --currency USD --yes',
  );
  writeFileSync(join(folder, 'agent.token'), `${find(paired, /^ +(eyJ\S+)$/m)}\n`, { mode: 0o600 });

  await run('wallet import agent --private-key-file agent.key');
  await market.fund(agent.address, '10');
  say("The devnet's bank gives the agent's wallet 10 USDC, and PEAQ for gas.");

  const token = '--pairing-token-file agent.token';
  const found = await run(`scale search --machine-id ${machineId} --service-type oracle.price-feed ${token}`);
  const ids = `--machine-id ${machineId} --agent-pairing-id ${find(paired, /Pairing ID: +(\S+)/)}`;
  const searchId = find(found, /Search ID: +(\S+)/);
  const quoteId = find(found, /svc_price_signed +(quote_\S+)/);
  const bought = await run(
    `scale order svc_price_signed ${ids} --search-id ${searchId} --quote-id ${quoteId} ${token} --yes`,
    wallet,
  );
  await run(`scale order received ${find(bought, /Order ID: +(\S+)/)} ${token}`);

  const escrowed = await run(`scale order svc_price_escrow ${ids} ${token} --yes`, wallet);
  const disputed = find(escrowed, /Order ID: +(\S+)/);
  await run(`scale order dispute ${disputed} --reason 'the price is a day old' ${token} --yes`);
  await run(`scale order list --machine-id ${machineId}`);

  const [seller, escrow] = [find(bought, /Pay to: +(0x\w{40})/), world.addresses.Escrow];
  say(
    `On the chain, the seller has ${await market.dollarsOf(seller)} USDC; ` +
      `the escrow contract keeps ${await market.dollarsOf(escrow)} USDC while the dispute is open.`,
  );
}
