// The Machine Market: orders, their payments, and what becomes of them.
// SPDX-License-Identifier: Apache-2.0
import { because, renamed } from './row.mjs';

const shown = /^scale (order: (by wallet|in escrow), |signer: (pays(?! what)|has paid))/;
const asked =
  /^scale (order: (by wallet|in escrow), .*(pasted|declined|no hash|pays nothing|interrupted|asked)|signer: pays, (accepted|declined))/;

const orders = [
  ...because(
    'decision 10: orders are kept in the log',
    /^scale (order|signer): /,
    'file +peaqos.log',
    'log +order pending',
    'log +order confirmed',
    'log +order failed',
  ),
  ...because(
    'decision 9: a payment is in the log before it is told',
    shown,
    'log +order_payment pending',
    'log +order_payment confirmed',
    'log +order_payment failed',
  ),
  ...because(
    "decision 19, market D4: the user's own data are sent as they are",
    /^scale order: input/,
    ...['POST /api/v1/market/orders input', 'POST /api/v1/market/orders/<ord 1>/execute input'].map(
      (what) =>
        `request ${what}: {"symbol":"EUR/USD","snakeKey":1,"big":1.2345678901234568e+22,"arr":[{"xY":null}]} -> ` +
        '{"symbol":"EUR/USD","snake_key":1,"big":1.2345678901234568e+22,"nul":null,"emp":{},"arr":[{"x_y":null}]}',
    ),
  ),
  ...because(
    "decision 19, market D4: the user's own data are sent as they are",
    'scale order: empty input',
    'request POST /api/v1/market/orders +input',
    'request POST /api/v1/market/orders/<ord 1>/execute +input',
  ),
  ...because(
    "decision 19, market D4: the user's own data are shown as they are",
    'scale order: input, --json',
    'JSON +order.input_payload.nul',
    'JSON +order.input_payload.emp',
  ),
  ...because(
    'market: -- ends the options',
    'scale order: after --',
    'exit: 0 -> 1',
    'error: none -> error',
    'stdout: given -> none',
    'progress: given -> none',
    'request -POST /api/v1/market/orders',
    'request -POST /api/v1/market/orders/<ord 1>/execute',
    'state -<ord 1>',
  ),
  ...because(
    'market: options may stand before the service',
    'scale order: options before the service',
    'exit: 2 -> 0',
    'error: error -> none',
    'stdout: none -> given',
    'progress: none -> given',
    'request +POST /api/v1/market/orders',
    'request +POST /api/v1/market/orders/<ord 1>/execute',
    'state +<ord 1>',
  ),
  ...because(
    'market D13: who declines is told how to go on',
    /^scale order: free, (declined|nobody)/,
    'progress: goes on',
  ),
  ...because(
    'market D13: who declines is told how to go on',
    /^scale (order: by wallet|signer: pays), declined$/,
    'progress +  Check: peaqos scale order status <ord 1>',
  ),
  ...because(
    'decision 10: an unfinished order is continued',
    'scale order: again after it was declined',
    'stdout -  Order ID:  <ord 2>',
    'stdout +  Order ID:  <ord 1>',
    'stdout -  Confirm delivery: peaqos scale order received <ord 2>',
    'stdout +  Confirm delivery: peaqos scale order received <ord 1>',
    'progress -[1/2] Creating order...',
    'progress -  Order ID:  <ord 2>',
    'progress +  Order ID:  <ord 1>',
    'request -POST /api/v1/market/orders',
    'request -POST /api/v1/market/orders/<ord 2>/execute',
    'request +GET /api/v1/market/orders/<ord 1>',
    'request +POST /api/v1/market/orders/<ord 1>/execute',
    'state -<ord 2>',
    'state <ord 1>: ready -> delivered',
  ),
  ...because(
    'market D25: the steps are counted once',
    /^scale order: a handoff$/,
    'progress -[1/5] Creating order...',
    'progress +[1/2] Creating order...',
  ),
  ...because(
    'decision 21: words of our own',
    /^scale order(: a handoff| status: handoff)$/,
    'stdout -After using the external service:',
    'stdout +Once the external service has done its part:',
  ),
  ...because(
    'market D15: a service that fails is an error, after its result',
    /^scale order: the service fails/,
    'exit: 0 -> 2',
    'error: none -> error',
  ),
  ...because(
    'market D15: a service that fails is an error, after its result',
    'scale order: the service fails',
    'stdout -Order executed.',
    'stdout +Order failed: the service could not do it.',
  ),
  ...because(
    'market D12: a failure after the creation names the order',
    'scale order: by wallet, its payment cannot be looked up',
    'progress: none -> given',
    'request +GET /api/v1/market/orders/<ord 1>',
  ),
];

