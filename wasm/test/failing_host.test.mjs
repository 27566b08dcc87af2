// Hosts whose functions throw, reject or give nonsense: that call rejects, and nothing else happens. Every call here uses the
// same module, so one that broke it would break all that follow.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, afterEach, test } from 'node:test';
import { createClient, PeaqosError, run } from '@peaqos/core';

const key = `0x${'11'.repeat(32)}`;
const contract = (digit) => `0x${digit.repeat(40)}`;

// A node of chain 9990 that answers what is asked of it; busy while `busy` counts down.
let busy = 0;
const results = {
  eth_chainId: '0x2706',
  eth_getBlockByNumber: { number: '0x10', timestamp: '0x65000000', baseFeePerGas: '0x1' },
};
const node = http.createServer(async (request, response) => {
  const parts = await request.toArray();
  if (busy > 0) return response.writeHead(503, void (busy -= 1)).end();
  const answer = ({ id, method }) => ({ jsonrpc: '2.0', id, result: results[method] ?? '0x0' });
  const calls = JSON.parse(Buffer.concat(parts));
  response.end(JSON.stringify(Array.isArray(calls) ? calls.map(answer) : answer(calls)));
});
await new Promise((resolve) => node.listen(0, '127.0.0.1', resolve));
after(() => node.close().closeAllConnections());

const env = {
  HOME: '/home/tester',
  PEAQOS_NETWORK: 'devnet',
  PEAQOS_RPC_URL: `http://127.0.0.1:${node.address().port}`,
  PEAQOS_PRIVATE_KEY: key,
  IDENTITY_REGISTRY_ADDRESS: contract('1'),
  IDENTITY_STAKING_ADDRESS: contract('2'),
  EVENT_REGISTRY_ADDRESS: contract('3'),
  MACHINE_NFT_ADDRESS: contract('4'),
  DID_REGISTRY_ADDRESS: contract('5'),
  BATCH_PRECOMPILE_ADDRESS: contract('6'),
};

// The node's chain is not that of this network, of which whoami warns at its end.
const otherChain = { ...env, PEAQOS_NETWORK: 'mainnet' };

const failing = (failure) => {
  throw Object.assign(new Error(failure), { failure });
};

/** A host in memory with every verb; `later` makes each a promise, so that the module has been left before it settles. */
function memoryHost({ later = false } = {}) {
  const files = new Map();
  const folders = new Set(['/home/tester']);
  const get = (path) => files.get(path) ?? failing('missing');
  const verbs = {
    readFile: get,
    readRegularFile: get,
    appendFile: (path, bytes) => void files.set(path, Buffer.concat([files.get(path) ?? Buffer.of(), bytes])),
    replaceFile: (path, bytes) => void files.set(path, bytes),
    createFile: (path, bytes) => void (files.has(path) ? failing('exists') : files.set(path, bytes)),
    removeFile: (path) => void (get(path), files.delete(path)),
    shredFile: (path) => void (get(path), files.delete(path)),
    fileMode: (path) => (get(path), 0o600),
    makePrivateFolder: (path) => (folders.add(path), false),
    listFolder(path) {
      const names = [...files.keys()]
        .filter((file) => file.startsWith(`${path}/`))
        .map((file) => file.slice(path.length + 1));
      return names.length > 0 || folders.has(path) ? names.filter((name) => !name.includes('/')) : failing('missing');
    },
    lockFile: () => () => {},
    readLine: () => 'a long enough passphrase',
  };
  const delayed = ([name, verb]) => [name, async (...args) => (await new Promise(setImmediate), verb(...args))];
  const output = { out: '', err: '' };
  return {
    env,
    files,
    output,
    sleep: async () => {},
    interactive: () => false,
    write: (stream, text) => void (output[stream] += text),
    ...Object.fromEntries(later ? Object.entries(verbs).map(delayed) : Object.entries(verbs)),
  };
}

const lost = [];
process.on('unhandledRejection', (reason) => lost.push(reason));

