// DIDs of machines: by an address, or by a decimal ID, whose machines have a subscription on the chain.
// SPDX-License-Identifier: Apache-2.0

const subscribed = /^did:peaq:(0|[1-9]\d{0,77})$/;
const byAddress = /^did:peaq:0x[0-9a-f]{40}$/i;

/** The ID of a machine that has a subscription, from its DID; undefined for other machines. */
export const subscribedId = (did = '') => subscribed.exec(did)?.[1];

export const isMachineDid = (text) => byAddress.test(text) || subscribed.test(text);
