// XMLHttpRequest as emscripten_fetch needs it, over node:http and node:https: asynchronous, binary answers, no redirects.
// Global fetch is never touched: loading it costs more than everything else at the start of a command.
// SPDX-License-Identifier: Apache-2.0
import { failureOf } from './failure.mjs';

// Makes the class for one process. `readCertificates` returns the PEM text of the certificate authorities to trust, or
// undefined for Node's own; it is called when the first https request is made.
export function createXMLHttpRequest({ readCertificates = () => undefined } = {}) {
  const connect = createConnector(readCertificates);

  return class XMLHttpRequest {
    // Tells the module's transport that the pseudo headers ":replayable" and ":proxy" are understood here.
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
    #deadline;
    #ended = false;

    open(method, url) {
      this.#method = method;
      this.#url = new URL(url);
      this.#enter(1);
    }

    setRequestHeader(name, value) {
      if (name.startsWith(':')) this.#hints[name.slice(1)] = value;
      else this.#headers[name] = value;
    }

    getAllResponseHeaders() {
      return this.#rawHeaders;
    }

    send(body) {
      if (this.timeout) this.#deadline = setTimeout(() => this.#fail('TIMEOUT'), this.timeout);
      // The view's memory may move while the request waits for its connection.
      const bytes = body ? Buffer.from(body) : undefined;
      this.#start(bytes, Boolean(this.#hints.replayable)).catch((error) =>
        this.#fail(failureOf(error, this.#hints.proxy)),
      );
    }

    abort() {
      this.#end();
      this.#request?.destroy();
    }

    async #start(body, mayRepeat) {
      const { request, options } = await connect(this.#url, this.#hints.proxy, Boolean(this.#hints.replayable));
      if (this.#ended) return;
      const headers = { ...options.headers, ...this.#headers };
      if (body) headers['content-length'] = body.byteLength;
      const sent = (this.#request = request({ ...options, method: this.#method, headers }));
      sent.on('response', (answer) => this.#receive(answer));
      sent.on('error', (error) => {
        // A kept-alive connection that the server had closed meanwhile: once more on a new one, if nothing can change.
        if (mayRepeat && sent.reusedSocket && error.code === 'ECONNRESET' && !this.#ended && this.status === 0) {
          this.#start(body, false).catch((again) => this.#fail(failureOf(again, this.#hints.proxy)));
        } else {
          this.#fail(failureOf(error, this.#hints.proxy));
        }
      });
      sent.end(body);
    }

    #receive(answer) {
      this.status = answer.statusCode;
      this.statusText = answer.statusMessage;
      this.responseURL = this.#url.href;
      for (let i = 0; i < answer.rawHeaders.length; i += 2) {
        this.#rawHeaders += `${answer.rawHeaders[i].toLowerCase()}: ${answer.rawHeaders[i + 1]}\r\n`;
      }
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
        const whole = Buffer.concat(parts);
        this.response = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length);
        this.#end('onload', loaded);
      });
    }

    #fail(words) {
      if (this.#ended) return;
      this.status = 0;
      this.statusText = words.slice(0, 63); // emscripten_fetch_t has room for 63 characters
      this.response = null;
      this.#end('onerror');
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

// Returns (url, proxy, replayable) -> {request, options} of node:http or node:https, each loaded when first needed.
function createConnector(readCertificates) {
  const agents = {};
  let ca;

  return async function connect(url, proxy, replayable) {
    const secure = url.protocol === 'https:';
    const { default: module } = await (secure ? import('node:https') : import('node:http'));
    if (secure) ca ??= readCertificates();
    const tls = secure && ca ? { ca } : {};
    const keepAlive = replayable;
    if (!proxy) {
      // A changing request gets a connection of its own.
      const agent = replayable
        ? (agents[url.protocol] ??= new module.Agent({ keepAlive: true, ...tls }))
        : new module.Agent(tls);
      return { request: (options) => module.request(url, options), options: { agent } };
    }
    const { forwarded, TunnelAgent } = await import('./proxy.mjs');
    if (!secure)
      return {
        request: (options) => module.request(options),
        options: forwarded(url, new URL(proxy), new module.Agent({ keepAlive })),
      };
    const agent = replayable
      ? (agents[proxy] ??= new TunnelAgent(proxy, { keepAlive, ...tls }))
      : new TunnelAgent(proxy, tls);
    return { request: (options) => module.request(url, options), options: { agent } };
  };
}
