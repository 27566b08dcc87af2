// The attempts that one sheet makes at an operation, one after the other. Each has its own signal; when the sheet is
// closed, the open question is answered with null and the operation ends.
// SPDX-License-Identifier: Apache-2.0

export function attempts() {
  let current; // { controller, resolve of the open question, show }
  let over = false;

  function settle(value) {
    const resolve = current?.resolve;
    if (!resolve) return;
    current.resolve = undefined;
    current.show(undefined);
    resolve(value);
  }

  function give() {
    settle(null);
    current?.controller.abort();
  }

  return {
    /** `show(question)` draws a question, or none. Returns { signal, ask(question) }; an attempt before it is ended. */
    begin(show) {
      give();
      const own = (current = { controller: new AbortController(), show });
      if (over) own.controller.abort();
      return {
        signal: own.controller.signal,
        ask(question) {
          if (over || own !== current) return Promise.resolve(null);
          settle(null);
          return new Promise((resolve) => {
            own.resolve = resolve;
            show(question);
          });
        },
      };
    },
    /** Answers the open question. */
    answer: settle,
    /** The sheet was closed. */
    end() {
      over = true;
      if (current) current.show = () => {};
      give();
    },
  };
}
