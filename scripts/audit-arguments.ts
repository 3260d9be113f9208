import { parseArgs } from 'node:util';
import { EXPORT_FORMATS, type ExportFormat } from '../services/audit/export-text.ts';
import type { ExportedPart } from '../services/audit/export-record.ts';
import { DAY_MS, instant } from '../services/clock.ts';
import { isGuid, sameCase } from '../services/ids.ts';

export type AuditCommand =
  | { readonly kind: 'verify'; readonly anchor?: string }
  | { readonly kind: 'export'; readonly format: ExportFormat; readonly part: ExportedPart; readonly out?: string };

export const USAGE = `usage: npm run audit -- verify [--anchor <file or head>]
       npm run audit -- export --format csv|json [--request <id>] [--from <day>] [--to <day>] [--out <file>]`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @returns what is to be done, or what is wrong with the arguments in one line. */
export function readArguments(args: readonly string[]): AuditCommand | string {
  try {
    const text = { type: 'string' } as const;
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { anchor: text, format: text, request: text, from: text, to: text, out: text },
    });
    const [word, ...more] = positionals;
    if (more.length > 0) return `what is "${more[0] ?? ''}"?`;
    const { anchor, ...forExport } = values;
    if (word === 'verify') {
      const [odd] = Object.keys(forExport);
      return odd === undefined
        ? { kind: 'verify', ...(anchor !== undefined && { anchor }) }
        : `verify takes no --${odd}`;
    }
    if (word === 'export') return anchor === undefined ? readExport(forExport) : 'export takes no --anchor';
    return word === undefined ? 'verify or export?' : `there is no "${word}"`;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

function readExport(
  values: Readonly<Partial<Record<'format' | 'request' | 'from' | 'to' | 'out', string | undefined>>>,
): AuditCommand | string {
  const { request, from, to, out } = values;
  const format = EXPORT_FORMATS.find((one) => one === values.format);
  if (format === undefined) return `--format is ${EXPORT_FORMATS.join(' or ')}`;
  if (request !== undefined && !isGuid(request)) return '--request is the number of a request, a GUID';
  const [first, last] = [from, to].map((day) => (day === undefined ? undefined : beginOf(day)));
  if (first === null || last === null) return '--from and --to are days of UTC, as 2026-03-01';
  const part = {
    ...(request !== undefined && { request: sameCase(request) }),
    ...(first && { from: instant(first) }),
    ...(last && { before: instant(new Date(last.getTime() + DAY_MS)) }),
  };
  return { kind: 'export', format, part, ...(out !== undefined && { out }) };
}

/** When a day begins; null for what is none. */
function beginOf(day: string): Date | null {
  const begin = new Date(`${day}T00:00:00.000Z`);
  return DAY.test(day) && !Number.isNaN(begin.getTime()) && instant(begin).startsWith(day) ? begin : null;
}
