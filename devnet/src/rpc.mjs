// JSON-RPC to the node.
// SPDX-License-Identifier: Apache-2.0

export function createRpc(url) {
  let id = 0;
  return async function rpc(method, params = []) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
    });
    const { result, error } = await answer.json();
    if (error) throw Object.assign(new Error(`${method}: ${error.message}`), { code: error.code, data: error.data });
    return result;
  };
}