const payments = [
  ...because(
    'decision 1: Ctrl-C is 130',
    'scale order: free, interrupted',
    'exit: 1 -> 130',
    'error: aborted -> none',
    'progress: goes on',
  ),
  ...because(
    'decision 1: Ctrl-C is 130',
    'scale order: by wallet, interrupted at the hash',
    'exit: 2 -> 130',
    'error: error -> none',
    'progress -  Current status: payment_pending',
    'progress -  Payment status: intent_created',
    'request -GET /api/v1/market/orders/<ord 1>',
  ),
  ...because(
    'market D14: the terms are seen before the answer, with whole addresses',
    asked,
    'progress +[2/5] Creating payment intent...',
    'progress -[2/5] Creating payment intent...',
    'progress -  Payment:   payment_pending',
    'progress +  Payment:   intent_created',
  ),
  ...because(
    'market D14: the terms are seen before the answer, with whole addresses',
    /^scale (order: by wallet|signer: pays), declined$/,
    'progress +  Amount:    $1.50',
    'progress +  Chain:     eip155:9990',
    'request +POST /api/v1/market/orders/<ord 1>/payment-intent',
    'state <ord 1>: payment_pending -> payment_pending, wdk-usdt-transfer intent_created',
  ),
  ...because(
    'market D14: the terms are seen before the answer, with whole addresses',
    shown,
    'progress -  Token:     USDC (<short UsdToken>)',
    'progress +  Token:     USDC (<UsdToken>)',
    'progress -  Pay from:  0x9965...a4dc',
    'progress +  Pay from:  0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
    'progress -  Pay to:    0x5e11...0000',
  ),
  ...because(
    'market D14: the terms are seen before the answer, with whole addresses',
    /^scale (order: by wallet, |signer: (pays|has paid))/,
    'progress +  Pay to:    0x5E11e10000000000000000000000000000000000',
  ),
  ...because(
    'market D14: the terms are seen before the answer, with whole addresses',
    /^scale order: by wallet, on Solana/,
    'progress -  Token:     USDC',
    'progress +  Token:     USDC (EPjF)',
  ),
  ...because(
    'decision 24, market D20: an escrow is paid at its contract',
    /^scale (order: in escrow, |signer: pays into escrow)/,
    'progress +  Pay to:    <Escrow> (escrow)',
  ),
  ...because(
    'market D17: where nobody can be asked for a hash, nothing is intended',
    /^scale order: by wallet, nobody can be asked/,
    'request -POST /api/v1/market/orders/<ord 1>/payment-intent',
    'state <ord 1>: payment_pending, wdk-usdt-transfer intent_created -> payment_pending',
    'progress -  Payment status: intent_created',
    'progress +  Payment status: payment_pending',
  ),
  ...because(
    'market D17: where nobody can be asked for a hash, nothing is intended',
    'scale order: by wallet, nobody can be asked',
    'progress -[2/5] Creating payment intent...',
    'progress -  Amount:    $1.50',
    'progress -  Chain:     eip155:9990',
    'progress -[3/5] Sending payment...',
  ),
  ...because(
    'decision 15: --json does not silence progress',
    'scale order: by wallet, nobody can be asked, --json',
    'progress +[1/5] Creating order...',
  ),
  ...because(
    'decision 19, market D4: opaque data are shown as they came',
    /^scale (order: (by wallet|in escrow), a given hash|order status: a held payment|signer: pays), --json$/,
    ...renamed('payment.rail.metadata', 'transactionHash'),
  ),
  ...because(
    'decision 19, market D4: opaque data are shown as they came',
    /^scale (order: by wallet, a given hash|order status: a held payment|signer: pays), --json$/,
    ...renamed('payment.rail.metadata', 'rawAmount', 'tokenDecimals'),
  ),
  ...because(
    'market: what was found missing is not asked for again',
    'scale order: by wallet, --skip-payment without record',
    'request -GET /api/v1/market/orders/<ord 1>/payment',
  ),
  ...because(
    'decision 3: a payment of somebody else needs no node',
    'scale order: by wallet, an unknown chain',
    'request +POST /api/v1/market/orders/<ord 1>/payment-proof',
  ),
  ...because(
    'decision 3: a payment of somebody else needs no node',
    'scale order: by wallet, without a node',
    'exit: 3 -> 0',
    'error: Missing required env var: PEAQOS_RPC_URL -> none',
    'stdout: none -> given',
    'progress: none -> given',
    'request +POST /api/v1/market/orders',
    'request +GET /api/v1/market/orders/<ord 1>/payment',
    'request +POST /api/v1/market/orders/<ord 1>/payment-intent',
    'request +POST /api/v1/market/orders/<ord 1>/payment-proof',
    'request +POST /api/v1/market/orders/<ord 1>/execute',
    'state +<ord 1>',
  ),
  ...because(
    'decision 10: an unfinished order is continued, and not paid twice',
    'scale order: by wallet, again after its proof broke off',
    'stdout -  Order ID:  <ord 2>',
    'stdout +  Order ID:  <ord 1>',
    'stdout -  Confirm delivery: peaqos scale order received <ord 2>',
    'stdout +  Confirm delivery: peaqos scale order received <ord 1>',
    'progress -[1/5] Creating order...',
    'progress -[2/5] Creating payment intent...',
    'request -POST /api/v1/market/orders',
    'request -GET /api/v1/market/orders/<ord 2>/payment',
    'request -POST /api/v1/market/orders/<ord 2>/payment-intent',
    'request -POST /api/v1/market/orders/<ord 2>/payment-proof',
    'request -POST /api/v1/market/orders/<ord 2>/execute',
    'request +GET /api/v1/market/orders/<ord 1>',
    'request +GET /api/v1/market/orders/<ord 1>/payment',
    'request +POST /api/v1/market/orders/<ord 1>/payment-proof',
    'request +POST /api/v1/market/orders/<ord 1>/execute',
    'state -<ord 2>',
    'state <ord 1>: payment_pending, wdk-usdt-transfer intent_created -> delivered, wdk-usdt-transfer held',
  ),
];

