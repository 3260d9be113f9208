import { parse } from 'csv-parse/sync';
import { cleanName } from '../clean-text.ts';
import { fold } from '../customers/fold.ts';
import { tenantIdIn } from '../customers/search.ts';
import type { CustomerId } from '../ids.ts';

/** So many lines of a list are looked at; what comes after is counted. */
export const MOST_LINES = 200;
/** Longer than any list of so many lines; a pasted book is cut. */
const LONGEST_LIST = 200_000;

/** One customer, as a line of a list names it: by whatever the line holds. Foreign text. */
export interface ListedLine {
  /** As whoever made the list sees it, from 1 on: a line of a text, a row of a table as a spreadsheet numbers it, with its heading and empty ones. */
  readonly line: number;
  readonly tenantId?: CustomerId;
  readonly domain?: string;
  readonly name?: string;
}

export interface CustomerList {
  readonly lines: readonly ListedLine[];
  /** How many lines with something in them came after the last one that is looked at. */
  readonly more: number;
}

type Column = 'tenantId' | 'domain' | 'name';

/** What the first line of a table calls its columns, folded; Partner Center's own export is among them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  ...named(
    'tenantId',
    'tenant id',
    'tenantid',
    'tenant',
    'customer id',
    'customerid',
    'microsoft id',
    'customer tenant id',
  ),
  ...named('tenantId', 'mandanten-id', 'id de locataire', 'id du locataire', 'ид клиента', 'ид арендатора', 'id'),
  ...named('domain', 'domain', 'domain name', 'primary domain', 'primary domain name', 'default domain'),
  ...named('domain', 'domane', 'domaine', 'домен', 'основнои домен'),
  ...named('name', 'name', 'company name', 'company', 'companyname', 'customer', 'customer name', 'display name'),
  ...named(
    'name',
    'kunde',
    'firma',
    'firmenname',
    'client',
    'societe',
    'nom',
    'nom de la societe',
    'клиент',
    'название',
    'компания',
  ),
};

const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{1,62}$/u;

/**
 * Reads a list of customers: a text with one a line, or a table with commas, semicolons or tabs between, with or without
 * a line that names its columns. A text of a single line may name several, with commas or semicolons between. Never
 * throws: whatever is no table is read line by line.
 */
export function readCustomerList(text: string): CustomerList {
  const plain = text
    .slice(0, LONGEST_LIST)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  const rows = rowsOf(plain);
  const [first] = rows;
  if (first === undefined) return { lines: [], more: 0 };
  if (rows.length === 1 && first.cells.length > 1 && columnsOf(first.cells) === undefined)
    return bounded(first.cells.map((cell) => lineOf(first.line, [cell])));
  const columns = columnsOf(first.cells);
  const told = columns === undefined ? rows : rows.slice(1);
  return bounded(
    told.map(({ line, cells }) => (columns === undefined ? lineOf(line, cells) : byColumns(line, cells, columns))),
  );
}

const bounded = (lines: readonly (ListedLine | undefined)[]): CustomerList => {
  const some = lines.filter((line) => line !== undefined);
  return { lines: some.slice(0, MOST_LINES), more: Math.max(0, some.length - MOST_LINES) };
};

interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(text: string): readonly TableRow[] {
  try {
    const parsed = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    });
    return filled(parsed.map((cells, at) => ({ line: at + 1, cells })));
  } catch {
    // A quote that nobody closes makes no table of it.
    return filled(text.split('\n').map((line, at) => ({ line: at + 1, cells: [line.replaceAll('"', ' ')] })));
  }
}

const filled = (rows: readonly TableRow[]): readonly TableRow[] =>
  rows
    .map(({ line, cells }) => ({ line, cells: cells.map(cleanName) }))
    .filter(({ cells }) => cells.some((cell) => /[\p{L}\p{N}]/u.test(cell)));

/** Whatever the first line that has columns has between them; names may have commas in them. */
function delimiterOf(text: string): string {
  const told = text.split('\n').find((line) => DELIMITERS.some((one) => line.includes(one))) ?? '';
  return DELIMITERS.find((one) => told.includes(one)) ?? ',';
}
const DELIMITERS = ['\t', ';', ','];

function columnsOf(cells: readonly string[]): readonly (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => COLUMNS[fold(cell)]);
  const isNamed = columns.some((column) => column !== undefined) && !cells.some((cell) => isTold(cell));
  return isNamed ? columns : undefined;
}

const isTold = (cell: string): boolean => tenantIdIn(cell) !== undefined || DOMAIN.test(cell);

function byColumns(
  line: number,
  cells: readonly string[],
  columns: readonly (Column | undefined)[],
): ListedLine | undefined {
  const of = (column: Column): string => cells.find((cell, at) => columns[at] === column && cell !== '') ?? '';
  const tenantId = tenantIdIn(of('tenantId'));
  const [domain, name] = [domainIn(of('domain')), of('name')];
  const known = {
    ...(tenantId !== undefined && { tenantId }),
    ...(domain !== '' && { domain }),
    ...(name !== '' && { name }),
  };
  return Object.keys(known).length === 0 ? lineOf(line, cells) : { line, ...known };
}

/** Without names of columns each cell is taken for what it looks like; what looks like nothing else is the name. */
function lineOf(line: number, cells: readonly string[]): ListedLine | undefined {
  const some = cells.filter((cell) => cell !== '');
  if (some.length === 0) return undefined;
  const tenantId = some.map(tenantIdIn).find((id) => id !== undefined);
  const domain = some.map(domainIn).find((cell) => DOMAIN.test(cell));
  const name = some.filter((cell) => !isTold(cell) && !DOMAIN.test(domainIn(cell))).join(', ');
  return {
    line,
    ...(tenantId !== undefined && { tenantId }),
    ...(domain !== undefined && { domain }),
    ...(name !== '' && { name }),
  };
}

/** Some copy a domain with its @ or as an address. */
const domainIn = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^@/, '')
    .replace(/\/$/, '');

function named(column: Column, ...names: readonly string[]): Record<string, Column> {
  return Object.fromEntries(names.map((name) => [fold(name), column]));
}
