// The columns that a fleet's table can show, and which of them this browser shows.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { decimal } from '../../format/amount.mjs';
import { subscribedId } from '../../format/did.mjs';
import { shorten } from '../../format/shorten.mjs';
import { chip, rating, status } from '../../parts/parts.mjs';
import { html } from '../../parts/part.mjs';
import { sparkline } from '../../parts/sparkline.mjs';
import '../../parts/time.mjs';
import { attention, toneOfAttention } from '../../store/attention.mjs';
import { ratings } from '../../store/rules.mjs';
import { scoreChange } from '../../store/score_history.mjs';
import { store } from '../../store/store.mjs';
import { daysLeft, pauseWords, statusOf } from '../../store/subscription.mjs';

const stored = 'peaqos-fleet-columns';
const usual = ['machine', 'did', 'rating', 'score', 'change', 'bond', 'updated', 'days', 'attention'];

const bone = html`<span class="bone" role="img" aria-label="Loading"></span>`;
const unknown = html`<span class="faint" title="The rating service did not tell">–</span>`;

// A cell of what only a machine's own rating tells, or only its profile.
const told = (row, tell) => (row.details ? tell(row.details) : row.unknown ? unknown : bone);

// A cell of what only the chain tells, of machines with a subscription.
const ofChain = (row, tell) =>
  row.chain ? tell(row.chain) : subscribedId(row.did) && row.chainAt === undefined ? bone : '';

function daysCell(chain) {
  const days = daysLeft(chain, Date.now() / 1000);
  const until = days === undefined ? '' : `Paid until ${new Date(chain.ends * 1000).toISOString().slice(0, 10)}`;
  return html`<span title=${until}>${days ?? '–'}</span>`;
}

function changeCell(row) {
  const change = scoreChange(row, Date.now());
  if (!change) return '';
  const tone = change.by > 0 ? 'good' : change.by < 0 ? 'bad' : '';
  const by = change.by > 0 ? `+${change.by}` : change.by < 0 ? `−${-change.by}` : '±0';
  const title = `${change.from} on ${new Date(change.since).toISOString().slice(0, 10)}, ${row.mcr_score} now`;
  return html`<span class="score-change" title=${title}
    >${sparkline(row.scores, Date.now())} <span class="status" data-tone=${tone}>${by}</span></span
  >`;
}

const tinted = 1500; // milliseconds for which a figure that changed is marked
const mark = (row, content) =>
  Date.now() - (row.changedAt ?? -Infinity) < tinted ? html`<span class="changed">${content}</span>` : content;

const bonds = { bonded: ['good', 'Bonded'], unbonded: ['bad', 'Not bonded'] };
const trends = { up: ['good', '↗ Up'], down: ['bad', '↘ Down'], stable: ['', '→ Stable'] };

// "Machine 9" comes before "Machine 10".
const inOrder = (name) => name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));