const afterwards = [
  ...Object.entries({
    ready: [
      'Order is ready. Re-run placement execute step or check:',
      'Ready to be executed: run the command that place...',
    ],
    confirmed: ['Order is confirmed and closed.', 'The delivery is confirmed; the order is closed.'],
    disputed: [
      'Order is under dispute review. Payment funds are frozen.',
      'A dispute is under review; the funds stay frozen...',
    ],
    unpaid: ['Complete payment, then check status:', 'Not paid yet: run the command that placed the or...'],
    'an intended payment': [
      'Complete payment, then check status:',
      'Not paid yet: run the command that placed the or...',
    ],
    'a held payment': [
      'Order is ready. Re-run placement execute step or check:',
      'Ready to be executed: run the command that place...',
    ],
  }).flatMap(([name, [before, after]]) =>
    because(
      'decision 21, market D16: words of our own, and a command that there is',
      `scale order status: ${name}`,
      `stdout -${before}`,
      `stdout +${after}`,
    ),
  ),
  ...because(
    'decision 17: unknown members are kept',
    'scale order status: members that are unknown, --json',
    'JSON +order.extraMember',
  ),
  ...because(
    'market D26: null is a dash',
    'scale order status: a member that is null',
    'stdout -  Skill:     None',
    'stdout +  Skill:     —',
  ),
  ...because(
    'market: an answer with a member of another type is named and not trusted',
    'scale order status: a member of another type',
    'exit: 0 -> 2',
    'error: none -> error',
    'stdout: given -> none',
    'request -GET /api/v1/market/orders/<ord 2>/payment',
  ),
  ...because(
    "decision 19, market D4: the user's own data are shown as they are",
    'scale order status: user data, --json',
    'JSON -order.input_payload.camel_key',
    'JSON +order.input_payload.camelKey',
  ),
  ...because(
    'market: a space is %20, which every server reads',
    'scale order list: a cursor of nobody',
    'request -GET /api/v1/market/orders?machineId=<mach 2>&cursor=a+b%26c%3D%2F%2B%25%27',
    'request +GET /api/v1/market/orders?machineId=<mach 2>&cursor=a%20b%26c%3D%2F%2B%25%27',
  ),
  ...because(
    'market D22: an empty cursor is the end',
    'scale order list: an empty cursor is no end, --json',
    'JSON next_cursor: "" -> null',
  ),
  ...because(
    "decision 19, market D4: the user's own data are sent as they are",
    'scale order dispute: evidence',
    'request POST /api/v1/market/orders/<ord 1>/dispute evidence: {"logUrl":"https://x.example","n":1.5} -> {"log_url":"https://x.example","nul":null,"n":1.5}',
  ),
  ...because(
    "decision 19, market D4: the user's own data are shown as they are",
    'scale order dispute: evidence',
    'JSON +dispute.evidence.nul',
  ),
  ...because(
    'decision 6: no redirect is followed',
    'scale refusals: answers a redirect',
    'request -GET /api/v1/machines/elsewhere',
  ),
];

export const scaleOrders = [...orders, ...payments, ...afterwards];
