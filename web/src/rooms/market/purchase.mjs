// Market: an order from its creation to its execution, in one sheet: what will be paid is shown before it is.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { icon } from '../../parts/icon.mjs';
import { failure, notice, status } from '../../parts/parts.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { openSheet } from '../../parts/sheet.mjs';
import { transaction } from '../../parts/transaction.mjs';
import '../../parts/value.mjs';
import { address } from '../../parts/address.mjs';
import { signingContext } from '../../signing/context.mjs';
import { describe } from '../../signing/describe.mjs';
import { moneyMoved } from '../../words/money.mjs';
import { terms } from '../../words/terms.mjs';
import { attempts } from './attempts.mjs';
import { price } from './words.mjs';

const titles = {
  order_creation: 'Order placed',
  payment_intent: 'Payment agreed',
  payment_transfer: 'Money sent',
  payment_proof: 'Payment shown to the market',
  escrow_lock: 'Money locked in escrow',
  order_execution: 'Service run',
};

const paidSteps = ['payment_proof', 'escrow_lock', 'order_execution']; // nothing of them before the payment

/** `request` are the members of placeOrder. Resolves to {orderId} once there is an order, else undefined. */
export async function purchase({ title, request }) {
  const view = { steps: [] };
  const tries = attempts();
  let started = false;
  await openSheet({
    title,
    content({ close, update }) {
      const begin = () => run(request, view, tries, update);
      if (!started) {
        started = true;
        begin();
      }
      return draw(view, { begin, close, update, answer: tries.answer });
    },
  });
  tries.end(); // a sheet that is closed asks nothing more, and what it began ends
  return view.orderId || view.done ? { orderId: view.orderId } : undefined;
}

async function run(request, view, tries, update) {
  Object.assign(view, { steps: [], error: undefined, done: undefined, question: undefined });
  const attempt = tries.begin((question) => {
    view.question = question;
    view.orderId = question?.order_id ?? view.orderId;
    if (question?.name === 'confirm_order')
      view.payment = question.payment && { ...question.payment, service: question.service };
    update();
  });
  try {
    const done = await session.call('placeOrder', request, {
      signal: attempt.signal,
      progress: (event) => {
        note(view, event);
        update();
      },
      question: (question) => (own.includes(question.name) ? attempt.ask(question) : askElsewhere(question)),
    });
    view.done = done ?? 'declined';
    view.orderId = done?.order.id ?? view.orderId;
  } catch (error) {
    view.error = error;
  }
  update();
}

const own = ['confirm_order', 'approve', 'payment_hash'];
const askElsewhere = async (question) => (await import('../../frame/questions.mjs')).askPerson(question);

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

function paymentFacts(due) {
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
    <dd>${due.recipient ? address(due.recipient, 'recipient') : '—'}</dd>
    <dt>From</dt>
    <dd>${due.payer ? address(due.payer, 'payer') : '—'}</dd>
    <dt>Chain</dt>
    <dd class="mono">${due.chain ?? '—'}</dd>
    ${
      due.token_address
        ? html`<dt>Token</dt>
            <dd>${address(due.token_address, 'token contract')}</dd>`
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

function confirmation(view, { answer }) {
  const { payment } = view.question;
  const byWallet = payment?.by === 'wallet';
  return html`<div class="stack">
    <h3>${payment ? 'Payment' : 'Nothing to pay'}</h3>
    ${payment ? paymentFacts(payment) : html`<p class="soft">The service is free; it runs when you continue.</p>`}
    ${
      payment?.escrow
        ? html`<p class="soft">The money waits in the escrow until you confirm the delivery; a dispute freezes it.</p>`
        : nothing
    }
    ${payment && !byWallet ? notice('warn', 'No wallet here can pay this. Pay it yourself, then give the transaction’s hash.') : nothing}
    <div class="actions">
      <button type="button" class="button primary" @click=${() => answer('y')}>
        ${icon('check')}
        ${payment ? (byWallet ? `Pay ${price(payment.amount, payment.currency)}` : 'I will pay') : 'Run it'}
      </button>
      <button type="button" class="button quiet" @click=${() => answer('n')}>Not now</button>
    </div>
  </div>`;
}

function approval(view, { answer }) {
  const context = signingContext({ payment: view.payment });
  return html`<div class="stack">
    <h3>Transaction</h3>
    ${transaction(view.question, context)}
    <div class="actions">
      <button type="button" class="button primary" @click=${() => answer('yes')}>
        ${describe(view.question, context).button}
      </button>
      <button type="button" class="button quiet" @click=${() => answer(null)}>${terms.cancel}</button>
    </div>
  </div>`;
}

function hashForm(view, { answer }) {
  return html`<form
    class="stack"
    @submit=${(event) => {
      event.preventDefault();
      answer(new FormData(event.target).get('hash').trim());
    }}
  >
    <div class="field">
      <label for="payment-hash">${view.question.text}</label>
      <input class="input mono" id="payment-hash" name="hash" placeholder="0x…" autocomplete="off" spellcheck="false" />
    </div>
    <div class="actions"><button class="button primary">${terms.continue}</button></div>
  </form>`;
}

const forms = { confirm_order: confirmation, approve: approval, payment_hash: hashForm };
const questionOf = (view, tools) => (view.question ? forms[view.question.name](view, tools) : nothing);

function ending({ error, done, steps, txHash }, { begin, close }) {
  const paid = Boolean(txHash) || steps.some(({ name }) => paidSteps.includes(name));
  if (error)
    return failure(error, {
      money: moneyMoved(error, 'Continuing', paid),
      actions: html`<button type="button" class="button" @click=${begin}>${terms.continue}</button>
        <button type="button" class="button quiet" @click=${() => close()}>Close</button>`,
    });
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
      html`The provider continues: <strong>${handoff.label}</strong><br /><code class="mono">${handoff.url}</code>`,
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
  ${questionOf(view, tools)} ${ending(view, tools)}`;