/** Columns with `ofSubscribed` say nothing of a fleet without such machines. */
export const allColumns = () => {
  const why = (row) => attention(row, store.rules.rules, Date.now() / 1000);
  const own = (name) => (row) => row.details?.[name];
  return [
    {
      name: 'machine',
      label: 'Machine',
      sort: (row) => inOrder(labels.nameOfRow(row)),
      cell: (row) => html`<span class="machine-name"><span class="truncate">${labels.nameOfRow(row)}</span></span>`,
    },
    {
      name: 'id',
      label: 'Machine ID',
      width: 7,
      number: true,
      sort: (row) => row.machine_id,
      cell: (row) => html`<span class="mono" title=${row.machine_id}>${shorten(String(row.machine_id))}</span>`,
    },
    {
      name: 'place',
      label: 'Place',
      width: 8,
      sort: (row) => labels.of(row.did).place,
      cell: (row) => html`<span class="truncate">${labels.of(row.did).place}</span>`,
    },
    {
      name: 'tags',
      label: 'Tags',
      width: 9,
      sort: (row) => labels.of(row.did).tags?.join(' '),
      cell: (row) => (labels.of(row.did).tags ?? []).map((tag) => chip(tag)),
    },
    {
      name: 'did',
      label: 'DID',
      width: 8.5,
      sort: (row) => row.did,
      cell: (row) =>
        html`<code class="mono soft" title=${row.did}>${shorten(row.did.replace(/^did:peaq:/, ''))}</code>`,
    },
    {
      name: 'rating',
      label: 'Rating',
      width: 7.5,
      sort: (row) => ratings.indexOf(row.mcr),
      cell: (row) => mark(row, rating(row.mcr)),
    },
    {
      name: 'score',
      label: 'Score',
      width: 4.25,
      number: true,
      sort: (row) => row.mcr_score,
      cell: (row) => mark(row, row.mcr_score),
    },
    {
      name: 'change',
      label: 'Score change',
      width: 7.5,
      sort: (row) => scoreChange(row, Date.now())?.by,
      cell: changeCell,
    },
    {
      name: 'bond',
      label: 'Bond',
      width: 7.5,
      sort: own('bond'),
      late: true,
      cell: (row) => told(row, ({ bond }) => mark(row, status(...(bonds[bond] ?? ['', bond])))),
    },
    {
      name: 'events',
      label: 'Events',
      width: 5,
      number: true,
      sort: own('events'),
      late: true,
      cell: (row) => told(row, ({ events }) => events),
    },
    {
      name: 'trend',
      label: 'Revenue trend',
      width: 9,
      sort: own('trend'),
      late: true,
      cell: (row) =>
        told(row, ({ trend }) => {
          const [tone, word] = trends[trend] ?? ['', 'Too few events'];
          return html`<span class="status" data-tone=${tone}>${word}</span>`;
        }),
    },
    {
      name: 'revenue',
      label: 'Revenue',
      width: 8.5,
      number: true,
      sort: own('revenue'),
      late: true,
      cell: (row) => told(row, ({ revenue }) => `USD ${decimal(Math.round(revenue * 100), 2)}`),
    },
    {
      name: 'subscription',
      label: 'Subscription',
      width: 9,
      sort: (row) => row.chain?.status,
      late: true,
      ofSubscribed: true,
      cell: (row) =>
        ofChain(row, (chain) => html`${status(...statusOf(chain))} <span class="faint">${chain.tier}</span>`),
    },
    {
      name: 'days',
      label: 'Days left',
      width: 5.25,
      number: true,
      sort: (row) => row.chain && daysLeft(row.chain, Date.now() / 1000),
      late: true,
      ofSubscribed: true,
      cell: (row) => ofChain(row, (chain) => daysCell(chain)),
    },
    {
      name: 'paused',
      label: 'Paused',
      width: 9,
      sort: (row) => row.chain && pauseWords(row.chain.paused),
      late: true,
      ofSubscribed: true,
      cell: (row) => ofChain(row, ({ paused }) => (paused.length > 0 ? status('warn', pauseWords(paused)) : '')),
    },
    {
      name: 'updated',
      label: 'Last event',
      width: 8,
      sort: own('updated'),
      late: true,
      cell: (row) =>
        told(row, ({ updated }) => html`<pq-time .at=${updated === null ? null : updated * 1000}></pq-time>`),
    },
    {
      name: 'visibility',
      label: 'Data',
      width: 6,
      sort: own('visibility'),
      late: true,
      cell: (row) => told(row, ({ visibility }) => visibility ?? unknown),
    },
    {
      name: 'attention',
      label: 'Attention',
      width: 8,
      sort: why,
      late: true,
      cell: (row) => {
        const reason = why(row);
        return reason ? status(toneOfAttention(reason), reason) : '';
      },
    },
  ];
};

/** Pixels of a row as a card: a machine in two lines, for a phone. */
export const cardHeight = 60;

export const cardColumn = () => ({
  name: 'card',
  label: 'Machine, rating, last event, attention',
  cell(row) {
    const why = attention(row, store.rules.rules, Date.now() / 1000);
    const { updated } = row.details ?? {};
    return html`<span class="machine-card">
      <span class="row apart nowrap"
        ><strong class="truncate">${labels.nameOfRow(row)}</strong> ${mark(row, rating(row.mcr))}</span
      >
      <span class="row apart nowrap small faint">
        <span class="truncate"
          >${labels.of(row.did).place ?? ''} ${updated ? html`<pq-time .at=${updated * 1000}></pq-time>` : ''}</span
        >
        ${why ? status(toneOfAttention(why), why) : ''}
      </span>
    </span>`;
  },
});

export function shownColumns() {
  try {
    const names = JSON.parse(localStorage.getItem(stored));
    return Array.isArray(names) && names.length > 0 ? names : usual;
  } catch {
    return usual;
  }
}

export const showColumns = (names) => localStorage.setItem(stored, JSON.stringify(names));
