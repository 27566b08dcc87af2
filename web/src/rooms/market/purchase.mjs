// Market: an order from its creation to its execution, in one sheet: what will be paid is shown before it is.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { icon } from '../../parts/icon.mjs';
import { failure, notice, status } from '../../parts/parts.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { openSheet } from '../../parts/sheet.mjs';
import { transaction } from '../../parts/transaction.mjs';
import '../../parts/value.mjs';
import { price } from './words.mjs';

const titles = {
  order_creation: 'Order placed',
  payment_intent: 'Payment agreed',
  payment_transfer: 'Money sent',
  payment_proof: 'Payment shown to the market',
  escrow_lock: 'Money locked in escrow',
  order_execution: 'Service run',
};

const paidSteps = ['payment_proof', 'escrow_lock', 'order_execution'];

/** `request` are the members of placeOrder. Resolves to {orderId} once there is an order, else undefined. */
export function purchase({ title, request }) {
  const view = {
    steps: [],
    question: undefined,
    done: undefined,
    error: undefined,
    orderId: undefined,
    txHash: undefined,
  };
  const cancel = new AbortController();
  let started = false;
  const sheet = openSheet({
    title,
    content({ close, update }) {
      if (!started) {
        started = true;
        run(request, view, cancel.signal, update);
      }
      return draw(view, { request, close, update });
    },
  });
  return sheet.then(() => {
    cancel.abort();
    return view.orderId || view.done ? { orderId: view.orderId } : undefined;
  });
}

async function run(request, view, signal, update) {
  Object.assign(view, { steps: [], error: undefined, done: undefined, question: undefined });
  try {
    const done = await session.call('placeOrder', request, {
      signal,
      progress: (event) => {
        note(view, event);
        update();
      },
      question: (question) => askHere(question, view, update),
    });
    view.done = done ?? 'declined';
    view.orderId = done?.order.id ?? view.orderId;
  } catch (error) {
    view.error = error;
  }
  view.question = undefined;
  update();
}

const own = ['confirm_order', 'approve', 'payment_hash'];

async function askHere(question, view, update) {
  if (!own.includes(question.name)) return (await import('../../frame/questions.mjs')).askPerson(question);
  return new Promise((resolve) => {
    view.orderId = question.order_id ?? view.orderId;
    view.question = { ...question, resolve };
    update();
  });
}

function note(view, event) {
  if (event.order_id) view.orderId = event.order_id;
  if (event.tx_hash) view.txHash = event.tx_hash;
  if (event.state === 'started' && titles[event.name])
    view.steps.push({ name: event.name, of: event.steps, step: event.step });
}

function track({ steps, done, error }) {
  return html`<ol class="track">
    ${steps.map(({ name }, at) => {
      const last = at === steps.length - 1 && !done;
      return html`<li>${last ? status(error ? 'bad' : 'busy', titles[name]) : status('good', titles[name])}</li>`;
    })}
  </ol>`;
}

function answer(view, value, update) {
  const { resolve } = view.question;
  view.question = undefined;
  update();
  resolve(value);
}

function terms(due) {
  return html`<dl class="facts">
    <dt>Amount</dt>
    <dd class="large"><strong>${price(due.amount, due.currency)}</strong></dd>
    ${
      due.exact
        ? html`<dt>Transfer</dt>
            <dd class="mono">${due.exact} ${due.token ?? ''}</dd>`
        : nothing
    }
    <dt>To${due.escrow ? ' (escrow)' : ''}</dt>
    <dd>${due.recipient ? html`<pq-value .text=${due.recipient} label="recipient" wide></pq-value>` : '—'}</dd>
    <dt>From</dt>
    <dd>${due.payer ? html`<pq-value .text=${due.payer} label="payer" wide></pq-value>` : '—'}</dd>
    <dt>Chain</dt>
    <dd class="mono">${due.chain ?? '—'}</dd>
    ${
      due.token_address
        ? html`<dt>Token</dt>
            <dd><pq-value .text=${due.token_address} label="token contract" wide></pq-value></dd>`
        : nothing
    }
    ${
      due.balance
        ? html`<dt>Balance</dt>
            <dd class="mono">${due.balance} → ${due.balance_after} ${due.token ?? ''}</dd>`
        : nothing
    }
  </dl>`;
}

