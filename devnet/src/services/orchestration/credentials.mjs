// Credentials that agents pass on for a provider: checked, used, never kept in anything that is answered.
// SPDX-License-Identifier: Apache-2.0
import { members, text, texts } from './checks.mjs';
import { refuse } from './errors.mjs';

export const providerCredentials = members(
  {},
  {
    walrus: members({}, { publisherUrl: text, aggregatorUrl: text, publisherToken: text }),
    akash: members({}, { consoleApiKey: text, consoleBaseUrl: text, restEndpoints: texts }),
    worldId: members({}, { rpId: text, appId: text, verifyBaseUrl: text }),
    geodnet: members({}, { appId: text, appKey: text, baseUrl: text }),
    aethir: members({}, { ak: text, sk: text, baseUrl: text }),
  },
);

const missing = ({ credentials }, given) =>
  credentials?.members.filter((name) => !given?.[credentials.provider]?.[name]);

// How a service is integrated for who gives these credentials.
export const integrationOf = (service, given) =>
  service.credentials && missing(service, given).length === 0 ? 'native' : service.integrationStatus;

export function requireCredentials(service, given) {
  const names = missing(service, given);
  if (!names?.length) return;
  const { provider } = service.credentials;
  throw refuse('VALIDATION_ERROR', {
    message: `the service needs providerCredentials.${provider}`,
    details: { provider, missing: names },
  });
}
