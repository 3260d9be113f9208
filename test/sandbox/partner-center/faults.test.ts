import assert from 'node:assert/strict';
import { at, bench, items, REMOVAL, statusAndCode } from './support.ts';
import { eventually } from '../../support/eventually.ts';

describe('a fault', () => {
  const { get, send, set, id, stand } = bench();

  const remove = (headers: Record<string, string> = {}): ReturnType<typeof send> =>
    send('PATCH', `/v1/customers/${id('Fabrikam Bikes')}`, { body: REMOVAL, headers });
  const relationship = (): unknown => stand().world.customer(id('Fabrikam Bikes'))?.relationship;
  const lastEntry = async (): Promise<unknown> => {
    const entries = at((await get('/_log')).body, 'entries') as unknown[];
    return entries.at(-1);
  };

  it('strikes by method and path, as often as it is told, after letting some through', async () => {
    await set('/_faults', { rules: [{ method: 'get', path: '^/v1/customers$', status: 503, skip: 1, times: 2 }] });
    const statuses: number[] = [];
    for (let each = 0; each < 4; each++) statuses.push((await get('/v1/customers?size=1')).status);

    assert.deepEqual(statuses, [200, 503, 503, 200]);
    assert.equal((await get(`/v1/customers/${id('Fabrikam Bikes')}`)).status, 200);
  });

  it('can be an error of Partner Center', async () => {
    await set('/_faults', { rules: [{ status: 400, code: '900312', description: 'Not now.' }] });
    const reply = await remove();

    assert.deepEqual(statusAndCode(reply), [400, '900312']);
    assert.equal(at(reply.body, 'description'), 'Not now.');
    assert.equal(relationship(), 'reseller');
  });

  it('can be the throttling of the gateway, with or without the time to wait', async () => {
    await set('/_faults', {
      rules: [
        { status: 429, headers: { 'Retry-After': '57' }, times: 1 },
        { status: 429, headers: {}, times: 1 },
        { status: 429, times: 1 },
      ],
    });
    const [told, silent, usual] = [await get('/v1/customers'), await get('/v1/customers'), await get('/v1/customers')];

    assert.deepEqual(told.body, { statusCode: 429, message: 'Rate limit is exceeded. Try again in 57 seconds.' });
    assert.equal(told.headers.get('Retry-After'), '57');
    assert.equal(silent.headers.get('Retry-After'), null);
    assert.equal(usual.headers.get('Retry-After'), '1');
  });

  it('can be any text, or any JSON under status 200', async () => {
    await set('/_faults', {
      rules: [
        { status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html', times: 1 },
        { body: { items: [] }, times: 1 },
        { status: 204, times: 1 },
      ],
    });
    const html = await get('/v1/customers');
    const wrong = await get('/v1/customers');
    const nothing = await get('/v1/customers');

    assert.deepEqual(
      [html.status, html.body, html.headers.get('Content-Type')],
      [502, '<h1>Bad gateway</h1>', 'text/html'],
    );
    assert.deepEqual([wrong.status, wrong.body], [200, { items: [] }]);
    assert.equal(nothing.status, 204);
  });

  it('can cut the line before anything is done', async () => {
    await set('/_faults', { rules: [{ id: 'cut', method: 'PATCH', kind: 'reset' }] });

    await assert.rejects(remove());
    assert.equal(relationship(), 'reseller');
    assert.equal(at(await lastEntry(), 'status'), 0);
    assert.equal(at(await lastEntry(), 'fault'), 'cut');
  });

  it('can cut the line after everything is done, and a repeat under the same id finds the first answer', async () => {
    await set('/_faults', { rules: [{ method: 'PATCH', kind: 'apply-then-reset', times: 1 }] });

    await assert.rejects(remove({ 'MS-RequestId': 'same' }));
    assert.equal(relationship(), 'none');
    assert.equal(at(await lastEntry(), 'applied'), 200);
    assert.equal((await remove({ 'MS-RequestId': 'same' })).status, 200);
    assert.equal(at(await lastEntry(), 'replayed'), true);
  });

  it('can say that something failed which was done', async () => {
    await set('/_faults', { rules: [{ method: 'PATCH', kind: 'apply-then-answer', status: 504 }] });

    assert.equal((await remove()).status, 504);
    assert.equal(relationship(), 'none');
  });

  it('can break off in the middle of an answer', async () => {
    await set('/_faults', { rules: [{ path: 'customers$', kind: 'truncate' }] });

    await assert.rejects(get('/v1/customers'));
  });

  for (const kind of ['hang', 'apply-then-hang'] as const)
    it(`can leave the caller waiting: ${kind}`, async () => {
      await set('/_faults', { rules: [{ method: 'PATCH', kind }] });
      const call = remove();
      const cut = assert.rejects(call);
      await eventually(async () => at(await lastEntry(), 'method') === 'PATCH', 'nothing has come');

      assert.equal(relationship(), kind === 'hang' ? 'reseller' : 'none');
      await set('/_reset');
      await cut;
    });

  it('can be slowness alone, which a new start cuts short', async () => {
    await set('/_faults', { latencyMs: 600_000 });
    const cut = assert.rejects(remove());
    await eventually(async () => (await lastEntry()) !== undefined, 'nothing has come');

    await set('/_reset');
    await cut;
    assert.equal(relationship(), 'reseller');
  });

  it('can be a short delay of a call that then goes well', async () => {
    await set('/_faults', { rules: [{ path: 'customers$', delayMs: 1 }] });

    assert.ok(items(await get('/v1/customers')).length > 0);
  });

  it('is replaced by the next ones set, and gone with none', async () => {
    await set('/_faults', { rules: [{ status: 500 }], switches: { numericCodes: true } });
    assert.equal((await get('/v1/customers')).status, 500);

    await set('/_faults', {});

    const { body } = await get('/_faults');
    assert.equal((await get('/v1/customers')).status, 200);
    assert.deepEqual(at(body, 'rules'), []);
    assert.equal(at(body, 'switches', 'numericCodes'), false);
  });

  it('that makes no sense is refused, and those set before stay', async () => {
    await set('/_faults', { rules: [{ status: 500 }] });

    for (const body of [
      { rules: [{ path: '(' }] },
      { switches: { typo: true } },
      { rules: [{ kind: 'explode' }] },
      { rule: [] },
    ])
      assert.equal((await send('POST', '/_faults', { body })).status, 400);
    assert.equal((await get('/v1/customers')).status, 500);
  });
});
