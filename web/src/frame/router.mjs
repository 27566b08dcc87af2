// Addresses: "#/room/part/part?name=value". Says `change` when another one is shown.
// SPDX-License-Identifier: Apache-2.0
import { rooms } from './rooms.mjs';

class Router extends EventTarget {
  constructor() {
    super();
    window.addEventListener('hashchange', () => this.#read());
    this.#read();
  }

  #read() {
    const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const [name, ...parts] = path.split('/').filter(Boolean).map(decode);
    this.room = rooms.find((room) => room.path === name) ?? rooms[0];
    this.parts = parts;
    this.query = new URLSearchParams(query);
    this.dispatchEvent(new Event('change'));
  }
}

const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export const router = new Router();

/** The address of a room: hrefTo('fleet', did), hrefTo('fleet', { rating: 'A' }). */
export function hrefTo(room, ...parts) {
  const query = parts.length > 0 && typeof parts.at(-1) === 'object' ? parts.pop() : {};
  const search = new URLSearchParams(query).toString();
  return `#/${[room, ...parts.map(encodeURIComponent)].join('/')}${search && `?${search}`}`;
}

export const go = (...address) => {
  location.hash = hrefTo(...address);
};
