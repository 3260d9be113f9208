import { existsSync, readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../../shared/samples/', import.meta.url);

/** Bodies that Microsoft has published, by file name, where a copy of them lies beside this repository. */
export function publishedSamples(): ReadonlyMap<string, unknown> {
  if (!existsSync(FOLDER)) return new Map();
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as unknown]));
}
