import type { RequestFilter } from '../actions.ts';
import type { Language } from './texts.ts';

/** What can be written to the bot. */
export type Word =
  | 'help'
  | 'remove'
  /** Of several customers, named in a list. */
  | 'remove-several'
  | 'status'
  | 'requests'
  | 'watch'
  /** What somebody watches. */
  | 'watches'
  | 'dry-run'
  | 'audit'
  | 'stop'
  /** May mean several things, and is asked about. */
  | 'cancel'
  | 'sign-in'
  | 'sign-out';

/** In every language, in small letters and with ordinary blanks; all of them are understood whatever the sender's, and none means two things. The first of each is the one that help names. */
export const WORDS: Readonly<Record<Language, Readonly<Record<Word, readonly string[]>>>> = {
  en: {
    help: ['help', 'hi', 'hello', '?'],
    remove: ['remove', 'offboard', 'delete'],
    'remove-several': ['remove several', 'batch'],
    status: ['status'],
    requests: ['requests'],
    watch: ['watch'],
    watches: ['watches', 'my watches', 'watched'],
    'dry-run': ['dry run', 'dry-run'],
    audit: ['audit'],
    stop: ['stop', 'quit', 'exit'],
    cancel: ['cancel', 'undo', 'withdraw'],
    'sign-in': ['sign in', 'sign-in', 'login', 'log in'],
    'sign-out': ['sign out', 'sign-out', 'logout', 'log out'],
  },
  de: {
    help: ['hilfe', 'hallo', 'guten tag'],
    remove: ['entfernen', 'entferne', 'beenden', 'löschen', 'loeschen'],
    'remove-several': ['mehrere entfernen', 'stapel'],
    status: ['status', 'stand'],
    requests: ['anträge', 'antraege'],
    watch: ['beobachten', 'beobachte'],
    watches: ['beobachtungen', 'beobachtungsliste', 'beobachtete'],
    'dry-run': ['probelauf'],
    audit: ['protokoll', 'prüfprotokoll', 'pruefprotokoll'],
    stop: ['stopp', 'schluss'],
    cancel: ['abbrechen', 'stornieren', 'zurückziehen', 'zurueckziehen'],
    'sign-in': ['anmelden', 'einloggen'],
    'sign-out': ['abmelden', 'ausloggen'],
  },
  fr: {
    help: ['aide', 'bonjour', 'salut'],
    remove: ['supprimer', 'supprime', 'enlever'],
    'remove-several': ['supprimer plusieurs', 'lot'],
    status: ['statut', 'état'],
    requests: ['demandes'],
    watch: ['suivre', 'surveiller'],
    watches: ['suivis', 'clients suivis', 'mes suivis'],
    'dry-run': ['simulation', 'simuler'],
    audit: ['journal', 'registre'],
    stop: ['arrêter', 'arrête', 'quitter'],
    cancel: ['annuler', 'annule', 'retirer'],
    'sign-in': ['connexion', 'se connecter'],
    'sign-out': ['déconnexion', 'se déconnecter'],
  },
  ru: {
    help: ['помощь', 'справка', 'привет', 'здравствуйте'],
    remove: ['удалить', 'удали'],
    'remove-several': ['удалить несколько', 'пакет'],
    status: ['статус'],
    requests: ['заявки'],
    watch: ['следить', 'следи'],
    watches: ['слежу', 'отслеживаемые', 'наблюдения'],
    'dry-run': ['пробный прогон', 'прогон'],
    audit: ['журнал', 'аудит'],
    stop: ['стоп', 'хватит'],
    cancel: ['отмена', 'отменить', 'отмени', 'отозвать'],
    'sign-in': ['войти', 'вход'],
    'sign-out': ['выйти', 'выход'],
  },
};

/** What may stand behind *requests*. */
export const FILTER_WORDS: Readonly<Record<Language, Readonly<Record<RequestFilter, readonly string[]>>>> = {
  en: { open: ['open'], waiting: ['waiting', 'waiting for me'], ended: ['ended', 'done', 'closed'] },
  de: { open: ['offen', 'offene'], waiting: ['wartend', 'wartende'], ended: ['beendet', 'beendete', 'erledigt'] },
  fr: { open: ['ouvertes'], waiting: ['en attente'], ended: ['terminées'] },
  ru: { open: ['открытые'], waiting: ['ждут', 'ждут меня'], ended: ['завершённые'] },
};

/** What may stand behind *requests* where none are left out. */
export const ALL_WORDS: Readonly<Record<Language, readonly string[]>> = {
  en: ['all'],
  de: ['alle'],
  fr: ['toutes'],
  ru: ['все'],
};

/** What people say to a card that waits, and what they put around it: no customer is meant by it unless one is called so. */
export const SMALL_TALK: Readonly<Record<Language, readonly string[]>> = {
  en: [
    ...['yes', 'yeah', 'yep', 'no', 'nope', 'ok', 'okay', 'k', 'sure', 'fine', 'good', 'great', 'done', 'got'],
    ...['approve', 'approved', 'decline', 'declined', 'reject', 'rejected', 'agree', 'agreed', 'confirm', 'confirmed'],
    ...['thanks', 'thank', 'thx', 'you', 'very', 'much', 'so', 'a', 'lot', 'please', 'i', 'it', 'that', 'all', 'right'],
  ],
  de: [
    ...['ja', 'jawohl', 'nein', 'nee', 'okay', 'gut', 'klar', 'alles', 'fertig', 'erledigt', 'super', 'prima'],
    ...['genehmige', 'genehmigen', 'genehmigt', 'ablehnen', 'abgelehnt', 'einverstanden', 'bestätigen', 'bestätigt'],
    ...['danke', 'dank', 'dankeschön', 'vielen', 'sehr', 'schön', 'bitte', 'ich', 'das'],
  ],
  fr: [
    ...['oui', 'non', 'd', 'accord', 'bien', 'bon', 'parfait', 'super', 'fait', 'ça', 'marche', 'compris'],
    ...['approuve', 'approuver', 'approuvé', 'refuse', 'refuser', 'refusé', 'confirme', 'confirmer', 'confirmé'],
    ...['merci', 'beaucoup', 'très', 's', 'il', 'te', 'vous', 'plaît', 'je', 'j'],
  ],
  ru: [
    ...['да', 'ага', 'нет', 'не', 'ок', 'окей', 'хорошо', 'ладно', 'понятно', 'ясно', 'готово', 'отлично', 'можно'],
    ...['одобряю', 'одобрить', 'одобрено', 'утверждаю', 'утвердить', 'отклонить', 'отклоняю', 'подтверждаю'],
    ...['согласен', 'согласна', 'спасибо', 'благодарю', 'большое', 'вам', 'тебе', 'пожалуйста', 'я', 'это', 'всё'],
  ],
};

/** The words that help names. */
export const NAMED_WORDS = Object.keys(WORDS.en) as Word[];
/** Those that Teams does not list: it takes ten. `audit` is for auditors alone. */
const UNLISTED: ReadonlySet<Word> = new Set(['remove-several', 'cancel', 'audit']);
export const LISTED_WORDS = NAMED_WORDS.filter((word) => !UNLISTED.has(word));
