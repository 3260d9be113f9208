import { startBareHttp, startSdkBot } from '../floors/floors.ts';
import { cycling, once, sideBySide, type Flow } from '../load/side-by-side.ts';
import { startBot } from '../world/bot.ts';
import { NOTHING, presses, REQUESTERS, startChannel } from '../world/channel.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { clearingUp, type Part } from './part.ts';

/** Several parts of Teams have a token each, and use it for an hour. */
const TOKENS = 20;

/** What an authenticated turn costs, next to the SDK's own and to Node's server; and a card that is looked at again. */
export const turns: Part = {
  name: 'turns',
  measure: (scope) =>
    clearingUp(async (later) => {
      const store = await scope.store(scope.size(10_000, 20));
      const channel = await startChannel('teams');
      later(() => channel.close());
      const partnerCenter = await startPartnerCenter(scope.size(100, 10));
      later(() => partnerCenter.end());
      const bot = await startBot({ folder: store.copy(), partnerCenterUrl: partnerCenter.url, env: channel.env });
      later(() => bot.end());
      const sdk = await startSdkBot(channel.env);
      later(() => sdk.end());
      const bare = await startBareHttp(200);
      later(() => bare.end());

      const newTokens = (count: number): Promise<string[]> =>
        Promise.all(Array.from({ length: count }, () => channel.renew()));
      const tokens = await newTokens(TOKENS);
      const nothing = (token: string): Buffer => channel.request(REQUESTERS[0], NOTHING, token);
      const empty = tokens.map(nothing);
      const settled = store.requests.filter(({ fate }) => fate !== 'pending');
      // Far apart from each other, as people are.
      const cards = settled.map((_, n) => {
        const { id, requester } = settled[(n * 7_919) % settled.length] ?? store.requests[0];
        const refresh = presses('request.show', { requestId: id, nonce: '' }, 'automatic');
        return channel.request(requester, refresh, tokens[n % TOKENS]);
      });
      const card = cycling(cards);
      const unseen = new Map<number, Promise<string[]>>();
      /** The same tokens for both, of which neither has seen any. */
      const withNewTokens = (port: number): Flow => {
        let round = 0;
        return {
          ...{ port, statuses: [200] },
          requests: async () => {
            const anew = unseen.get(round) ?? newTokens(scope.size(600, 10));
            unseen.set(round++, anew);
            return once((await anew).map(nothing));
          },
        };
      };
      const same = (port: number): Flow => ({ port, statuses: [200], requests: async () => cycling(empty) });
      const measured = await sideBySide(
        {
          ours: same(bot.port),
          sdk: same(sdk.port),
          bare: same(bare.port),
          cards: { port: bot.port, statuses: [200], requests: async () => card },
          oursAnew: withNewTokens(bot.port),
          sdkAnew: withNewTokens(sdk.port),
        },
        { connections: 16, rounds: scope.size(4, 1), forMs: scope.size(1_500, 100) },
      );
      const { ours, sdk: theirs, bare: least, cards: shown, oursAnew, sdkAnew } = measured;
      return [
        {
          id: 'empty-turn',
          what: 'an authenticated turn in which nothing happens',
          unit: '/s',
          ours: ours.perSecond,
          floor: { what: 'the SDK’s own empty turn', value: theirs.perSecond },
          goal: { of: 'ratio', at: 'least', value: 0.9 },
          details: { p99Ms: ours.p99Ms, sdkP99Ms: theirs.p99Ms, nodeHttp: least.perSecond },
        },
        {
          id: 'empty-turn-new-token',
          what: 'the same, each with a token that nobody has seen before',
          unit: '/s',
          ours: oursAnew.perSecond,
          floor: { what: 'the SDK’s own empty turn', value: sdkAnew.perSecond },
          goal: { of: 'ratio', at: 'least', value: 0.9 },
          details: { p99Ms: oursAnew.p99Ms, sdkP99Ms: sdkAnew.p99Ms },
        },
        {
          id: 'refresh',
          what: 'a settled card that is looked at again',
          unit: '/s',
          ours: shown.perSecond,
          floor: { what: 'the SDK’s own empty turn', value: theirs.perSecond },
          goal: { of: 'ours', at: 'least', value: 500 },
          details: { p99Ms: shown.p99Ms, requestsStored: store.requests.length },
        },
      ];
    }),
};
