// peaqos.log for agents: its last rows without the bytes of transactions, which anybody could broadcast.
// SPDX-License-Identifier: Apache-2.0

const MOST_BYTES = 1 << 20;
const MOST_ROWS = 1000;

const isRaw = (name, value) => name === 'raw_tx' || (typeof value === 'string' && /^0x[0-9a-f]{200,}$/i.test(value));

const withoutRaw = (text) => JSON.parse(text, (name, value) => (isRaw(name, value) ? undefined : value));

function rowOf(line) {
  try {
    return withoutRaw(line);
  } catch {
    return undefined; // torn, or foreign
  }
}

/** {rows, left_out}: the newest rows, oldest first. `host` is the Node host. */
export async function journalOf(host, path = 'peaqos.log') {
  let text;
  let cut;
  try {
    const length = await host.fileSize(path);
    cut = length > MOST_BYTES;
    text = new TextDecoder().decode(await host.readFilePart(path, Math.max(0, length - MOST_BYTES), MOST_BYTES));
  } catch {
    return { rows: [], left_out: false }; // nothing was sent from this folder
  }
  const lines = text.split('\n').slice(cut ? 1 : 0);
  const rows = lines.map(rowOf).filter((row) => row !== null && typeof row === 'object');
  return { rows: rows.slice(-MOST_ROWS), left_out: cut || rows.length > MOST_ROWS };
}