const breaking = {
  throws: () => {
    throw new Error('no\nluck');
  },
  rejects: async () => {
    await new Promise(setImmediate);
    throw new Error('no\nluck');
  },
  'throws what is no error': () => {
    throw undefined;
  },
  'throws what cannot be read': () => {
    throw {
      get failure() {
        throw new Error('not this');
      },
      get message() {
        throw new Error('nor this');
      },
    };
  },
  'throws a name that is none of its own': () => {
    throw { failure: 'interrupted', message: 'no luck' };
  },
};
// What an error says of each: in one line.
const reasons = {
  throws: 'no luck',
  rejects: 'no luck',
  'throws what is no error': 'undefined',
  'throws what cannot be read': 'no reason given',
  'throws a name that is none of its own': 'no luck',
};

const rejection = async (promise) => {
  const outcome = await Promise.race([
    promise.then(
      (value) => ({ value }),
      (error) => ({ error }),
    ),
    new Promise((resolve) => setTimeout(resolve, 20_000, { never: true })),
  ]);
  assert.ok(outcome.error, `it did not reject: ${JSON.stringify(outcome)}`);
  return outcome.error;
};

// The module is as good as before, and nothing was left to itself.
async function assertUnharmed() {
  const { chainId, blockNumber } = await createClient(memoryHost({ later: true })).networkStatus();
  assert.deepEqual([chainId, blockNumber], [9990, 16]);
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(lost, []);
}
afterEach(assertUnharmed);

// A key's derivation takes long: one wallet serves all tests.
const withWallet = memoryHost();
await createClient(withWallet).createWallet({ name: 'w', passphrase: Buffer.from('a long enough passphrase') });

/** A host in memory that has the wallet 'w'. */
function walletHost(options) {
  const host = memoryHost(options);
  for (const [path, bytes] of withWallet.files) host.files.set(path, bytes);
  return host;
}

const rename = (client) => client.renameWallet('w', 'v');
const passphrase = () => Buffer.from('a long enough passphrase');
const create = (client) => client.createWallet({ name: 'w', passphrase: passphrase() });

const vaultFile = (path) => new RegExp(`^vault file '/home/tester/.ows${path}': it could not be read or written$`);
const configurationFile = /^configuration file '.env': it could not be read or written$/;
const settingsFile = /^file '.env': it could not be read or written$/;

// What each function is needed for, and the error that says that it failed: its kind, its code and what it names. A vault
// that cannot be used is a matter of configuration where nobody named a wallet.
const ofHost = ['input', 'HOST_FAILED'];
const operations = {
  readFile: [(client) => client.networkStatus(), 'configuration', 'FILE_FAILED', configurationFile],
  sleep: [(client) => ((busy = 1), client.networkStatus()), ...ofHost],
  randomFill: [(client) => client.createWallet({ name: 'u', passphrase: passphrase() }), ...ofHost],
  makePrivateFolder: [rename, 'input', 'FILE_FAILED', vaultFile('')],
  listFolder: [(client) => client.listWallets(), 'configuration', 'FILE_FAILED', vaultFile('/wallets')],
  // A file that cannot be read is passed over, so that the other wallets stay usable.
  readRegularFile: [(client) => client.showWallet('w'), 'input', 'WALLET_NOT_FOUND', /^there is no wallet /],
  shredFile: [(client) => client.deleteWallet('w'), 'input', 'FILE_FAILED', vaultFile('/wallets/[^/]+.json')],
  replaceFile: [(client) => client.changeSettings({ PEAQOS_NETWORK: 'devnet' }), 'input', 'FILE_FAILED', settingsFile],
};

