// Addresses: "#/room/part/part?name=value". Says `change` when another one is shown.
// SPDX-License-Identifier: Apache-2.0
import { inner, lost, rooms } from './rooms.mjs';

// Reads the address itself, always: `hashchange` comes after it, and a room after that.
class Router extends EventTarget {
  constructor() {
    super();
    window.addEventListener('hashchange', () => this.dispatchEvent(new Event('change')));
  }

  get #split() {
    const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const [name, ...parts] = path.split('/').filter(Boolean).map(decode);
    return { name, parts, query };
  }

  get room() {
    const { name } = this.#split;
    return name === undefined ? rooms[0] : ([...rooms, ...inner].find((room) => room.path === name) ?? lost);
  }

  get parts() {
    return this.#split.parts;
  }

  get query() {
    return new URLSearchParams(this.#split.query);
  }

  /** Does the address name this room? One that is still drawn may have been left already. */
  at(path) {
    return this.room.path === path;
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
