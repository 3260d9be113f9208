import assert from 'node:assert/strict';
import { newGuid } from '../../../services/ids.ts';
import { createBrowserSignIn } from '../../../services/sign-in/browser-sign-in.ts';

const ADA = '22222222-aaaa-4bbb-8ccc-222222222222';
const BO = '44444444-aaaa-4bbb-8ccc-222222222222';
const MINUTE_MS = 60_000;

function world(secret = '11') {
  let nowMs = Date.parse('2026-03-01T09:00:00Z');
  const begun: { readonly state: string; readonly verifier: string; readonly claims?: string }[] = [];
  const redeemed: (readonly [string, string])[] = [];
  const browser = createBrowserSignIn({
    startUrl: 'https://bot.contoso.com/auth/start',
    secret: Buffer.from(secret.repeat(32), 'hex'),
    clock: () => new Date(nowMs),
    newId: newGuid,
    code: {
      startUrl: (parts) => {
        begun.push(parts);
        return Promise.resolve('https://login.example/authorize');
      },
      redeem: (code, verifier) => {
        redeemed.push([code, verifier]);
        return code === 'bad' ? Promise.reject(new Error('invalid_grant')) : Promise.resolve(`token of ${code}`);
      },
    },
  });
  const ticketOf = async (person: string, claims?: string): Promise<string> =>
    new URL(await browser.linkFor(person, claims)).searchParams.get('ticket') ?? '';
  /** Signs in on the page, as far as Entra's answer. @returns its state. */
  const begin = async (person: string): Promise<string> => {
    await browser.begin(await ticketOf(person));
    return begun.at(-1)!.state;
  };
  return {
    browser,
    begun,
    redeemed,
    ticketOf,
    begin,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('signing in on a page', () => {
  it('leads to Entra and back, and gives the token to who began', async () => {
    const { browser, begun, redeemed, ticketOf } = world();

    assert.equal(await browser.begin(await ticketOf(ADA, '{"a":1}')), 'https://login.example/authorize');
    assert.equal(begun[0]!.claims, '{"a":1}');
    const handedOver = await browser.end(begun[0]!.state, 'code-1');
    assert.equal(await browser.redeem(ADA, handedOver!), 'token of code-1');
    assert.deepEqual(redeemed, [['code-1', begun[0]!.verifier]]);
  });

  it('shows nothing of the person, the claims or the verifier in an address', async () => {
    const { browser, begun, ticketOf } = world();
    const ticket = await ticketOf(ADA, '{"secret":"claims"}');
    await browser.begin(ticket);

    const [{ state, verifier }] = begun as [(typeof begun)[0]];
    for (const part of [...ticket.split('.'), ...state.split('.')]) {
      const read = Buffer.from(part, 'base64url').toString('latin1');
      for (const hidden of [ADA, 'claims', verifier]) assert.ok(!read.includes(hidden));
    }
  });

  it('takes each answer of Entra once', async () => {
    const { browser, begin } = world();
    const state = await begin(ADA);

    assert.ok(await browser.end(state, 'code-1'));
    assert.equal(await browser.end(state, 'code-2'), undefined);
  });

  it('gives what was handed over to nobody else, and once', async () => {
    const { browser, begin, redeemed } = world();
    const handedOver = (await browser.end(await begin(ADA), 'code-1'))!;

    assert.equal(await browser.redeem(BO, handedOver), undefined);
    assert.deepEqual(redeemed, []);
    assert.ok(await browser.redeem(ADA, handedOver));
    assert.equal(await browser.redeem(ADA, handedOver), undefined);
    assert.equal(redeemed.length, 1);
  });

  it('gives nothing where Entra does not take the code', async () => {
    const { browser, begin } = world();

    const handedOver = (await browser.end(await begin(ADA), 'bad'))!;
    await assert.rejects(browser.redeem(ADA, handedOver), /invalid_grant/);
    assert.equal(await browser.redeem(ADA, handedOver), undefined);
  });

  it('knows no link, no answer and nothing handed over that is not its own', async () => {
    const { browser, begun, begin } = world();
    const other = world('22');

    for (const ticket of ['', 'x', 'a.b.c.d.e', 'x'.repeat(5_000), await other.ticketOf(ADA)])
      assert.equal(await browser.begin(ticket), undefined);
    for (const state of ['', 'x', await other.begin(ADA)]) assert.equal(await browser.end(state, 'code'), undefined);
    assert.equal(await browser.redeem(ADA, 'x'), undefined);
    assert.deepEqual(begun, []);
    assert.ok(await begin(ADA));
  });

  it('takes no link for an answer, nor an answer for a link', async () => {
    const { browser, ticketOf, begin } = world();

    assert.equal(await browser.end(await ticketOf(ADA), 'code'), undefined);
    assert.equal(await browser.begin(await begin(ADA)), undefined);
  });

  it('keeps the newest of one person’s, and does not lose another’s for a flood of them', async () => {
    const { browser, begin } = world();
    const bos = (await browser.end(await begin(BO), 'code-bo'))!;
    const adas: string[] = [];
    for (let n = 0; n < 1_200; n += 1) adas.push((await browser.end(await begin(ADA), `code-${n}`))!);

    assert.equal(await browser.redeem(ADA, adas[0]!), undefined);
    assert.equal(await browser.redeem(ADA, adas.at(-1)!), 'token of code-1199');
    assert.equal(await browser.redeem(BO, bos), 'token of code-bo');
  });

  it('is over after a while', async () => {
    const { browser, ticketOf, begin, pass } = world();
    const ticket = await ticketOf(ADA);
    const state = await begin(ADA);
    const handedOver = (await browser.end(await begin(ADA), 'code-1'))!;

    pass(16 * MINUTE_MS);
    assert.equal(await browser.end(state, 'code'), undefined);
    assert.equal(await browser.redeem(ADA, handedOver), undefined);
    assert.ok(await browser.begin(ticket));
    pass(45 * MINUTE_MS);
    assert.equal(await browser.begin(ticket), undefined);
  });

  it('knows who was sent back without a code, and takes nothing from there any more', async () => {
    const { browser, begin } = world();
    const state = await begin(ADA);

    assert.equal(await browser.turnedBack('x'), false);
    assert.equal(await browser.turnedBack(state), true);
    assert.equal(await browser.end(state, 'code-1'), undefined);
  });
});
