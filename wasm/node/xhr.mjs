// XMLHttpRequest as emscripten_fetch needs it, over node:http and node:https: asynchronous, binary answers, no redirects.
// Global fetch is never touched: loading it costs more than everything else at the start of a command.
// SPDX-License-Identifier: Apache-2.0
import { basic } from './basic.mjs';
import { codingsOf, decodeContent } from './content_coding.mjs';
import { failureOf } from './failure.mjs';

// Failures that mean that nothing of the request has left, which is not so for one that was sent before.
const nothingLeft = /^(NAME_NOT_RESOLVED|CONNECTION_REFUSED|TLS_FAILED|PROXY_FAILED)/;

const LARGEST_HEAD = 256 * 1024; // bytes of an answer's headers; Node's own limit is 16 KiB

// The path with its query as it is written: URL would spell some characters differently, and lose an empty query.
const pathOf = (url) => url.replace(/^[^/]*\/\/[^/?#]*|#.*$/g, '').replace(/^(?!\/)/, '/');

// Makes the class for one process. `readCertificates` returns the PEM text of the certificate authorities to trust, or
// undefined for Node's own; it is called when the first https request is made.
export function createXMLHttpRequest({ readCertificates = () => undefined } = {}) {
  const connect = createConnector(readCertificates);

  return class XMLHttpRequest {
    // Tells the module's transport that the pseudo headers ":replayable" and ":proxy" are understood here, and that an
    // answer has ":repeated" when its request was sent twice.
    static takesHints = true;

    readyState = 0;
    status = 0;
    statusText = '';
    response = null;
    responseType = '';
    responseURL = '';
    timeout = 0;
    withCredentials = false;
    #method;
    #url;
    #headers = {};
    #hints = {};
    #rawHeaders = '';
    #request;
    #tunnel;
    #deadline;
    #ended = false;
    #repeated = false;

    open(method, url) {
      this.#method = method;
      this.#url = url;
      this.#enter(1);
    }

    setRequestHeader(name, value) {
      if (name.startsWith(':')) this.#hints[name.slice(1)] = value;
      else this.#headers[name] = value;
    }

    getAllResponseHeaders() {
      return this.#repeated ? `:repeated: 1\r\n${this.#rawHeaders}` : this.#rawHeaders;
    }

    send(body) {
      if (this.timeout) this.#deadline = setTimeout(() => this.#fail('TIMEOUT'), this.timeout);
      // The view's memory may move while the request waits for its connection.
      const bytes = body ? Buffer.from(body) : undefined;
      this.#start(bytes, Boolean(this.#hints.replayable)).catch((error) => this.#fail(failureOf(error, this.#hints)));
    }

    abort() {
      this.#end();
      this.#drop();
    }

    async #start(body, mayRepeat) {
      const url = new URL(this.#url);
      const credentials = url.username ? { authorization: basic(url) } : {};
      url.username = url.password = '';
      const { request, options } = await connect(url, pathOf(this.#url), this.#hints.proxy, mayRepeat);
      if (this.#ended) return;
      const headers = { 'accept-encoding': 'identity', ...options.headers, ...credentials, ...this.#headers };
      if (body) headers['content-length'] = body.byteLength;
      const onTunnel = (tunnel) => (this.#tunnel = tunnel);
      const more = { method: this.#method, headers, maxHeaderSize: LARGEST_HEAD, onTunnel };
      const sent = (this.#request = request(url, { ...options, ...more }));
      sent.on('response', (answer) => this.#receive(answer));
      sent.on('error', (error) => {
        const handshaking = sent.socket?.secureConnecting;
        const failed = (problem) => this.#fail(failureOf(problem, { ...this.#hints, handshaking }));
        // A kept-alive connection that the server had closed meanwhile: once more, if nothing can change, on a new one,
        // since the other kept ones may be as dead.
        const stale = sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code) && this.status === 0;
        if (!mayRepeat || !stale || this.#ended) return failed(error);
        this.#repeated = true;
        this.#start(body, false).catch(failed);
      });
      sent.end(body);
    }

    #receive(answer) {
      this.status = answer.statusCode;
      this.statusText = answer.statusMessage;
      this.responseURL = this.#url;
      for (let i = 0; i < answer.rawHeaders.length; i += 2) {
        this.#rawHeaders += `${answer.rawHeaders[i].toLowerCase()}: ${answer.rawHeaders[i + 1]}\r\n`;
      }
      const codings = codingsOf(answer.headers['content-encoding'] ?? '');
      this.#enter(2);
      const parts = [];
      let loaded = 0;
      answer.on('data', (part) => {
        parts.push(part);
        loaded += part.length;
        if (!this.#ended) this.onprogress?.({ loaded, total: 0 });
      });
      answer.on('error', (error) => this.#fail(failureOf(error)));
      answer.on('end', () => {
        if (!answer.complete) return this.#fail('CONNECTION_RESET');
        const body = Buffer.concat(parts);
        parts.length = 0; // as below
        if (codings.length === 0 || body.length === 0) return this.#finish(body);
        decodeContent(body, codings).then(
          (decoded) => {
            this.#rawHeaders = this.#rawHeaders.replace(/^content-(encoding|length):.*\r\n/gm, '');
            this.#finish(decoded);
          },
          (error) => this.#fail(error.transport),
        );
      });
    }

    #finish(body) {
      this.response = body.buffer.slice(body.byteOffset, body.byteOffset + body.length);
      this.#end('onload', body.length);
      // The object outlives its exchange until V8's next full collection, which memory outside of its heap does not hasten.
      this.response = this.#request = null;
    }

    #fail(reason) {
      if (this.#ended) return;
      const words = this.#repeated && nothingLeft.test(reason) ? 'CONNECTION_RESET' : reason;
      this.status = 0;
      this.statusText = words.slice(0, 63); // emscripten_fetch_t has room for 63 characters
      this.response = null;
      this.#end('onerror');
      this.#drop();
    }

    // Closes the connection, or the one to the proxy that would have led to it.
    #drop() {
      this.#tunnel?.destroy();
      this.#request?.destroy();
    }

    #enter(state) {
      this.readyState = state;
      this.onreadystatechange?.({});
    }

    #end(handler, loaded = 0) {
      if (this.#ended) return;
      this.#ended = true;
      clearTimeout(this.#deadline);
      this.#enter(4);
      if (handler) this[handler]?.({ loaded, total: loaded });
    }
  };
}

// Returns (url, path, proxy, shared) -> {request, options} of node:http or node:https, each loaded when first needed.
// `shared` allows a connection that was used before, and keeps it; else the request gets one of its own.
function createConnector(readCertificates) {
  const agents = {};
  let tls;

  return async function connect(url, path, proxy, shared) {
    const secure = url.protocol === 'https:';
    const { default: module } = await (secure ? import('node:https') : import('node:http'));
    if (secure) tls ??= await trust(readCertificates);
    const { forwarded, TunnelAgent } = proxy ? await import('./proxy.mjs') : {};
    const settings = { keepAlive: shared, ...(secure ? tls : {}) };
    const create = () => (secure && proxy ? new TunnelAgent(proxy, settings) : new module.Agent(settings));
    const agent = shared ? (agents[`${url.protocol}${proxy}`] ??= create()) : create();
    const options = proxy && !secure ? forwarded(url, path, proxy) : { path };
    return { request: module.request, options: { ...options, agent } };
  };
}

// Options of node:tls with the certificate authorities to trust.
async function trust(readCertificates) {
  const { X509Certificate } = await import('node:crypto');
  try {
    const ca = readCertificates();
    if (ca === undefined) return {};
    new X509Certificate(ca); // node:tls would take a file without any, and trust nobody
    return { ca };
  } catch (cause) {
    throw Object.assign(new Error('SSL_CERT_FILE holds no certificates', { cause }), { code: 'CERT_FILE' });
  }
}