for (const later of [false, true]) {
  const when = later ? ', after the module was left' : '';
  for (const [name, [operation, kind, code, words]] of Object.entries(operations)) {
    for (const [how, broken] of Object.entries(breaking)) {
      test(`${name} ${how}${when}`, async () => {
        const host = { ...walletHost({ later }), [name]: broken };
        const error = await rejection(operation(createClient(host)));
        busy = 0;
        assert.ok(error instanceof PeaqosError, String(error));
        assert.deepEqual([error.kind, error.code, error.sent], [kind, code, 'nothing']);
        if (words) return assert.match(error.message, words);
        // What must answer at once may not reject either.
        const reason = how === 'rejects' && name !== 'sleep' ? 'it must not be asynchronous' : reasons[how];
        assert.equal(error.message, `the host's ${name} failed: ${reason}`);
      });
    }
  }

  for (const [how, broken] of Object.entries(breaking)) {
    test(`onProgress ${how}${when}`, async () => {
      const host = memoryHost({ later });
      host.env = otherChain;
      if (!later) host.files.set('.env', Buffer.from('this is no line\n')); // a warning before the first request
      const error = await rejection(createClient(host).whoami({ onProgress: broken }));
      assert.ok(error instanceof PeaqosError, String(error));
      assert.equal(error.code, 'CALLBACK_FAILED');
      assert.equal(error.message, `onProgress failed: ${reasons[how]}`);
    });

    test(`onQuestion ${how}${when}`, async () => {
      const host = walletHost({ later });
      const error = await rejection(createClient(host).exportWallet({ wallet: 'w' }, { onQuestion: broken }));
      assert.ok(error instanceof PeaqosError, String(error));
      assert.equal(error.code, 'CALLBACK_FAILED');
      assert.equal(error.message, `onQuestion failed: ${reasons[how]}`);
    });

    test(`a command line ends when readLine ${how}${when}`, async () => {
      const host = { ...memoryHost({ later }), readLine: broken };
      assert.equal(await run(['wallet', 'create', 'w'], host), 1);
      assert.equal(host.output.err, `Vault passphrase: Error: the host's readLine failed: ${reasons[how]}\n`);
    });

    test(`a command line ends when write ${how}${when}`, async () => {
      const written = [];
      const host = memoryHost({ later });
      host.write = (...args) => (written.push(args), broken());
      const code = await run(['wallet', 'list'], host);
      assert.equal(written.length, 1);
      assert.equal(code, how === 'rejects' ? 0 : 1); // nobody waits for a write: a later rejection is the next one's
    });

    test(`a console that cannot listen, open or serve: ${how}${when}`, async () => {
      const working = { listen: async () => 4711, open: () => {}, served: async () => {} };
      for (const name of Object.keys(working)) {
        const host = { ...memoryHost({ later }), console: { ...working, [name]: broken } };
        const code = await run(['console'], host);
        assert.equal(code, 1, `${name}: ${host.output.err}`);
        assert.match(host.output.err, /^Error: [^\n]+\n$/m);
      }
    });
  }
}

