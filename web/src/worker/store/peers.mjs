// Several tabs, one reader: the tab that holds the lock reads and tells the others what it knows. When it goes, the next
// takes over from what the vault keeps.
// SPDX-License-Identifier: Apache-2.0

const lock = 'peaqos-store';
const heardFor = 60_000; // milliseconds for which a tab counts after its last word

/**
 * `lead()` is called once, when this tab is the one that reads; `show(message)` shows a message of the store to this tab's
 * page; `obey(name, value)` runs a command on the store; `everything()` publishes all of it. Of `alone` (nobody shares
 * what a visitor sees) the first call is at once.
 */
export function joinPeers({ alone, lead, show, obey, everything, clock = Date.now }) {
  const channel = alone ? undefined : new BroadcastChannel('peaqos-store');
  let leads = false;
  let heardAt = -Infinity;

  async function begin() {
    await lead();
    leads = true;
  }

  if (alone) begin();
  else {
    navigator.locks.request(lock, async () => {
      await begin();
      await new Promise(() => {}); // held until the worker ends
    });
    channel.onmessage = ({ data }) => {
      if (data.message && !leads) show(data.message);
      if (!leads || data.message) return;
      heardAt = clock();
      if (data.hello) everything();
      else obey(data.name, data.value);
    };
    channel.postMessage({ hello: true });
  }

  return {
    publish(message) {
      show(message);
      if (clock() - heardAt < heardFor) channel.postMessage({ message });
    },
    command(name, value) {
      if (leads) obey(name, value);
      else channel?.postMessage({ name, value });
    },
  };
}
