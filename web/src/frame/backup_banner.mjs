// On every page, once wallets have waited for a backup for days.
// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from '../parts/part.mjs';
import { notice } from '../parts/parts.mjs';
import { hrefTo } from './router.mjs';

export function backupBanner(backup) {
  const { wallets, days, level } = backup.reminder;
  if (level !== 'banner') return nothing;
  const [first, ...others] = wallets;
  const who = others.length === 0 ? `${first.name} is` : `${first.name} and ${others.length} more are`;
  return notice(
    'warn',
    html`<strong>${who} not backed up, for ${days} days.</strong> If this browser’s data is cleared, the keys are lost.`,
    html`<a class="button" href=${hrefTo('wallets')}>Back up</a>
      <button type="button" class="button quiet" @click=${() => backup.later()}>Remind me tomorrow</button>`,
  );
}
