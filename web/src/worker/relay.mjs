// The module's XMLHttpRequest when `peaqos console` serves the page: every request goes to its relay, which makes it with
// the transport of the peaqos command, so that failures are told as the command tells them.
// SPDX-License-Identifier: Apache-2.0

export class RelayedRequest extends XMLHttpRequest {
  // ":replayable", ":proxy" and ":repeated" are understood: see wasm/src/fetch_transport.cpp. That the browser repeats a
  // request to the relay changes nothing: the relay answers each that it has passed on, unless the command ends.
  static takesHints = true;

  open(method, url) {
    super.open('POST', new URL('/relay', self.location.origin));
    super.setRequestHeader('peaqos-method', method);
    super.setRequestHeader('peaqos-target', encodeURI(url));
  }

  setRequestHeader(name, value) {
    if (name === ':replayable') super.setRequestHeader('peaqos-replayable', value);
    else if (!name.startsWith(':')) super.setRequestHeader(name, value);
  }

  getAllResponseHeaders() {
    return super.getAllResponseHeaders().replace(/^peaqos-repeated:/m, ':repeated:');
  }

  get #failure() {
    return this.readyState >= 2 ? this.getResponseHeader('peaqos-failure') : null;
  }

  get status() {
    return this.#failure === null ? super.status : 0;
  }

  get statusText() {
    return this.#failure ?? super.statusText;
  }
}
