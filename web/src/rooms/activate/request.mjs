// The fields of an activation as a request of the core, or as problems at the fields. What goes to a DID stays there for
// all to read, so URLs are checked before anything is paid.
// SPDX-License-Identifier: Apache-2.0
import { isReal } from '../../format/chains.mjs';

const local = /^(localhost|.*\.local|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[::1\]|\[f[cd].*)$/i;

/** { url } of a web address, or { problem }; `warning` when others cannot reach it. */
export function readUrl(text, what) {
  const given = text.trim();
  if (given === '') return { problem: `Enter the ${what} URL` };
  const url = /^https?:\/\//i.test(given) && URL.canParse(given) ? new URL(given) : undefined;
  const named = url && (url.hostname.includes('.') || local.test(url.hostname));
  if (!named || /\s/.test(given))
    return { problem: 'That does not look like a web address, such as https://example.com/docs' };
  const warning = local.test(url.hostname) ? `${url.host} can only be reached from this network.` : undefined;
  return { url: given, warning };
}

/** { request, warnings: [sentence] } for activate, or { problems: { field: sentence } }. `key` is the machine's, in proxy mode. */
export function readActivation({ docUrl, dataApi, visibility, machine }, { proxy, key, chainId }) {
  const urls = { docUrl: readUrl(docUrl, 'documentation'), dataApi: readUrl(dataApi, 'data API') };
  const address = machine.trim();
  const problems = {
    machine: proxy && !/^0x[0-9a-f]{40}$/i.test(address) && 'Enter the machine’s address: 0x and 40 hexadecimal digits',
    key: proxy && !key && 'The machine signs its own DID, so its key is needed',
    docUrl: urls.docUrl.problem,
    dataApi: urls.dataApi.problem,
  };
  if (Object.values(problems).some(Boolean)) return { problems };
  const warnings = isReal(chainId) ? Object.values(urls).flatMap(({ warning }) => warning ?? []) : [];
  return {
    warnings: [...new Set(warnings)],
    request: {
      docUrl: urls.docUrl.url,
      dataApi: urls.dataApi.url,
      visibility: visibility || undefined,
      ...(proxy && { for: address, machineKey: new TextEncoder().encode(key) }),
    },
  };
}
