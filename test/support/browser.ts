import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser } from 'playwright-core';

/** Where browsers that Playwright can drive are installed on the systems people work on. */
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env['PROGRAMFILES'] ?? 'C:\\Program Files'}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)'}\\Microsoft\\Edge\\Application\\msedge.exe`,
];

/** A test's browser looks up nothing by itself. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** Made for one page in a small function: a second page takes the whole browser down; and pages are not kept apart. */
const UNWANTED = ['--single-process', '--disable-web-security', '--disable-site-isolation-trials'];

/** Starts a browser without a window: an installed one, else the one that comes with the packages (Linux). */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((file) => existsSync(file));
  if (installed !== undefined) {
    // Chrome's sandbox does not start for root, as in a container.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return driver.launch({ executablePath: installed, args: [...QUIET, ...asRoot] });
  }
  // Without a graphics card, drawing as if there were one takes several times the processor.
  chromium.setGraphicsMode = false;
  const args = chromium.args.filter((arg) => !UNWANTED.includes(arg));
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, '--disable-gpu', ...QUIET],
  });
}

const OPEN_SANS = 'Open Sans';

/** With the font that comes with the browser, so that pictures look alike whatever a machine has (Linux). */
export async function launchWithOneFont(): Promise<Browser> {
  const file = path.join(tmpdir(), 'reseller-offboarding-fonts.conf');
  const prefer = (family: string, font: string): string =>
    `<match target="pattern"><test name="family"><string>${family}</string></test>` +
    `<edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`;
  await writeFile(
    file,
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>' +
      `<dir>${path.join(tmpdir(), 'fonts')}</dir><dir>/usr/share/fonts</dir>` +
      ['sans-serif', 'sans', 'system-ui'].map((family) => prefer(family, OPEN_SANS)).join('') +
      `<cachedir>${path.join(tmpdir(), 'fonts-cache')}</cachedir></fontconfig>`,
  );
  const before = process.env['FONTCONFIG_FILE'];
  process.env['FONTCONFIG_FILE'] = file;
  try {
    return await launchBrowser();
  } finally {
    if (before === undefined) delete process.env['FONTCONFIG_FILE'];
    else process.env['FONTCONFIG_FILE'] = before;
  }
}
