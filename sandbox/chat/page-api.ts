import { z } from 'zod';
import { NotPossibleError } from './card-actions.ts';
import { choicesOf, DeliveryError, type Client } from './client.ts';
import type { Conversation } from './conversation.ts';
import type { Answer } from './http.ts';
import type { Changes } from './messages.ts';
import { CHAT_TENANT_ID } from './people.ts';
import type { SingleSignOn } from './single-sign-on.ts';

interface Parts {
  readonly conversations: readonly Conversation[];
  readonly client: Client;
  readonly changes: Changes;
  readonly signOn: () => SingleSignOn | undefined;
}

type Act = (body: unknown) => Promise<Answer>;

const refuse = (status: number, error: string): Promise<Answer> => Promise.resolve({ status, body: { error } });

/** What a page asks of the chat service, by path. */
export function createPageApi({
  conversations,
  client,
  changes,
  signOn,
}: Parts): (path: string, body: unknown) => Promise<Answer> {
  const call =
    <T extends { readonly person: string }>(
      schema: z.ZodType<T>,
      act: (call: T, of: Conversation) => Promise<unknown>,
    ): Act =>
    async (body) => {
      const asked = schema.safeParse(body);
      if (!asked.success) return refuse(400, z.prettifyError(asked.error));
      const of = conversations.find(({ person }) => person.key === asked.data.person);
      if (of === undefined) return refuse(404, `Nobody here is called "${asked.data.person}".`);
      try {
        return { status: 200, body: (await act(asked.data, of)) ?? {} };
      } catch (error) {
        if (error instanceof DeliveryError) return refuse(502, error.message);
        if (error instanceof NotPossibleError) return refuse(409, error.message);
        throw error;
      }
    };

  const acts: Readonly<Record<string, Act>> = {
    '/api/say': call(Said, ({ text }, of) => client.say(of, text)),
    '/api/say-again': call(SaidAgain, ({ messageId }, of) => client.sayAgain(of, messageId)),
    '/api/file': call(Sent, ({ name, content }, of) => client.sendFile(of, name, Buffer.from(content, 'base64'))),
    '/api/action': call(Pressed, ({ device, messageId, action, trigger, state }, of) =>
      client.execute(of, device, messageId, action, trigger, state),
    ),
    '/api/file-consent': call(FileAnswered, ({ device, messageId, action }, of) =>
      client.answerFile(of, device, messageId, action),
    ),
    '/api/signed-in': call(SignedIn, ({ messageId, state }, of) => client.signedIn(of, messageId, state)),
    '/api/submit': call(Submitted, ({ messageId, data }, of) => client.sendSubmit(of, messageId, data)),
    '/api/search': call(Searched, async ({ messageId, dataset, query }, of) => {
      const answer = await client.searchDataset(of, messageId, dataset, query);
      return { status: answer.status, choices: answer.status === 200 ? choicesOf(answer) : [] };
    }),
    // What a page that frames the tab knows as Teams does: who sits there, and a token that says so.
    '/api/tab-person': call(Asked, (_asked, { person: { name, locale, aadObjectId } }) =>
      Promise.resolve({ name, locale, aadObjectId, tenantId: CHAT_TENANT_ID }),
    ),
    '/api/sso-token': call(Asked, async (_asked, of) => ({ token: await signOn()?.token(of.person, '') })),
    '/api/locale': call(LocaleChosen, async ({ locale }, of) => {
      try {
        await client.speak(of, locale);
      } finally {
        changes.tell({ kind: 'person', person: of.person.key });
      }
    }),
  };
  return (path, body) => acts[path]?.(body) ?? refuse(404, `There is nothing at ${path}.`);
}

const person = z.string();
const messageId = z.string();
const data = z.record(z.string(), z.unknown());

const Asked = z.object({ person });
const Said = z.object({ person, text: z.string().trim().min(1) });
const SaidAgain = z.object({ person, messageId });
const Sent = z.object({ person, name: z.string().trim().min(1).max(255), content: z.base64() });
const Pressed = z.object({
  person,
  messageId,
  device: z.string(),
  action: z.object({ title: z.string().exactOptional(), id: z.string().exactOptional(), verb: z.string(), data }),
  trigger: z.enum(['manual', 'automatic']),
  state: z.string().exactOptional(),
});
const FileAnswered = z.object({ person, messageId, device: z.string(), action: z.enum(['accept', 'decline']) });
const SignedIn = z.object({ person, messageId, state: z.string() });
const Submitted = z.object({ person, messageId, data });
const Searched = z.object({ person, messageId, dataset: z.string(), query: z.string().min(1) });
const LocaleChosen = z.object({ person, locale: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/) });
