import { startBareHttp } from '../floors/floors.ts';
import { requestBytes } from '../load/connection.ts';
import { Line, openLoop } from '../load/open-loop.ts';
import { cycling, sideBySide, type Flow } from '../load/side-by-side.ts';
import { Histogram, round } from '../measuring/histogram.ts';
import { startBot } from '../world/bot.ts';
import { among, NOTHING, presses, REQUESTERS, startChannel, type Channel } from '../world/channel.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { clearingUp, type Part } from './part.ts';

const TOO_MANY = 429;
const JUNK_PER_SECOND = 2_000;
const GOOD_PER_SECOND = 20;
/** Strangers who have so many connections open; the bot itself takes a thousand. */
const STRANGERS = 200;

/** Strangers: how fast they are refused, and how little of it those notice whom Teams has signed for. */
export const junk: Part = {
  name: 'junk',
  measure: (scope) =>
    clearingUp(async (later) => {
      const store = await scope.store(scope.size(10_000, 20));
      const channel = await startChannel('teams');
      later(() => channel.close());
      const partnerCenter = await startPartnerCenter(scope.size(100, 10));
      later(() => partnerCenter.end());
      const bot = await startBot({ folder: store.copy(), partnerCenterUrl: partnerCenter.url, env: channel.env });
      later(() => bot.end());
      const bare = await startBareHttp(TOO_MANY);
      later(() => bare.end());
      const strangers = junkFor(channel);
      // As many as anybody may send; from then on the same address is told that it is too many.
      await flood(bot.port, strangers, { perSecond: JUNK_PER_SECOND, forMs: 500 });

      // A few of them are told why: so many a second may be wrong.
      const statuses = [400, 401, 415, TOO_MANY];
      const flow = (port: number): Flow => ({ port, statuses, requests: async () => cycling(strangers) });
      const measured = await sideBySide(
        { ours: flow(bot.port), bare: flow(bare.port) },
        { connections: 32, rounds: scope.size(4, 1), forMs: scope.size(1_500, 100) },
      );

      const settled = store.requests.filter(({ fate }) => fate !== 'pending');
      const good = settled.map(({ id, requester }) =>
        channel.request(requester, presses('request.show', { requestId: id, nonce: '' }, 'automatic')),
      );
      const alone = await goodUnder(bot.port, good, [], scope.size(3_000, 200));
      const under = await goodUnder(bot.port, good, strangers, scope.size(10_000, 300));
      return [
        {
          id: 'junk',
          what: 'what nobody has signed, refused before the SDK sees it',
          unit: '/s',
          ours: measured.ours.perSecond,
          floor: { what: 'Node’s server, refusing all', value: measured.bare.perSecond },
          goal: { of: 'ours', at: 'least', value: 10_000 },
          details: { p99Ms: measured.ours.p99Ms },
        },
        {
          id: 'good-under-junk',
          what: `a card that is looked at again, p99, under ${JUNK_PER_SECOND.toLocaleString('en-GB')} such requests a second`,
          unit: 'ms',
          ours: round(under.took.at(0.99)),
          floor: { what: 'without them', value: round(alone.took.at(0.99)) },
          goal: { of: 'ours', at: 'most', value: 500 },
          details: {
            p50Ms: round(under.took.at(0.5)),
            maxMs: round(under.took.at(1)),
            count: under.took.count,
            failed: under.failed,
            junkAnswered: under.junk,
          },
        },
      ];
    }),
};

/** What strangers send: nothing signed, what is no token, tokens that nobody has signed, and of somebody else. */
export function junkFor(channel: Channel): readonly Buffer[] {
  const claims = (more: object): string => {
    const said = { iss: 'https://api.botframework.com', aud: 'somebody', exp: 4e9, nbf: 1, serviceurl: 'x', ...more };
    return Buffer.from(JSON.stringify(said)).toString('base64url');
  };
  const header = (alg: string): string =>
    Buffer.from(JSON.stringify({ alg, typ: 'JWT', kid: 'key-1' })).toString('base64url');
  const tokens = [
    '',
    'abc',
    `${header('RS256')}.${claims({})}.${'A'.repeat(342)}`,
    `${header('none')}.${claims({})}.x`,
    `${header('RS256')}.${claims({ iss: 'https://sts.windows.net/x/' })}.${'A'.repeat(342)}`,
  ];
  return [
    ...tokens.map((token, n) => channel.request(among(REQUESTERS, n), NOTHING, token)),
    requestBytes('POST', '/api/messages', { 'Content-Type': 'application/json' }, '{"a":'),
    requestBytes('POST', '/api/messages', { 'Content-Type': 'text/plain' }, 'hello'),
  ];
}

async function flood(
  port: number,
  requests: readonly Buffer[],
  { perSecond, forMs }: { readonly perSecond: number; readonly forMs: number },
): Promise<number> {
  const line = new Line(port, STRANGERS);
  const next = cycling(requests);
  let answered = 0;
  await openLoop({
    ...{ perSecond, forMs },
    begin: async () => {
      const request = next();
      if (request === undefined) return;
      const { status } = await line.send(request);
      if (status > 0) answered++;
    },
  });
  line.close();
  return answered;
}

async function goodUnder(port: number, good: readonly Buffer[], junkRequests: readonly Buffer[], forMs: number) {
  const line = new Line(port);
  const next = cycling(good);
  const took = new Histogram();
  let failed = 0;
  const [answered] = await Promise.all([
    junkRequests.length === 0 ? 0 : flood(port, junkRequests, { perSecond: JUNK_PER_SECOND, forMs }),
    openLoop({
      ...{ perSecond: GOOD_PER_SECOND, forMs },
      begin: async (dueAtMs) => {
        const request = next();
        if (request === undefined) return;
        const { status } = await line.send(request);
        if (status === 200) took.add(performance.now() - dueAtMs);
        else failed++;
      },
    }),
  ]);
  line.close();
  return { took, failed, junk: answered };
}