test('a wallet is not made when its time or its file cannot be had', async () => {
  for (const [name, words] of [
    ['now', /^the host's now failed: no luck$/],
    ['replaceFile', /^vault file '.*': it could not be read or written$/],
  ]) {
    const host = { ...memoryHost(), [name]: breaking.throws };
    const error = await rejection(create(createClient(host)));
    assert.match(error.message, words);
    assert.equal(host.files.size, 0);
  }
});

test('an answer that comes at once must not come later', async () => {
  for (const name of ['now', 'randomFill']) {
    const error = await rejection(create(createClient({ ...memoryHost(), [name]: async () => 1 })));
    assert.equal(error.code, 'HOST_FAILED');
    assert.equal(error.message, `the host's ${name} failed: it must not be asynchronous`);
  }
});

test('results of another type are failures', async () => {
  const cases = [
    ['now', () => 'noon', (client) => create(client)],
    ['readFile', () => ({}), (client) => client.networkStatus()],
    ['readFile', () => null, (client) => client.networkStatus()],
    ['listFolder', () => [1], (client) => client.listWallets()],
    ['listFolder', () => undefined, (client) => client.listWallets()],
  ];
  for (const [name, broken, operation] of cases) {
    const error = await rejection(operation(createClient({ ...memoryHost(), [name]: broken })));
    assert.ok(error instanceof PeaqosError, `${name}: ${error}`);
  }
});

test('a lock that cannot be taken or given back harms nothing', async () => {
  for (const lockFile of [() => 'no function', () => breaking.throws, async () => breaking.rejects, breaking.rejects]) {
    const host = { ...memoryHost(), lockFile };
    await rejection(createClient(host).activate({ docUrl: 'https://example.com', dataApi: 'https://example.com' }));
  }
});

test('an environment that throws is told', async () => {
  const host = { ...memoryHost(), env: new Proxy({}, { get: breaking.throws }) };
  const error = await rejection(createClient(host).networkStatus());
  assert.equal(error.code, 'HOST_FAILED');
  assert.match(error.message, /^the host's env failed: no luck$/);
});

test('a callback that rejects late is told at the end', async () => {
  const host = memoryHost();
  host.env = otherChain;
  for (const delay of [0, 50]) {
    const onProgress = async () => {
      await new Promise((resolve) => setTimeout(resolve, delay));
      throw new Error('too\nlate');
    };
    const error = await rejection(createClient(host).whoami({ onProgress }));
    assert.deepEqual([error.code, error.message], ['CALLBACK_FAILED', 'onProgress failed: too late']);
  }
});

test('a callback that never returns is waited for until the caller gives up', async () => {
  const host = memoryHost();
  host.env = otherChain;
  const controller = new AbortController();
  let told = false;
  const onProgress = () => {
    told = true;
    setTimeout(() => controller.abort(), 20);
    return new Promise(() => {});
  };
  const { chainId } = await createClient(host).whoami({ signal: controller.signal, onProgress });
  assert.deepEqual([told, controller.signal.aborted, chainId], [true, true, 9990]);
});

test('giving up within the last progress, or afterwards, ends nothing else', async () => {
  const host = memoryHost({ later: true });
  host.env = otherChain;
  for (let i = 0; i < 50; ++i) {
    const controller = new AbortController();
    const others = createClient(memoryHost()).networkStatus();
    const call = createClient(host).whoami({ signal: controller.signal, onProgress: () => controller.abort() });
    assert.equal((await call).chainId, 9990);
    const done = new AbortController();
    await createClient(host).networkStatus({}, { signal: done.signal });
    done.abort();
    assert.equal((await others).chainId, 9990);
  }
});

test('keys are blinded once, with the randomness of the host, when a key is first used', async () => {
  const { default: factory } = await import('../dist/peaqos.mjs');
  const { callModule } = await import('../client.mjs');
  const { createXMLHttpRequest } = await import('../node/xhr.mjs');
  const module = await factory({ XMLHttpRequest: createXMLHttpRequest() });
  const asked = [];
  const randomFill = (bytes) => void (asked.push(bytes.length), globalThis.crypto.getRandomValues(bytes));
  const host = { ...memoryHost(), randomFill };
  await callModule(module, 'networkStatus', {}, host);
  assert.deepEqual(asked, []);
  await callModule(module, 'whoami', {}, host);
  await callModule(module, 'whoami', {}, host);
  assert.deepEqual(asked, [32]);
});

test('the module knows calls by number', async () => {
  const { default: factory } = await import('../dist/peaqos.mjs');
  const module = await factory();
  for (const id of [0, 1, 65536, 4294967295]) module.cancel(id);
});

test('whole numbers beyond 2^53 keep their digits', async () => {
  const { parse } = await import('../json.mjs');
  const text =
    '{"a":9007199254740993,"b":9007199254740991,"c":-9007199254740993,"d":"9007199254740993","e":1.23456789012345678,' +
    '"f":12345678901234567e3,"g":"\\"9007199254740993","h":[123456789012345678901234567890]}';
  assert.deepEqual(parse(text), {
    a: '9007199254740993',
    b: 9007199254740991,
    c: '-9007199254740993',
    d: '9007199254740993',
    e: Number('1.23456789012345678'),
    f: Number('12345678901234567e3'),
    g: '"9007199254740993',
    h: ['123456789012345678901234567890'],
  });
});
