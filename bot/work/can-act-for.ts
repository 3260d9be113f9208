import { z } from 'zod';
import type { ActAs } from '../../services/partner-center/partner-center.ts';
import type { TokenSource } from '../../services/partner-center/token-source.ts';
import type { Json } from '../../services/storage/store.ts';

const Named = z.object({ actAs: z.custom<ActAs>((value) => typeof value === 'string') });

/** Whether this process can act in whose name a row of work says it is to be done. */
export function canActFor(value: Json, tokens: Pick<TokenSource, 'canActAs'>): boolean {
  const named = Named.safeParse(value).data;
  return named === undefined || tokens.canActAs(named.actAs);
}
