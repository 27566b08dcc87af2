// The page's side of the worker: calls and their events. Holds no key.
// SPDX-License-Identifier: Apache-2.0
/* global WORKER_FILE */

// The Content-Security-Policy lets only this policy name scripts.
const scripts = globalThis.trustedTypes?.createPolicy('peaqos', { createScriptURL: (url) => url }) ?? {
  createScriptURL: (url) => url,
};
export const scriptUrl = (path) => scripts.createScriptURL(new URL(path, import.meta.url).href);

const failed = (error) => Object.assign(new Error(error.message), { name: 'PeaqosError', ...error });
const gone = {
  kind: 'interrupted',
  code: 'LOCKED',
  message: 'the console was locked',
  hint: 'Unlock it, then try again',
};

/**
 * `onTampered` hears of records that were changed from outside, `onStore` the store's messages, `onChanged` the path of
 * every file of the vault that was written here.
 */
export function startWorker({ onTampered, onStore, onChanged }) {
  const worker = new Worker(scriptUrl(WORKER_FILE), { type: 'module', name: 'peaqos' });
  const jobs = new Map();
  let count = 0;

  const finish = (job, error, value) => {
    const { resolve, reject } = jobs.get(job) ?? {};
    jobs.delete(job);
    if (error) reject?.(failed(error));
    else resolve?.(value);
  };

  async function tellJob({ job, event, value, question }) {
    const reply = { question };
    try {
      reply.value = (await jobs.get(job)?.on[event]?.(value)) ?? null;
    } catch (error) {
      reply.failed = String(error?.message ?? error);
      if (!question) globalThis.reportError(error);
    } finally {
      if (question) worker.postMessage(reply); // the core waits for it, whatever happens here
    }
  }

  worker.onmessage = ({ data }) => {
    if (data.tampered) onTampered(data.tampered);
    else if (data.store) onStore(data.store);
    else if (data.changed) onChanged(data.changed);
    else if (data.done) finish(data.job, data.error, data.value);
    else tellJob(data);
  };
  worker.onerror = () => {
    const message = 'a part of the console could not be loaded';
    for (const job of jobs.keys())
      finish(job, { kind: 'network', code: 'NO_WORKER', message, hint: 'Reload the page' });
  };

  return {
    /** `on` has a function for each event of the job; what one returns answers a question. */
    request(method, request, { on = {}, signal } = {}) {
      const job = ++count;
      const outcome = new Promise((resolve, reject) => jobs.set(job, { resolve, reject, on }));
      worker.postMessage({ job, method, request });
      signal?.addEventListener('abort', () => worker.postMessage({ cancel: job }), { once: true });
      if (signal?.aborted) worker.postMessage({ cancel: job });
      return outcome;
    },
    end() {
      worker.terminate();
      for (const job of jobs.keys()) finish(job, gone);
    },
  };
}
