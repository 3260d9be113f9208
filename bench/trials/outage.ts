import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Link } from '../../sandbox/control/link.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import { round } from '../measuring/histogram.ts';
import type { Row } from '../measuring/row.ts';
import { clearingUp } from '../parts/part.ts';
import { cleared } from './backlog.ts';
import { setStage, type Stage } from './stage.ts';
import { check, type Check, type Trial, type TrialScope } from './trial.ts';

const PER_SECOND = 10;
/** From then on each token of the bot's own is too old to be kept, so that it is asked for anew. */
const TOKEN_SECONDS = 50;
const LONGEST_BACKLOG_MS = 5 * MINUTE_MS;

/** Something that the bot depends on, which is away for a while. */
interface Dependency {
  readonly name: string;
  readonly what: string;
  readonly leave: () => unknown;
  readonly comeBack: () => unknown;
}

/** Each thing that the bot depends on is away for a while, one after the other, while people are at work. */
export const outage: Trial = {
  name: 'outage',
  run: (scope) =>
    clearingUp(async (later) => {
      const full = path.join(await scope.folder(), 'full');
      let link: Link | undefined;
      later(() => link?.cut());
      const stage = await setStage(scope, later, {
        ...{ stored: scope.size(10_000, 200), holding: 'free' },
        env: { DISK_IS_FULL: full, VERIFY_EVERY_SECONDS: '1' },
        nodeOptions: ['--import', './bench/world/full-disk.mjs'],
        async partnerCenterUrl(url) {
          link = await Link.to(url);
          return link.url;
        },
        onChannel({ tenant }) {
          tenant?.entra.setFaults({ switches: { tokenLifetimeSeconds: TOKEN_SECONDS } });
        },
      });
      await stage.partnerCenter.behave({ latencyMs: 20, switches: { staleListMs: 500 } });
      const outcomes: Left[] = [];
      for (const dependency of dependenciesOf(stage, () => link, full)) {
        outcomes.push(await without(dependency, stage, scope));
        const { name, awayMs, ms } = outcomes.at(-1) ?? { name: '', awayMs: 0, ms: 0 };
        if (!scope.isQuick)
          scope.tell(`${name}: ${round(awayMs / 1_000)} s away, cleared ${round(ms / 1_000)} s later`);
      }
      const toldNobody = await untold(stage);
      await stage.bot.end();
      return {
        checks: [
          ...outcomes.flatMap(({ checks }) => checks),
          ...(await stage.ledger.checks(stage.reader)),
          check('whoever waits for a decision was told of it', toldNobody === 0, { untold: toldNobody }),
        ],
        rows: outcomes.map(({ row }) => row),
      };
    }),
};

function dependenciesOf({ channel }: Stage, link: () => Link | undefined, full: string): readonly Dependency[] {
  const takes = channel.turnsAway;
  return [
    {
      ...{ name: 'partner-center', what: 'Partner Center' },
      leave: () => link()?.cut(),
      comeBack: () => link()?.restore(),
    },
    {
      ...{ name: 'teams', what: 'Teams, as far as the bot writes to it' },
      leave() {
        channel.turnsAway = () => ({ kind: 'cut' });
      },
      comeBack() {
        channel.turnsAway = takes;
      },
    },
    {
      ...{ name: 'entra', what: 'Entra, and the keys of the channel' },
      leave() {
        channel.tenant?.entra.setFaults({
          rules: [{ kind: 'reset' }],
          switches: { tokenLifetimeSeconds: TOKEN_SECONDS },
        });
        channel.tenant?.keys.answerWith((request) => request.destroy());
      },
      comeBack() {
        channel.tenant?.entra.setFaults({ switches: { tokenLifetimeSeconds: TOKEN_SECONDS } });
        channel.tenant?.keys.answerWith(undefined);
      },
    },
    {
      ...{ name: 'disk', what: 'room on the disk' },
      leave() {
        writeFileSync(full, '');
      },
      comeBack() {
        rmSync(full);
      },
    },
  ];
}

interface Left {
  readonly name: string;
  readonly awayMs: number;
  /** How long the backlog took after it was back. */
  readonly ms: number;
  readonly checks: readonly Check[];
  readonly row: Row;
}

async function without({ name, what, leave, comeBack }: Dependency, stage: Stage, scope: TrialScope): Promise<Left> {
  const { traffic, ledger, reader } = stage;
  const before = { sent: traffic.sent, unanswered: traffic.unanswered, decisions: ledger.decisions.length };
  await traffic.run(PER_SECOND, scope.size(5_000, 600));
  await leave();
  const awayFrom = performance.now();
  await traffic.run(PER_SECOND, scope.size(30_000, 1_000));
  const cutShort = traffic.cutShort;
  const awayMs = performance.now() - awayFrom;
  const decidedMeanwhile = ledger.decisions.length;
  await comeBack();
  const backFrom = performance.now();
  await traffic.run(PER_SECOND, scope.size(5_000, 400));
  await traffic.finish();
  const left = await cleared(reader, () => ledger.requestIds, {
    withinMs: LONGEST_BACKLOG_MS,
    everyMs: scope.size(1_000, 100),
  });
  const ms = performance.now() - backFrom;
  const unanswered = traffic.unanswered - before.unanswered;
  return {
    ...{ name, awayMs, ms },
    checks: [
      check(`without ${what}: every click was answered`, unanswered === 0, {
        sent: traffic.sent - before.sent,
        unanswered,
      }),
      check(`without ${what}: what was left to be done then was done`, left.unfinished + left.cards === 0, {
        unfinished: left.unfinished,
        cards: left.cards,
      }),
    ],
    row: {
      id: `load-outage-${name}`,
      what: `${what} away for ${round(awayMs / 1_000)} s: until all was done, once it was back`,
      ...{ unit: 's', ours: round(ms / 1_000) },
      details: {
        decisionsMeanwhile: decidedMeanwhile - before.decisions,
        visitsCutShort: cutShort,
      },
    },
  };
}

/** Who asked and who decided have a card each that says what became of it. */
async function untold({ requests, ledger, reader }: Stage): Promise<number> {
  let count = 0;
  for (const { requestId } of ledger.decisions) {
    const request = requests.find(({ id }) => id === requestId);
    const { rows } = await reader.read(`request:${requestId}`);
    const { state = '' } = (rows.get('request')?.value ?? {}) as { readonly state?: string };
    const says = SAYS[state];
    if (request === undefined || says === undefined) continue;
    for (const { id } of [request.requester, request.approver])
      if (!says.test(ledger.cardOf(requestId, id) ?? '')) count++;
  }
  return count;
}

const SAYS: Readonly<Record<string, RegExp>> = {
  done: /The relationship is removed\./,
  declined: /Declined\. Nothing was removed\./,
  withdrawn: /Withdrawn\. Nothing was removed\./,
  void: /The approval is void/,
};
