// Standard input, by lines or by parts: nothing beyond a line is taken from whoever asks next.
// SPDX-License-Identifier: Apache-2.0

const longest = 65536;
const key = { interrupt: 3, end: 4, backspace: 8, newline: 10, carriageReturn: 13, clear: 21, delete: 127 };

export function createLineReader(input) {
  let rest = Buffer.alloc(0);
  let ended = false;

  /** The next part of the input; empty at its end. */
  function more() {
    // A pipe can end between two questions, when nobody listens: its end is told only once.
    if (input.readableEnded || input.destroyed) return Buffer.alloc(0);
    return new Promise((resolve, reject) => {
      const done = (action, value) => {
        input.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError).pause();
        action(value);
      };
      const onData = (part) => done(resolve, part);
      const onEnd = () => done(resolve, Buffer.alloc(0));
      const onError = (error) => done(reject, error);
      input.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError).resume();
    });
  }

  async function readLine() {
    for (;;) {
      const end = rest.indexOf(key.newline);
      if (end >= 0 || (ended && rest.length > 0)) {
        const line = Uint8Array.from(rest.subarray(0, end < 0 ? rest.length : end));
        rest = end < 0 ? Buffer.alloc(0) : rest.subarray(end + 1);
        return line;
      }
      if (ended) return null;
      if (rest.length > longest) throw Object.assign(new Error('line too long'), { failure: 'too-large' });
      const part = await more();
      ended = part.length === 0;
      rest = Buffer.concat([rest, part]);
    }
  }

  // A terminal shows what is typed unless it is read key by key.
  async function readHidden() {
    input.setRawMode(true);
    const typed = [];
    try {
      for (;;) {
        if (rest.length === 0) rest = await more();
        if (rest.length === 0) return null;
        const [byte] = rest;
        rest = rest.subarray(1);
        if (byte === key.newline || byte === key.carriageReturn) return Uint8Array.from(typed);
        if (byte === key.end && typed.length === 0) return null;
        if (byte === key.interrupt) process.kill(process.pid, 'SIGINT');
        else if (byte === key.backspace || byte === key.delete) eraseCharacter(typed);
        else if (byte === key.clear) typed.length = 0;
        else if (byte >= 32) typed.push(byte);
      }
    } finally {
      typed.fill(0);
      input.setRawMode(false);
    }
  }

  // Whatever has come, whether it ends a line or not.
  async function readPart(length) {
    if (rest.length === 0) rest = await more();
    const part = Uint8Array.from(rest.subarray(0, length));
    rest = rest.subarray(length);
    return part;
  }

  return { readPart, read: (hidden) => (hidden && input.isTTY ? readHidden() : readLine()) };
}

// Takes back one character of UTF-8: its continuation bytes as well.
function eraseCharacter(bytes) {
  while (bytes.length > 0 && (bytes.pop() & 0xc0) === 0x80);
}