function confirmation(view, update) {
  const { payment } = view.question;
  const byWallet = payment?.by === 'wallet';
  return html`<div class="stack">
    <h3>${payment ? 'Payment' : 'Nothing to pay'}</h3>
    ${payment ? terms(payment) : html`<p class="soft">The service costs nothing; it runs when you go on.</p>`}
    ${
      payment?.escrow
        ? html`<p class="soft">The money waits in the escrow until you confirm the delivery; a dispute freezes it.</p>`
        : nothing
    }
    ${payment && !byWallet ? notice('warn', 'No wallet here can pay this. Pay it yourself, then give the transaction’s hash.') : nothing}
    <div class="actions">
      <button type="button" class="button primary" @click=${() => answer(view, 'y', update)}>
        ${icon('check')}
        ${payment ? (byWallet ? `Pay ${price(payment.amount, payment.currency)}` : 'I will pay') : 'Run it'}
      </button>
      <button type="button" class="button quiet" @click=${() => answer(view, 'n', update)}>Not now</button>
    </div>
  </div>`;
}

function approval(view, update) {
  return html`<div class="stack">
    <h3>The transaction</h3>
    ${transaction(view.question)}
    <div class="actions">
      <button type="button" class="button primary" @click=${() => answer(view, 'yes', update)}>Sign and send</button>
      <button type="button" class="button quiet" @click=${() => answer(view, null, update)}>Do not sign</button>
    </div>
  </div>`;
}

function hashForm(view, update) {
  return html`<form
    class="stack"
    @submit=${(event) => {
      event.preventDefault();
      answer(view, new FormData(event.target).get('hash').trim(), update);
    }}
  >
    <div class="field">
      <label for="payment-hash">${view.question.text}</label>
      <input class="input mono" id="payment-hash" name="hash" placeholder="0x…" autocomplete="off" spellcheck="false" />
    </div>
    <div class="actions"><button class="button primary">Continue</button></div>
  </form>`;
}

function questionOf(view, update) {
  if (!view.question) return nothing;
  if (view.question.name === 'confirm_order') return confirmation(view, update);
  if (view.question.name === 'approve') return approval(view, update);
  return hashForm(view, update);
}

function ending(view, { request, close, update }) {
  const { error, done, steps, txHash } = view;
  if (error) {
    const moved = txHash || steps.some(({ name }) => paidSteps.includes(name));
    const paying = steps.at(-1)?.name === 'payment_transfer';
    const money = moved
      ? 'A payment was sent. Going on never sends it twice.'
      : paying
        ? 'It is not certain whether money moved. Going on looks first, and never pays twice.'
        : 'No money moved.';
    return failure(error, {
      money,
      actions: html`<button type="button" class="button" @click=${() => run(request, view, undefined, update)}>
          Go on
        </button>
        <button type="button" class="button quiet" @click=${() => close()}>Close</button>`,
    });
  }
  if (done === 'declined')
    return html`${notice('', 'The order stays open, and no money moved. You can finish it from the list of orders.')}
      <div class="actions"><button type="button" class="button" @click=${() => close()}>Close</button></div>`;
  if (!done) return nothing;
  return html`${delivery(done)}
    <div class="actions">
      <button type="button" class="button primary" @click=${() => close()}>See the order</button>
    </div>`;
}

function delivery({ order, execution }) {
  const handoff = execution?.handoff ?? order.handoff;
  if (handoff)
    return notice(
      'good',
      html`The provider goes on: <strong>${handoff.label}</strong><br /><code class="mono">${handoff.url}</code>`,
    );
  const outcome = execution?.outcome;
  if (!outcome) return notice('good', 'The order had been run before.');
  if (outcome.status === 'failed')
    return notice('warn', `The service ran and failed: ${outcome.error_message ?? 'it does not say why'}.`);
  return html`${notice('good', 'The service was delivered.')}
    <div class="stack tight">
      <span class="legend">Result</span>
      <pre class="licence">${JSON.stringify(outcome.result, null, 2)}</pre>
    </div>`;
}

const draw = (view, tools) =>
  html`${track(view)}
  ${view.txHash ? html`<div class="row tight"><span class="faint small">Transaction</span> <pq-value .text=${view.txHash} label="transaction"></pq-value></div>` : nothing}
  ${questionOf(view, tools.update)} ${ending(view, tools)}`;
