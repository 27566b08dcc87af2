// Form for the watch rules and the refresh interval, which are kept in the vault.
// SPDX-License-Identifier: Apache-2.0
import { field } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { ratings, weiOf } from '../store/rules.mjs';
import { store } from '../store/store.mjs';
import { notifications, setNotifications } from './notify.mjs';

const quietChoices = [
  ['rhythm', '3 times its usual interval'],
  ['1', '1 hour'],
  ['6', '6 hours'],
  ['24', '1 day'],
  ['72', '3 days'],
  ['168', '7 days'],
  ['720', '30 days'],
  ['off', 'Off'],
];
const pairingChoices = [
  ['1', '1 hour'],
  ['24', '1 day'],
  ['72', '3 days'],
  ['off', 'Off'],
];
const subscriptionChoices = [
  ['7', '7 days'],
  ['14', '14 days'],
  ['30', '30 days'],
  ['60', '60 days'],
  ['off', 'Off'],
];
const everyChoices = [
  ['30000', '30 s'],
  ['120000', '2 min'],
  ['0', 'Off'],
];
const rated = ratings.slice(0, -2); // NR and Provisioned have nothing below them

/** <pq-watch-rules> */
export class WatchRules extends Part {
  static properties = { refusal: { state: true } };

  constructor() {
    super();
    this.watch(store);
  }

  #change(changes) {
    store.setRules({ rules: { ...store.rules.rules, ...changes } });
  }

  #select(id, label, choices, value, change) {
    return field({
      id,
      label,
      control: () =>
        html`<select class="select" id=${id} @change=${(event) => change(event.target.value)}>
          ${choices.map(([name, text]) => html`<option value=${name} ?selected=${name === value}>${text}</option>`)}
        </select>`,
    });
  }

  #balance(text) {
    const off = text.trim() === '';
    this.refusal =
      off || weiOf(text) !== undefined ? undefined : 'Enter an amount of PEAQ such as 0.5, or leave it empty';
    if (!this.refusal) this.#change({ balance: off ? null : { below: text.trim() } });
  }

  render() {
    const { rules, every } = store.rules;
    const quiet = rules.quiet ? String(rules.quiet.hours ?? 'rhythm') : 'off';
    const hours = (value) => (value === 'off' ? null : { hours: value === 'rhythm' ? null : Number(value) });
    return html`<div class="stack watch-rules">
      ${this.#select('watch-quiet', 'A machine is quiet after', quietChoices, quiet, (value) =>
        this.#change({ quiet: hours(value) }),
      )}
      ${this.#select(
        'watch-rating',
        'Tell me when a machine is rated below',
        [['off', 'Off'], ...rated.map((name) => [name, name])],
        rules.rating?.below ?? 'off',
        (value) => this.#change({ rating: value === 'off' ? null : { below: value } }),
      )}
      ${field({
        id: 'watch-balance',
        label: 'Tell me when the wallet holds less than (PEAQ)',
        error: this.refusal,
        control: ({ id, describedby, invalid }) =>
          html`<input
            class="input"
            id=${id}
            inputmode="decimal"
            placeholder="Off"
            autocomplete="off"
            aria-describedby=${describedby}
            aria-invalid=${invalid}
            .value=${rules.balance?.below ?? ''}
            @change=${(event) => this.#balance(event.target.value)}
          />`,
      })}
      ${this.#select(
        'watch-pairing',
        'Tell me before a pairing ends',
        pairingChoices,
        String(rules.pairing?.hours ?? 'off'),
        (value) => this.#change({ pairing: hours(value) }),
      )}
      ${this.#select(
        'watch-subscription',
        'Tell me before a subscription ends',
        subscriptionChoices,
        String(rules.subscription?.days ?? 'off'),
        (value) => this.#change({ subscription: value === 'off' ? null : { days: Number(value) } }),
      )}
      ${this.#select('watch-every', 'Read everything again every', everyChoices, String(every), (value) =>
        store.setRules({ every: Number(value) }),
      )}
      ${this.#notifications()}
    </div>`;
  }

  #notifications() {
    const state = notifications();
    if (state === 'impossible') return nothing;
    if (state === 'blocked')
      return html`<p class="faint small">
        This browser blocks notifications from the console. Allow them in its site settings.
      </p>`;
    const change = async (event) => {
      await setNotifications(event.target.checked);
      this.requestUpdate();
    };
    return html`<label class="check">
      <input type="checkbox" .checked=${state === 'on'} @change=${change} />
      Notify me on this device while the console is in the background
    </label>`;
  }
}
define('pq-watch-rules', WatchRules);
