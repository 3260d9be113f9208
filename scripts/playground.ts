/**
 * Does the main job through somebody else's client, Microsoft's Agents Playground: the requester sits there, and the
 * manager at the chat service of the sandbox, since the playground has one persona. Prints what worked. `--stay` leaves it all
 * running. The playground listens on all addresses of the machine, so this is not part of `npm test`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { textsFor } from '../cards/texts/texts.ts';
import { defaultPeople, startChat } from '../sandbox/chat/chat.ts';
import { startPartnerCenter } from '../sandbox/partner-center/server.ts';
import { about, approves, domainOf, removalsOf, REMOVED, seatOf } from '../test/journeys/steps.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { freePort } from '../test/support/free-port.ts';
import { journeyEnv, partnerCenterControls, startBotProcess } from '../test/support/journey.ts';
import { playgroundSettings } from './playground-settings.ts';

const NAME = 'alpineskihouse';
/** It says so itself, of what a card asks of it. */
const NOT_SUPPORTED = /([A-Z][\w ]+?) is not supported yet/;
const STEP_MS = 15_000;
const READY_MS = 20_000;

const { values: options } = parseArgs({ options: { stay: { type: 'boolean', default: false } } });
const [requester] = defaultPeople();
if (requester === undefined) throw new Error('there is a requester');

const folder = await mkdtemp(path.join(tmpdir(), 'playground-'));
const partnerCenter = await startPartnerCenter({ staleListMs: 300 });
const chat = await startChat({ partnerCenterUrl: partnerCenter.url });
const [botPort, port] = [await freePort(), await freePort()];
const botUrl = `http://127.0.0.1:${botPort}/api/messages`;
const bot = startBotProcess({
  ...journeyEnv(partnerCenter.url, path.join(folder, 'store')),
  PORT: String(botPort),
  LOG_LEVEL: 'warn',
});
if (!(await bot.ready)) throw new Error(bot.errors());
chat.connect(botUrl);
await chat.install('manager');

await writeFile(path.join(folder, '.m365agentsplayground.yml'), playgroundSettings(requester));
const url = `http://127.0.0.1:${port}`;
const playground = spawn(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js'),
    ...['start', '-e', botUrl, '-c', 'msteams', '-p', String(port)],
    ...['--service-url', `${url}/_connector`, '--disable-telemetry'],
  ],
  { cwd: folder, stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: folder, TEAMSAPPTESTER_BROWSER: 'none' } },
);
const browser = await launchBrowser();
let failed = 0;

try {
  console.log(`The Agents Playground is at ${url}, and listens on all addresses of this machine.`);
  await untilThere(`${url}/`);
  const page = await browser.newPage({ viewport: { width: 1300, height: 1100 } });
  page.setDefaultTimeout(STEP_MS);
  await page.goto(url);
  await mainJob(page);
  await besides(page);
  console.log(
    [
      'It has no way to try: a second person, signing in with Teams single sign-on, a click that comes several times,',
      'an answer that only the pressing device sees.',
    ].join('\n'),
  );
  if (options.stay) {
    console.log(`The manager is at ${chat.url}. Ctrl-C ends it all.`);
    await once(process, 'SIGINT');
  }
} finally {
  await browser.close();
  playground.kill();
  bot.send('SIGTERM');
  await bot.ended;
  await Promise.all([chat.close(), partnerCenter.close()]);
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

/** From the app that is added to the receipt. What comes later is not tried where a step has not worked. */
async function mainJob(page: Page): Promise<void> {
  const sees = (words: string | RegExp): Promise<void> => page.getByText(words).last().waitFor();
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true }).last();
  const manager = seatOf({ chat }, 'manager');

  const steps: readonly (readonly [name: string, work: () => Promise<unknown>])[] = [
    ['the app is added, and a card welcomes', () => sees('End a reseller relationship, step by step')],
    [
      'typed words show the readiness card',
      async () => {
        await says(page, `remove ${domainOf(NAME)}`);
        await sees('Nothing known stands in the way.');
      },
    ],
    [
      'a button (Action.Execute) is answered with another card in its place',
      async () => {
        await button('Request removal').click();
        await sees('A manager decides. Before anything is removed, everything is read again.');
      },
    ],
    [
      'what is filled in goes along',
      async () => {
        await page.getByRole('textbox', { name: 'Reason' }).fill('The ski house closes for good.');
        await page.getByRole('textbox', { name: 'The customer’s domain, typed by hand' }).fill(domainOf(NAME));
        await button('Send request').click();
        await sees(/Waiting for Elena Marsh/);
      },
    ],
    [
      'the manager, in the chat of the sandbox, approves, and sees the receipt',
      async () => {
        await approves(manager, NAME);
        await manager.sees(about(NAME), REMOVED);
      },
    ],
    ['a message that comes by itself shows the receipt', () => sees('The relationship is removed.')],
    [
      'Partner Center was asked to remove the relationship, once',
      async () => {
        const { length } = await removalsOf(partnerCenterControls(partnerCenter.url), NAME);
        if (length !== 1) throw new Error(`${length} times`);
      },
    ],
  ];
  for (const [name, work] of steps) if (!(await tried(name, work))) failed += 1;
}

/** What the job can do without: it is told, and fails nothing. */
async function besides(page: Page): Promise<void> {
  await tried('a customer is found by words that are sent', async () => {
    await says(page, 'remove');
    const texts = textsFor('en');
    await page
      .getByRole('textbox', { name: texts.say('pick.search') })
      .last()
      .fill('fabrikam');
    await page
      .getByRole('button', { name: texts.say('button.search'), exact: true })
      .last()
      .click();
    await page.getByText(domainOf('fabrikambikes')).last().waitFor();
  });
  const warnings = await page.getByText(NOT_SUPPORTED).allTextContents();
  for (const what of new Set(warnings.flatMap((text) => NOT_SUPPORTED.exec(text)?.[1] ?? [])))
    console.log(`does not   ${what}: not supported by the playground, as it says`);
}

async function tried(name: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    console.log(`works      ${name}`);
    return true;
  } catch (error) {
    console.log(
      `does not   ${name}: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`,
    );
    return false;
  }
}

async function says(page: Page, text: string): Promise<void> {
  const box = page.locator('[contenteditable="true"][role="textbox"]');
  await box.click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function untilThere(address: string): Promise<void> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const isThere = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    if (playground.exitCode !== null || Date.now() > end) throw new Error('The Agents Playground has not started.');
    await delay(200);
  }
}
