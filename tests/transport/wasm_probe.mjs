// The transport probe in Node: node wasm_probe.mjs SCRIPT. Loads the module as wasm/index.node.mjs does.
// SPDX-License-Identifier: Apache-2.0
import factory from '../../build/wasm/tests/transport/transport_probe.mjs';
import { lend } from '../../wasm/lend.mjs';
import { nodeHost, readCertificates } from '../../wasm/node/host.mjs';
import { createXMLHttpRequest } from '../../wasm/node/xhr.mjs';

const module = await factory({ XMLHttpRequest: createXMLHttpRequest({ readCertificates }) });
nodeHost.write('out', Buffer.from(await module.perform(process.argv[2], lend(nodeHost))));
