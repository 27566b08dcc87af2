// Standard input by lines or by bytes: nothing beyond what is asked for is taken from whoever asks next.
// SPDX-License-Identifier: Apache-2.0

const longest = 65536;
const newline = 10;

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
      const end = rest.indexOf(newline);
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

  async function readKey() {
    if (rest.length === 0) rest = await more();
    if (rest.length === 0) return null;
    const [byte] = rest;
    rest = rest.subarray(1);
    return byte;
  }

  // Whatever has come, whether it ends a line or not.
  async function readPart(length) {
    if (rest.length === 0) rest = await more();
    const part = Uint8Array.from(rest.subarray(0, length));
    rest = rest.subarray(length);
    return part;
  }

  return {
    readLine,
    /** The next byte; null at the end of input. */
    readKey,
    readPart,
    /** A terminal shows what is typed, and hands it over line by line, unless it is raw. */
    hideTyping: (hidden) => void (input.isTTY && input.setRawMode(hidden)),
  };
}
