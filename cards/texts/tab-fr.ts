import type { TabTexts } from './tab-en.ts';

/** What the personal tab says, in French. */
export const tabFr: TabTexts = {
  'tab.title': 'Les demandes de suppression en un coup d’œil',
  'tab.sections': 'Sections de cette page',
  'tab.loading': 'Lecture en cours…',
  'tab.retry': 'Réessayer',
  'tab.more': 'Afficher plus',
  'tab.back': 'Retour à la liste',
  'tab.refresh': 'Actualiser',
  'tab.requests': 'Demandes',
  'tab.waiting': 'En attente',
  'tab.blockers': 'Obstacles',
  'tab.record': 'Journal',

  'tab.show': 'Quelles demandes',
  'tab.show-open': 'Ouvertes',
  'tab.show-waiting': 'Vous attendent',
  'tab.show-ended': 'Terminées',
  'tab.month': 'Archivées sous',
  'tab.month-none': 'Non archivées',
  'tab.by-state': 'Demandes par état',
  'tab.state': 'État',
  'tab.none': 'Il n’y a rien ici.',
  'tab.none-open': 'Aucune demande ouverte.',
  'tab.none-ended': 'Aucune demande terminée.',
  'tab.none-so-far': 'Aucune parmi les plus récentes. Il peut y en avoir de plus anciennes.',
  'tab.none-waiting': 'Rien ne vous attend.',
  'tab.requester': 'Demandeur',
  'tab.approvers': 'Approbateurs',
  'tab.since': 'Depuis',
  'tab.until': 'Jusqu’au',
  'tab.waits-for': 'En attente de',
  'tab.time-line': 'Chronologie',
  'tab.open-request': 'Afficher la demande',
  'tab.receipt': 'Télécharger le reçu en PDF',
  'tab.unread':
    '{count, plural, one {# demande n’a pas encore été lue. Actualisez dans un instant.} other {# demandes n’ont pas encore été lues. Actualisez dans un instant.}}',
  'tab.newest-counted':
    '{count, plural, one {Seule la demande la plus récente est comptée par état (#).} other {Seules les # demandes les plus récentes sont comptées par état.}}',
  'tab.newest-only':
    '{count, plural, one {Seule la demande la plus récente est affichée (#).} other {Seules les # demandes les plus récentes sont affichées.}}',

  'tab.by-person': 'Qui est attendu',
  'tab.person': 'Qui',
  'tab.longest-first': 'Ce qui attend depuis le plus longtemps',
  'tab.more-waiting': '{count, plural, one {# autre demande attend.} other {# autres demandes attendent.}}',
  'tab.wait-sending': 'l’envoi',
  'tab.wait-decision': 'une décision',
  'tab.wait-sign-in': 'une connexion',
  'tab.wait-remove-now': 'l’ordre de supprimer maintenant',
  'tab.wait-continuing': 'la poursuite après un refus',
  'tab.wait-day': 'son jour prévu',
  'tab.wait-partner-center': 'l’Espace partenaires',
  'tab.wait-outcome': 'quelqu’un qui établisse ce qu’il en est advenu',
  'tab.wait-roles': 'l’annuaire, qui ne dit pas qui peut faire quoi',
  'tab.wait-clock': 'une horloge juste',
  'tab.wait-bot': 'moi\u202f: j’y travaille',

  'tab.blockers-title': 'Ce qui fait obstacle chez les clients suivis',
  'tab.watched':
    '{count, plural, =0 {Aucun client n’est suivi.} one {# client est suivi.} other {# clients sont suivis.}}',
  'tab.watched-cut': 'Seuls {count} des clients suivis ont été comptés.',
  'tab.no-blockers': 'Aucun obstacle n’est connu.',
  'tab.by-kind': 'Par type',
  'tab.kind': 'Type',
  'tab.customers': 'Clients',
  'tab.purchases': 'Achats',
  'tab.kind-before': 'vu par une version antérieure',
  'tab.kind-unread': 'lecture impossible\u202f: {what}',
  'tab.kind-sign-in': 'lisible seulement avec une connexion\u202f: {what}',
  'tab.clear':
    '{count, plural, one {Chez # client, rien de connu ne fait obstacle.} other {Chez # clients, rien de connu ne fait obstacle.}}',
  'tab.incomplete':
    '{count, plural, one {Chez # client, quelque chose n’a pas pu être lu\u202f: il peut y avoir d’autres obstacles.} other {Chez # clients, quelque chose n’a pas pu être lu\u202f: il peut y avoir d’autres obstacles.}}',
  'tab.not-looked':
    '{count, plural, one {# client n’a pas encore été examiné.} other {# clients n’ont pas encore été examinés.}}',
  'tab.looked-at': 'Vérifié',
  'tab.oldest-look': 'L’examen le plus ancien compté ici\u202f:',

  'tab.from': 'Du (jour UTC)',
  'tab.to': 'Au (jour UTC)',
  'tab.number': 'Numéro de demande',
  'tab.customer': 'Client (nom ou ID de locataire)',
  'tab.person-sought': 'Personne (nom ou ID d’objet)',
  'tab.not-one-name':
    'Personne de ce nom n’est proposé ici, ou plusieurs le sont : choisissez dans la liste, ou indiquez l’ID.',
  'tab.action': 'Ce qui s’est passé',
  'tab.any-action': 'Tout',
  'tab.search': 'Rechercher',
  'tab.go-on': 'Continuer la recherche',
  'tab.no-entries': 'Aucune entrée trouvée pour l’instant.',
  'tab.no-entries-at-all': 'Aucune entrée trouvée.',
  'tab.looked-back': 'Recherche effectuée en remontant jusqu’au\u202f:',
  'tab.looked-all': 'Recherche effectuée jusqu’au bout.',
  'tab.looked-all-but': 'Recherche effectuée jusqu’au bout, sauf pour ce qui est nommé ci-dessus.',
  'tab.left-out': 'N’a pas pu être lu, et ce qui s’y trouve peut manquer :',
  'tab.offered':
    '{count, plural, =0 {Personne n’est encore proposé par son nom.} one {Proposés par leur nom : le client et les personnes de la demande la plus récente.} other {Proposés par leur nom : les clients et les personnes des # demandes les plus récentes.}} Tous les autres se cherchent par leur ID, y compris les clients dont toutes les demandes sont terminées depuis plus de {days} jours.',
  'tab.unreadable':
    '{count, plural, one {# chaîne n’a pas pu être lue et a été omise.} other {# chaînes n’ont pas pu être lues et ont été omises.}}',
  'tab.export': 'Exporter',
  'tab.export-about':
    'Exporte toutes les entrées des jours et de la demande choisis ci-dessus, ou le journal entier si rien n’est choisi. Une exportation n’est pas vérifiée.',
  'tab.export-csv': 'Télécharger en CSV',
  'tab.export-json': 'Télécharger en JSON',
  'tab.export-recorded': 'Toute recherche et toute exportation sont elles aussi consignées.',

  'tab.error-sign-in':
    'Teams ne vous a pas connecté ici. Rouvrez cet onglet\u202f; si cela ne suffit pas, prévenez la personne responsable de ce bot.',
  'tab.error-no-role':
    'Vous n’avez aucun rôle ici, il n’y a donc rien à vous montrer. La personne responsable de ce bot décide qui en a un.',
  'tab.error-not-an-auditor':
    'Seuls les auditeurs voient le journal. La personne responsable de ce bot décide qui en est un.',
  'tab.error-not-a-requester': 'Seuls les demandeurs et les auditeurs voient de quels clients il s’agit.',
  'tab.error-not-found': 'Cette demande n’existe pas, ou vous n’y avez pas part.',
  'tab.error-malformed':
    'Quelque chose qui a été saisi est illisible. Les numéros de demande et les ID d’objet comptent 8-4-4-4-12 chiffres et lettres.',
  'tab.error-busy': 'Une de vos recherches ou exportations est encore en cours. Attendez la fin.',
  'tab.error-unavailable':
    'Je suis injoignable, ou je n’ai pas pu lire ce que vous voulez. Rien n’a été modifié. Réessayez dans un instant.',
  'tab.error-roles-unread': 'Je ne peux pas lire en ce moment qui peut faire quoi. Réessayez dans une minute.',
  'tab.error-not-listed': 'Je ne sais pas encore quelles demandes existent. Réessayez dans un instant.',
  'tab.error-not-in-teams': 'Ouvrez cette page comme onglet de l’application dans Teams.',
};
