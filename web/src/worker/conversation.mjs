// What a running job says to the page and asks of it.
// SPDX-License-Identifier: Apache-2.0

let asked = 0;
const waiting = new Map();

export const answered = ({ question, value, failed }) => {
  const { resolve, reject } = waiting.get(question) ?? {};
  waiting.delete(question);
  if (failed === undefined) resolve?.(value);
  else reject?.(new Error(failed));
};

/**
 * Of one job: tell(name, value) says something, ask(name, value) resolves to what the page answers, and rejects when the
 * page's handler fails.
 */
export function conversationOf(job) {
  return {
    tell: (event, value) => self.postMessage({ job, event, value }),
    ask: (event, value) =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        self.postMessage({ job, event, value, question: asked });
      }),
  };
}
