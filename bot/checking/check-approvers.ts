import type { UserId } from '../../services/ids.ts';
import type { Config } from '../config/config.ts';
import { ok, warning, type Finding } from './finding.ts';

const ABOUT = 'approvers';

/** Who has which role, with groups taken apart where they could be read. */
export interface RoleMembers {
  /** `*`: every member of the partner's tenant. */
  readonly requesters: readonly UserId[] | '*';
  readonly approvers: readonly UserId[];
  readonly auditors: readonly UserId[];
  /** Whether a group of approvers could not be read, so that there may be more. */
  readonly isPartial: boolean;
}

/** What the lists of people mean for whoever waits for an approval. Two accounts of one person count once. */
export function checkApprovers(
  { requesters, approvers, auditors, isPartial }: RoleMembers,
  { people, approval }: Pick<Config, 'people' | 'approval'>,
): readonly Finding[] {
  const personOf = (account: UserId): UserId => people.samePerson.find((one) => one.includes(account))?.[0] ?? account;
  const able = new Set(approvers.map(personOf));
  const findings: Finding[] = [];
  if (isPartial) {
    findings.push(
      warning(
        ABOUT,
        'a group of approvers could not be read, so their number is not known',
        'See the lines about Graph',
      ),
    );
  } else if (able.size < 2) {
    findings.push(
      warning(
        ABOUT,
        able.size === 0
          ? 'there is none'
          : 'there is only one, so nobody can stand in, and their own requests find nobody',
        'Name at least two different people in APPROVERS',
      ),
    );
  } else {
    findings.push(ok(ABOUT, `${able.size} different people may approve, and ${approval.required} of them must`));
    const short =
      requesters === '*'
        ? []
        : requesters.filter((one) => able.size - (able.has(personOf(one)) ? 1 : 0) <= approval.required);
    if (able.size <= approval.required || short.length > 0) {
      findings.push(
        warning(
          ABOUT,
          'for some requesters every approver there is has to agree, so one who is away stops everything',
          'Name more people in APPROVERS',
        ),
      );
    }
  }
  if (requesters !== '*' && !isPartial && isSame(new Set(requesters.map(personOf)), able)) {
    findings.push(
      warning(
        ABOUT,
        'they are exactly those who may ask, so the same few approve each other’s requests',
        'Name approvers who do not ask, where you can',
      ),
    );
  }
  const { escalateTo } = approval;
  if (escalateTo !== undefined && !isPartial && !able.has(personOf(escalateTo))) {
    findings.push(
      warning(
        'escalation',
        'whoever is named in ESCALATE_TO is no approver, and is told of what is left lying without being able to decide',
        'Name them in APPROVERS too, if they should',
      ),
    );
  }
  if (auditors.length === 0) {
    findings.push(
      warning(
        'auditors',
        'there is none, so nobody can read the record in chat, nor close a request whose outcome stays unknown',
        'Name somebody in AUDITORS who neither asks nor approves',
      ),
    );
  }
  return findings;
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && a.size > 0 && [...a].every((one) => b.has(one));
