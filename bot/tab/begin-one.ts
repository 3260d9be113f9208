import type { OneAtATime } from '../one-at-a-time.ts';
import { TabRefusal, type Asker } from './asker.ts';

/**
 * @returns what is called at the end.
 * @throws {TabRefusal} 429, while something of theirs is under way.
 */
export function beginOne(oneAtATime: OneAtATime, { id }: Pick<Asker, 'id'>): () => void {
  const done = oneAtATime.begin(id);
  if (done === undefined) throw new TabRefusal(429, 'busy');
  return done;
}
