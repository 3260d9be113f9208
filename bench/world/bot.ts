import { CHAT_TENANT_ID } from '../../sandbox/chat/people.ts';
import { APPROVERS, REQUESTERS } from './channel.ts';
import { startProgram, type Program } from './program.ts';

export const AUDIT_KEY = '5c'.repeat(32);

/** The bot as it runs at work, in a process of its own. */
export interface BotProcess extends Program {
  readonly port: number;
}

export interface BotOptions {
  /** Where its store lies. */
  readonly folder: string;
  readonly partnerCenterUrl: string;
  /** Whom it believes, and whatever else is to be another way than usual. */
  readonly env: Readonly<Record<string, string>>;
  /** What Node is told, to make a profile for example. */
  readonly nodeOptions?: readonly string[];
}

/** Starts `bot/main.ts`, and waits until it takes activities. */
export async function startBot({ folder, partnerCenterUrl, env, nodeOptions = [] }: BotOptions): Promise<BotProcess> {
  const program = await startProgram(
    [...profiling(), ...nodeOptions, 'bot/main.ts'],
    {
      PORT: '0',
      HOST: '127.0.0.1',
      PARTNER_TENANT_ID: CHAT_TENANT_ID,
      PARTNER_CENTER_URL: partnerCenterUrl,
      GRAPH_URL: partnerCenterUrl,
      PARTNER_CENTER_AUTH: 'none',
      PARTNER_CENTER_ENVIRONMENT: 'production',
      REQUESTERS: REQUESTERS.map(({ id }) => id).join(),
      APPROVERS: APPROVERS.map(({ id }) => id).join(),
      AUDITORS: APPROVERS.map(({ id }) => id).join(),
      AUDIT_KEY,
      STORE: `file:${folder}`,
      BACKUPS_KEPT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    },
    /The bot listens on http:\/\/127\.0\.0\.1:(\d+)\//,
  );
  return { ...program, port: Number(program.said) };
}

/** `BENCH_PROFILES=<folder>`: each process that is measured leaves a profile there when it ends. */
export function profiling(): readonly string[] {
  const folder = process.env['BENCH_PROFILES'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
