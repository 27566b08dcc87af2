// Whether a machine takes part in monetisation: asked for with a signature of its owner or controller. Statuses, the
// window for timestamps and the order of checks were decided here; nobody outside has seen those of the live API.
// SPDX-License-Identifier: Apache-2.0
import { recoverMessageAddress } from 'viem';
import { coded } from './mcr_decimals.mjs';

const VERSION = 'tokenomics-2.0-monetization-v1';
const WINDOW = 300; // seconds that a signed time may be off

export function openMonetization({ chainId, addresses2, decimals }) {
  const registry = addresses2.MachineRegistry.toLowerCase();
  const choices = new Map(); // machine id in decimals -> {optedIn, signer, timestamp}

  const capability = () => ({ version: VERSION, chain_id: String(chainId), registry });

  async function read(id) {
    await decimals.find(id);
    return statusOf(id);
  }

  async function write(id, body) {
    const { optedIn, timestamp, signature } = take(body);
    const machine = await decimals.find(id);
    if (Math.abs(Date.now() / 1000 - timestamp) > WINDOW)
      throw coded(400, 'TIMESTAMP_OUT_OF_WINDOW', `the timestamp is more than ${WINDOW} seconds off`);
    const signer = await signerOf({ id, optedIn, timestamp, signature });
    if (![machine.owner, machine.controller].includes(signer))
      throw coded(403, 'UNAUTHORIZED_SIGNER', 'the signer is neither owner nor controller of the machine');
    if (!machine.bonded) throw coded(409, 'MACHINE_NOT_BONDED', 'the machine has no running subscription');
    if (timestamp <= (choices.get(id)?.timestamp ?? -1))
      throw coded(409, 'STALE_SIGNATURE', 'a later choice was signed already');
    choices.set(id, { optedIn, signer, timestamp });
    return statusOf(id);
  }

  async function signerOf({ id, optedIn, timestamp, signature }) {
    const message = [
      'peaq-mcr monetization',
      `registry: ${registry}`,
      `chain_id: ${chainId}`,
      `machine_id: ${id}`,
      `opted_in: ${optedIn}`,
      `timestamp: ${timestamp}`,
    ].join('\n');
    try {
      return await recoverMessageAddress({ message, signature });
    } catch {
      throw coded(400, 'INVALID_SIGNATURE', 'the signature is malformed');
    }
  }

  function statusOf(id) {
    const choice = choices.get(id);
    const status = choice ? (choice.optedIn ? 'OPTED_IN' : 'OPTED_OUT') : 'PENDING';
    return { machine_id: id, status, signer: choice?.signer ?? null, updated_at: choice?.timestamp ?? null };
  }

  return { capability, read, write };
}

function take(text) {
  const refuse = (why) => coded(400, 'INVALID_REQUEST', why);
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse('the body is not JSON');
  }
  const { opted_in: optedIn, timestamp, signature } = body ?? {};
  if (typeof optedIn !== 'boolean') throw refuse('opted_in must be true or false');
  if (!Number.isSafeInteger(timestamp)) throw refuse('timestamp must be an integer');
  if (typeof signature !== 'string' || !/^0x[0-9a-f]{130}$/i.test(signature))
    throw coded(400, 'INVALID_SIGNATURE', 'signature must be 65 bytes, as 0x and hexadecimal digits');
  return { optedIn, timestamp, signature };
}
