// Work on one thing at a time: what is asked together is done one after the other.
// SPDX-License-Identifier: Apache-2.0

// Returns one(key, work), which does the work when all for this key before it is done, however that ended.
export function openQueues() {
  const last = new Map();
  return function one(key, work) {
    const done = (last.get(key) ?? Promise.resolve()).catch(() => {}).then(work);
    last.set(key, done);
    return done;
  };
}
