import { ZodError } from 'zod';
import type { Form, Forms, Page, PageRequest, Pages } from '../channel/page.ts';
import { refusalOf, TabRefusal, type Asker, type AskerOf } from './asker.ts';
import { TAB_API_PATH } from './paths.ts';

type Answer = (asker: Asker, query: unknown) => Promise<unknown>;

export interface TabApiParts {
  readonly askerOf: AskerOf;
  /** What is answered, by the rest of its address. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** The same for what is no JSON. */
  readonly files?: Readonly<Record<string, (asker: Asker, query: unknown) => Promise<Page>>>;
  readonly forms: Readonly<Record<string, (asker: Asker, body: unknown) => Promise<Page>>>;
}

/**
 * What the page asks: everything is asked by somebody, with their sign-on token, and answered as JSON in their language. A
 * refusal says why by a word that the page has a sentence for, and nothing else.
 */
export function createTabApi({ askerOf, answers, files = {}, forms }: TabApiParts): {
  readonly pages: Pages;
  readonly forms: Forms;
} {
  const withAsker = async (request: PageRequest, answer: (asker: Asker) => Promise<Page>): Promise<Page> => {
    try {
      return await answer(await askerOf(request));
    } catch (error) {
      const refusal = error instanceof ZodError ? new TabRefusal(400, 'malformed') : refusalOf(error);
      if (refusal === undefined) throw error;
      const { status, code } = refusal;
      return { ...json(status, { error: code }), ...(status === 401 && { isStrangers: true }) };
    }
  };

  const pageAt = (
    rest: string,
    answer: (asker: Asker, query: unknown) => Promise<Page>,
  ): readonly [string, Pages[string]] => [
    `${TAB_API_PATH}/${rest}`,
    (request) => withAsker(request, (asker) => answer(asker, Object.fromEntries(request.query))),
  ];

  return {
    pages: Object.fromEntries([
      ...Object.entries(answers).map(([rest, answer]) =>
        pageAt(rest, async (asker, query) => json(200, await answer(asker, query))),
      ),
      ...Object.entries(files).map(([rest, file]) => pageAt(rest, file)),
    ]),
    forms: Object.fromEntries(
      Object.entries(forms).map(([rest, take]): [string, Form] => [
        `${TAB_API_PATH}/${rest}`,
        {
          async admit(request) {
            const { status } = await withAsker(request, () => Promise.resolve(json(200, {})));
            return status === 200 ? undefined : status;
          },
          answer: (request, body) => withAsker(request, (asker) => take(asker, body)),
        },
      ]),
    ),
  };
}

const json = (status: number, body: unknown): Page => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});
