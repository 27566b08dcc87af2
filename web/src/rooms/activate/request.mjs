// The fields of an activation as a request of the core, or as problems at the fields. What goes to a DID stays there for
// all to read, so URLs are checked before anything is paid.
// SPDX-License-Identifier: Apache-2.0
import { isReal } from '../../format/chains.mjs';
import { activateWords as words, wordsOfGeneration } from '../../words/activate.mjs';

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

const usual = [
  { name: 'docUrl', required: true },
  { name: 'dataApi', required: true },
  { name: 'visibility', required: false },
];

// Readers of the fields, by the names that the core has for them: each gives { value } or { problem }.
const documents = (fields, name, what) => (required) => {
  const given = fields[name].trim();
  if (given === '' && !required) return {};
  if (fields.didDocument) return { problem: words.documentAndUrls };
  const { url: value, problem, warning } = readUrl(given, what);
  return { value, problem, warning };
};
const readers = (fields) => ({
  docUrl: documents(fields, 'docUrl', 'documentation'),
  dataApi: documents(fields, 'dataApi', 'data API'),
  visibility: () =>
    fields.visibility && fields.didDocument
      ? { problem: words.documentAndUrls }
      : { value: fields.visibility || undefined },
  machineType() {
    const type = fields.machineType ?? '';
    if (type.trim() === '') return { problem: words.machineTypeMissing };
    return type === type.trim() ? { value: type } : { problem: words.machineTypeBlanks };
  },
  credentialSubjectHex() {
    const subject = (fields.credentialSubjectHex ?? '').trim();
    if (subject === '') return {};
    return /^0x([0-9a-f]{2})+$/i.test(subject) ? { value: subject } : { problem: words.subjectBad };
  },
  tier: () => ({ value: fields.tier || undefined }),
  didDocument() {
    if (!fields.didDocument) return {};
    try {
      const document = JSON.parse(fields.didDocument);
      return document && typeof document === 'object' ? { value: fields.didDocument } : { problem: words.documentBad };
    } catch {
      return { problem: words.documentBad };
    }
  },
});

/**
 * { request, warnings: [sentence] } for activate, or { problems: { field: sentence } }. `key` is the machine's, in proxy
 * mode; `wanted` are the fields that activationTerms tells, and `generation` the one it is about.
 */
export function readActivation(fields, { proxy, key, chainId, wanted = usual, generation = 1 }) {
  const read = readers(fields);
  const found = wanted
    .filter(({ name }) => name in read)
    .map(({ name, required }) => ({ name, ...read[name](required) }));
  const address = fields.machine.trim();
  const problems = {
    machine: proxy && !/^0x[0-9a-f]{40}$/i.test(address) && 'Enter the machine’s address: 0x and 40 hexadecimal digits',
    key: proxy && !key && wordsOfGeneration(generation).keyNeeded,
    ...Object.fromEntries(found.map(({ name, problem }) => [name, problem])),
  };
  if (Object.values(problems).some(Boolean)) return { problems };
  const warnings = isReal(chainId) ? found.flatMap(({ warning }) => warning ?? []) : [];
  return {
    warnings: [...new Set(warnings)],
    request: {
      ...Object.fromEntries(found.map(({ name, value }) => [name, value])),
      ...(proxy && { for: address, machineKey: new TextEncoder().encode(key) }),
    },
  };
}
