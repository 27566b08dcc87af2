// What a running job says to the page and asks of it.
// SPDX-License-Identifier: Apache-2.0

let asked = 0;
const waiting = new Map();

export const answered = ({ question, value }) => {
  waiting.get(question)?.(value);
  waiting.delete(question);
};

/** Of one job: tell(name, value) says something, ask(name, value) resolves to what the page answers. */
export function conversationOf(job) {
  return {
    tell: (event, value) => self.postMessage({ job, event, value }),
    ask: (event, value) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve);
        self.postMessage({ job, event, value, question: asked });
      }),
  };
}
