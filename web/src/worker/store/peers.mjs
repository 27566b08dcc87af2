// One tab polls for all: the holder of the lock reads and broadcasts. When it closes, another one takes over with the
// state in the vault.
// SPDX-License-Identifier: Apache-2.0

const lock = 'peaqos-store';
const heardFor = 60_000; // milliseconds after a follower's last message

/**
 * `lead()` is called once this tab is the one that polls, at once if `alone` (a visitor shares nothing);
 * `show(message)` posts a message of the store to this tab's page; `obey(name, value)` runs a command on the store; `everything()`
 * publishes its whole state.
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
