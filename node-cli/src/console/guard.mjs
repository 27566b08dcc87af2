// Who may ask: only pages of our own origin, and only after they presented this start's token.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes, timingSafeEqual } from 'node:crypto';

const texts = {
  400: 'The request is malformed.',
  401: 'Open an address that this run of peaqos console printed; each lets one browser in.',
  403: 'Only the console itself may ask.',
  421: 'The console is at http://localhost, with its own port.',
};

const equal = (a, b) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export function createGuard({ port }) {
  const host = port === 80 ? 'localhost' : `localhost:${port}`;
  // Cookies are shared by all ports of a host.
  const name = `peaqos-console-${port}`;
  const secret = randomBytes(32).toString('hex');
  let token; // what lets the next browser in; undefined once it did

  return {
    /** The status that refuses a request, or undefined. A name that resolves to loopback must not get in (rebinding). */
    check({ method, headers }) {
      if (headers.host !== host) return 421;
      const { origin } = headers;
      if (method === 'POST' ? origin !== `http://${host}` : origin !== undefined && origin !== `http://${host}`)
        return 403;
      return undefined;
    },

    /** Whether the request carries this start's cookie. */
    knows: ({ headers }) =>
      (headers.cookie ?? '').split(';').some((pair) => {
        const [key, value = ''] = pair.trim().split('=');
        return key === name && equal(value, secret);
      }),

    /** A token for one browser; one given before is void. */
    expect(given) {
      token = given;
    },

    /** Exchanges the token for the cookie, once; a page that has the cookie is told so. */
    admit(body, request, response) {
      const given = JSON.parse(body).token;
      if (token !== undefined && typeof given === 'string' && equal(given, token)) {
        token = undefined;
        response.setHeader('set-cookie', `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`);
        return response.writeHead(204).end();
      }
      return this.knows(request) ? response.writeHead(204).end() : this.refuse(response, 401);
    },

    refuse: (response, status) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${texts[status]}\n`),
  };
}
