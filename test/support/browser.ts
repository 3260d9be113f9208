import { existsSync } from 'node:fs';
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
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) {
    // Chrome's sandbox does not start for root, as in a container.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return driver.launch({ executablePath: installed, args: [...QUIET, ...asRoot] });
  }
  const args = chromium.args.filter((arg) => !UNWANTED.includes(arg));
  return driver.launch({ executablePath: await chromium.executablePath(), args: [...args, ...QUIET] });
}
