// What agents can read by address: the operator's machines and their ratings, the journal, the manual.
// SPDX-License-Identifier: Apache-2.0
import { PeaqosError } from '../../../wasm/failure.mjs';
import { refusal } from './failure.mjs';
import { journalOf } from './journal.mjs';
import { outcomeOf } from './runner.mjs';
import { visible } from './visible.mjs';

const json = 'application/json';

export const resources = [
  {
    uri: 'peaqos://machines',
    name: 'machines',
    title: 'Machines of the account',
    description: 'The machine that the account which signs is itself, and those that it operates',
    mimeType: json,
  },
  {
    uri: 'peaqos://ratings',
    name: 'ratings',
    title: 'Credit ratings',
    description: 'The whole rating of each machine of the account',
    mimeType: json,
  },
  {
    uri: 'peaqos://journal',
    name: 'journal',
    title: 'The journal',
    description: 'Rows of peaqos.log in the folder of the server, without the bytes of transactions',
    mimeType: json,
  },
  {
    uri: 'peaqos://manual',
    name: 'manual',
    title: 'The manual',
    description: 'Every command, option and setting',
    mimeType: 'text/plain',
  },
];

export const templates = [
  {
    uriTemplate: 'peaqos://machines/{did}',
    name: 'machine',
    title: 'A machine',
    description: 'The profile of any machine: attributes, rating, events',
    mimeType: json,
  },
  {
    uriTemplate: 'peaqos://ratings/{did}',
    name: 'rating',
    title: 'A credit rating',
    description: 'The rating of any machine',
    mimeType: json,
  },
];

/** `paths` resolves to the commands' paths. Returns read(uri, signal), which resolves to a resource's content. */
export function createResources({ runner, host, paths }) {
  async function told(words, signal, lines = false) {
    const { exit_code: code, result, error } = outcomeOf(await runner.run(words, { signal }), lines);
    if (error) throw new PeaqosError(error);
    return code === 0 || lines ? result : Promise.reject(refusal('NO_RESULT', `${words[0]} ended with ${code}`));
  }

  // The machine that the account itself is; null unless it was activated as one.
  async function ownMachine(did, signal) {
    try {
      return await told(['show', 'machine', '--json', did], signal);
    } catch (error) {
      if (error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  async function machines(signal) {
    const { address } = await told(['whoami', '--json'], signal);
    const did = `did:peaq:${address}`;
    const { machines: operated } = await told(['show', 'operator', 'machines', '--json', did], signal);
    return { own: await ownMachine(did, signal), operated };
  }

  async function ratings(signal) {
    const { own, operated } = await machines(signal);
    const dids = [...(own ? [own.peaqos.did] : []), ...operated.map(({ did }) => did)];
    return dids.length ? told(['qualify', 'mcr', '--json', '--', ...dids], signal, true) : [];
  }

  async function manual(signal) {
    const pages = [];
    for (const path of [[], ...(await paths())]) pages.push((await runner.run([...path, '--help'], { signal })).text);
    return pages.join('\n');
  }

  const whole = {
    'peaqos://machines': machines,
    'peaqos://ratings': ratings,
    'peaqos://journal': () => journalOf(host),
  };
  const ofOne = { machines: ['show', 'machine'], ratings: ['qualify', 'mcr'] };

  async function contentOf(uri, signal) {
    if (Object.hasOwn(whole, uri)) return whole[uri](signal);
    const [, kind, did] = /^peaqos:\/\/(machines|ratings)\/(did:peaq:0x[0-9a-fA-F]{40})$/.exec(uri) ?? [];
    if (!kind) throw refusal('NO_SUCH_RESOURCE', 'there is no such resource');
    return told([...ofOne[kind], '--json', '--', did], signal);
  }

  return async (uri, signal) => {
    if (uri === 'peaqos://manual') return { uri, mimeType: 'text/plain', text: await manual(signal) };
    const content = visible(await contentOf(uri, signal));
    return { uri, mimeType: json, text: JSON.stringify(content, null, 2), _meta: { 'peaqos/untrusted': true } };
  };
}
