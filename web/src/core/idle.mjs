// Notices that nobody is there: no key or pointer for a while, the tab hidden for long, or the machine asleep.
// SPDX-License-Identifier: Apache-2.0

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
const tick = 1000; // milliseconds

export function createIdleWatch(onIdle) {
  const watch = { after: 10 * 60_000 };
  let last = Date.now();
  let timer;
  const alive = () => (last = Date.now());
  // A clock that jumped says that the machine slept; then as well nobody was here.
  const look = () => Date.now() - last >= watch.after && onIdle();

  watch.watch = (on) => {
    clearInterval(timer);
    for (const sign of signs) {
      if (on) window.addEventListener(sign, alive, { passive: true });
      else window.removeEventListener(sign, alive);
    }
    document[on ? 'addEventListener' : 'removeEventListener']('visibilitychange', look);
    if (!on) return;
    alive();
    timer = setInterval(look, tick);
  };
  return watch;
}
