import type { TextKey } from './en.ts';
import { tabFr } from './tab-fr.ts';

/** Every text people see, in French. The words for our things are in `docs/languages.md`. */
export const fr: Readonly<Record<TextKey, string>> = {
  // Buttons.
  'button.remove-customer': 'Supprimer un client',
  'button.choose': 'Choisir',
  'button.search': 'Rechercher',
  'button.more': 'Plus',
  'button.back': 'Retour',
  'button.suspend': 'Suspendre',
  'button.suspend-access': 'Suspendre l’accès seul',
  'button.reactivate': 'Réactiver',
  'button.auto-renew-off': 'Arrêter le renouvellement',
  'button.cancel-subscription': 'Annuler l’abonnement',
  'button.cancel-order': 'Annuler la commande',
  'button.cancel-several': '{count, plural, one {Annuler # achat} other {Annuler # achats}}',
  'button.suspend-all-the-same': 'Suspendre quand même',
  'button.suspend-legacy':
    '{count, plural, one {Suspendre # abonnement hérité} other {Suspendre # abonnements hérités}}',
  'button.check-again': 'Vérifier à nouveau',
  'button.watch': 'Suivre',
  'button.stop-watching': 'Ne plus suivre',
  'button.dry-run': 'Simulation',
  'button.request-removal': 'Demander la suppression',
  'button.send-request': 'Envoyer la demande',
  'button.withdraw': 'Retirer',
  'button.drop-draft': 'Abandonner ce brouillon',
  'button.approve': 'Approuver',
  'button.close': 'Clore',
  'button.decline': 'Refuser',
  'button.pass': 'Confier à un autre',
  'button.ask-again': 'Demander à nouveau',
  'button.try-again': 'Continuer',
  'button.show': 'Afficher',
  'button.show-request': 'Afficher la demande',
  'button.my-requests': 'Mes demandes',
  'button.requests-open': 'Ouvertes',
  'button.requests-waiting': 'Celles qui vous attendent',
  'button.requests-ended': 'Terminées',
  'button.requests-all': 'Toutes',
  'button.choose-customer': 'Choisir un client',
  'button.reactivate-all': 'Tout réactiver',
  'button.yes-reactivate': 'Oui, réactiver',
  'button.yes-auto-renew-off': 'Oui, arrêter le renouvellement',
  'button.earlier': 'Plus anciennes',
  'button.later': 'Plus récentes',
  'button.overview': 'Vue d’ensemble',
  'button.time-line': 'Chronologie',
  'button.its-record': 'Son journal',
  'button.newest': 'Plus récentes',
  'button.yes-suspend': 'Oui, suspendre',
  'button.yes-approve': 'Oui, approuver',
  'button.yes-close': 'Oui, clore',
  'button.yes-decline': 'Oui, refuser',
  'button.yes-pass': 'Oui, confier',
  'button.sign-in': 'Se connecter',
  'button.sign-in-and-remove': 'Se connecter et supprimer',
  'button.remove-now': 'Supprimer maintenant',
  'button.sign-in-and-send': 'Se connecter et envoyer',
  'button.sign-in-and-cancel': 'Se connecter et annuler',
  'button.cancel-now': 'Annuler maintenant',
  'button.yes-cancel': 'Oui, annuler',
  'button.yes-remove': 'Oui, supprimer',
  'button.yes-withdraw': 'Oui, retirer',
  'button.yes-drop': 'Oui, abandonner',
  'button.tick': 'Fait',
  'button.untick': 'Pas fait',
  'button.waiting': 'Ce qui m’attend',
  'button.pdf': 'Reçu en PDF',
  'button.notice': 'Message au client',
  'button.partner-center': 'Ouvrir l’Espace partenaires',
  'button.azure-portal': 'Ouvrir le portail Azure',
  'button.request-several': '{count, plural, one {Demander # suppression} other {Demander # suppressions}}',
  'button.send-several': '{count, plural, one {Envoyer # demande} other {Envoyer # demandes}}',
  'button.clear-several': '{count, plural, one {Suspendre pour # client} other {Suspendre pour # clients}}',
  'button.stop': 'Arrêter',
  'button.yes-stop': 'Oui, arrêter',
  'button.details': 'Détails',
  'button.previous': 'Précédents',
  'button.next': 'Suivants',
  'button.come-back': 'Ouvrir le lien',

  // Welcome and help.
  'help.title': 'Mettre fin à une relation de revendeur, étape par étape',
  'help.about':
    'Je trouve tout ce qui fait obstacle, je règle ce qui peut l’être d’ici, je consulte un responsable et j’exécute la suppression exactement comme elle a été approuvée.',
  'help.words': 'Ce que vous pouvez écrire',
  'help.remove': '« supprimer » et un nom : obstacles',
  'help.remove-several': '« supprimer plusieurs » : liste, CSV',
  'help.status': '« statut » : vos dernières demandes',
  'help.requests': '« demandes » : toutes, ou « ouvertes », « en attente », « terminées »',
  'help.watch': '« suivre » et un nom : nouvelles',
  'help.watches': '« suivis » : tous vos clients suivis',
  'help.dry-run': '« simulation » et un nom : un essai',
  'help.audit': '« journal » : numéro ou nom',
  'help.cancel': '« annuler » : demande quoi',
  'help.stop': '« arrêter » : quitte ce que vous faites',
  'help.sign-in': '« connexion » : j’agis pour vous',
  'help.sign-out': '« déconnexion » : je l’oublie',
  'help.help': '« aide » : cette carte',
  'welcome.try': '{count, plural, one {# chose à essayer} other {# choses à essayer}}',
  'welcome.remove': 'Choisissez un client, et voyez ce qui fait obstacle.',
  'welcome.remove-provider': 'Choisissez un client, et voyez ce qu’il faut envoyer à votre fournisseur indirect.',
  'welcome.dry-run': 'Une simulation : ce qu’une suppression enverrait, sans rien envoyer.',
  'welcome.waiting': 'Voyez ce qui attend votre décision.',
  'welcome.words': 'Voyez ce que vous pouvez m’écrire.',
  'help.about-provider':
    'Vous êtes un revendeur indirect : c’est donc votre fournisseur indirect qui met fin aux relations. Je trouve le client et je rassemble ce qu’il faut envoyer au fournisseur.',
  'help.remove-provider': '« supprimer » et un nom : ce qu’il faut envoyer à votre fournisseur indirect',
  'help.approver': 'Vous êtes approbateur. Ce qu’on vous demande arrive ici tout seul.',
  'help.roles-unread': 'Je ne peux pas lire en ce moment qui a le droit de faire quoi. Réessayez dans une minute.',
  'help.no-role':
    'Vous ne pouvez ni demander ni approuver de suppressions. La personne responsable de ce bot décide qui le peut ; indiquez-lui votre ID d’objet : {id}',
  'help.unknown': 'Je ne connais pas « {words} ». Voici ce que je comprends :',
  'help.stopped': 'Arrêté. Rien n’a été défait.',
  'help.nothing-to-stop': 'Il n’y avait rien à arrêter.',
  'help.goes-on':
    'Ce qui a été demandé suit son cours. Écrivez « demandes » pour le voir ; tant que ce n’est pas exécuté, la personne qui l’a demandé peut l’y retirer.',
  'help.summary': 'Ce que je sais faire',
  'cancel.title': 'Que faut-il annuler ?',
  'cancel.stop': 'Ce que vous êtes en train de faire ici : écrivez « arrêter ». Cela ne défait rien.',
  'cancel.withdraw':
    'Une demande que vous avez envoyée : elle est dans la liste de vos demandes et peut y être retirée.',
  'cancel.subscription':
    'L’abonnement d’un client : choisissez le client. Là où l’abonnement peut encore être annulé, le bouton est affiché.',
  'help.elsewhere':
    'Je travaille uniquement dans des conversations individuelles. Ouvrez une conversation avec moi pour continuer.',
  'help.card-needed': 'Utilisez les boutons de la carte ci-dessus, ou écrivez « aide ».',
  'help.old-teams': 'Ce bouton nécessite une version plus récente de Teams. Rien n’a été modifié.',

  // Choosing a customer.
  'pick.title': 'Quel client ?',
  'pick.title-watch': 'Quel client dois-je suivre ?',
  'pick.title-dry-run': 'Une simulation pour quel client ?',
  'pick.type': 'Tapez un nom ou un domaine, puis choisissez dans la liste',
  'pick.placeholder': 'Client',
  'pick.search': 'Absent de la liste ? Recherchez par mots',
  'pick.results':
    '{count, plural, =0 {Aucun client ne correspond} one {# client correspond} other {# clients correspondent}} à « {words} »',
  'pick.results-many': 'Les {count} premiers clients qui correspondent à « {words} ». Ajoutez un mot pour préciser.',
  'pick.list': 'Clients {from} à {to} sur {total}',
  'pick.none': 'Aucun client ne correspond à « {words} ».',
  'pick.none-gone': 'Un client déjà supprimé, ou qui relève d’un autre partenaire, ne figure plus dans votre liste.',
  'pick.none-yet':
    'Personne n’a encore été trouvé pour « {words} ». Pour le moment, seuls les débuts des noms et des domaines ont pu être parcourus.',
  'pick.unread':
    'On ne sait pas si un client correspond à « {words} », car la recherche dans l’Espace partenaires n’a pas abouti.',
  'pick.unread-others': 'La recherche dans l’Espace partenaires n’a pas abouti : il y en a peut-être d’autres.',
  'pick.loading':
    'La liste des clients est en cours de lecture : {known} pour le moment. Ceux qui manquent arrivent peut-être.',
  'pick.failed': 'La liste des clients n’a pas encore pu être lue. Une nouvelle tentative se fait d’elle-même.',
  'pick.empty': 'La liste ne contient aucun client.',
  'pick.own-tenant': 'C’est votre propre locataire. Vous ne pouvez pas vous supprimer vous-même.',
  'pick.unknown-id': 'Vous n’avez aucun client dont l’ID de locataire est {id}. Il a peut-être déjà été supprimé.',
  'pick.nothing-chosen': 'Rien n’a été choisi. Tapez un nom et choisissez un client dans la liste.',
  'pick.reseller': 'Clients du revendeur {name} (PartnerID {partnerId})',
  'pick.reseller-unnumbered': 'Clients du revendeur {name}',
  'pick.reseller-search': 'Rechercher parmi les clients de ce revendeur',
  'pick.resellers-more': 'D’autres revendeurs correspondent. Ajoutez un mot pour préciser.',
  'pick.resellers-unread': 'Vos revendeurs n’ont pas pu être lus : la recherche n’a porté sur aucun d’eux.',
  'pick.reseller-unread': 'Les clients de ce revendeur n’ont pas pu être lus.',
  'pick.reseller-unknown': 'Ce n’est pas l’un de vos revendeurs, ou il ne l’est plus.',
  'pick.summary': 'Choisissez un client',
  'pick.tenant': 'Locataire {id}',

  // An indirect reseller asks its provider.
  'provider.title': 'C’est votre fournisseur indirect qui met fin à cette relation',
  'provider.summary': 'Ce qu’il faut envoyer à votre fournisseur indirect',
  'provider.about':
    'Vous êtes un revendeur indirect. La relation se trouve dans le locataire de votre fournisseur indirect : lui seul peut donc la supprimer. Elle prend alors fin pour tous les revendeurs de ce fournisseur, pas seulement pour vous.',
  'provider.nothing': 'Rien n’a été modifié, et rien ne peut être suspendu, suivi ni supprimé d’ici.',
  'provider.refused': 'C’est votre fournisseur indirect qui met fin à cette relation, pas vous. Rien n’a été modifié.',
  'provider.send': 'Copiez ceci, complétez-le et envoyez-le à votre fournisseur',
  'provider.ask': 'Veuillez mettre fin à la relation de revendeur avec ce client.',
  'provider.customer': 'Client',
  'provider.domain': 'Domaine',
  'provider.tenant': 'ID de locataire du client',
  'provider.own-tenant': 'Notre ID de locataire, en tant que revendeur indirect',
  'provider.reason': 'Motif',
  'provider.date': 'Fin le',
  'provider.fill-in': '(à compléter)',

  // Readiness.
  'readiness.title': 'Mettre fin à la relation de revendeur',
  'readiness.reading': 'Lecture de tout ce que possède ce client…',
  'readiness.consequences': 'Ce que fait la suppression',
  'readiness.consequence-list': 'Le client disparaît de votre liste de clients.',
  'readiness.consequence-support': 'Vous ne faites plus partie des contacts de support du client.',
  'readiness.consequence-admin': 'Vos anciens privilèges d’administration délégués (DAP) prennent fin, s’il y en a.',
  'readiness.granular-may-be-asked':
    'Les relations d’administration déléguées granulaires (GDAP) restent, sauf si la demande prévoit d’y mettre fin aussi.',
  'readiness.granular-left':
    'Les relations d’administration déléguées granulaires (GDAP) restent : y mettre fin ne fait pas partie de cette demande.',
  'readiness.granular-ended':
    'Après la suppression, il est mis fin aux relations d’administration déléguées granulaires (GDAP) citées ci-dessus.',
  'readiness.consequence-sales': 'Vous ne pouvez plus rien vendre à ce client.',
  'readiness.irreversible':
    'Vous ne pouvez pas revenir en arrière : l’administrateur du client doit accepter une nouvelle demande de relation.',
  'readiness.sandbox': 'Ceci est un bac à sable d’intégration : la suppression efface le locataire du client.',
  'readiness.verdict-clear': 'Aucun obstacle connu.',
  'readiness.verdict-being-cleared': 'Ce que vous avez confirmé est en cours. Il n’y a pas d’autre obstacle.',
  'readiness.verdict-clear-here':
    '{count, plural, one {Réglez d’abord # obstacle ici.} other {Réglez d’abord # obstacles ici.}}',
  'readiness.verdict-cancellations':
    '{count, plural, one {Un responsable doit d’abord approuver # annulation.} other {Un responsable doit d’abord approuver # annulations.}}',
  'readiness.verdict-elsewhere':
    '{count, plural, one {# obstacle doit d’abord être réglé ailleurs.} other {# obstacles doivent d’abord être réglés ailleurs.}}',
  'readiness.verdict-not-before': 'Pas de suppression avant le {date}.',
  'readiness.verdict-not-before-billing':
    'Pas de suppression avant le {date}. Sauf si « annuler à la fin de la période » est défini dans l’Espace partenaires, la facturation continue ensuite jusqu’à ce que l’abonnement soit annulé.',
  'readiness.verdict-not-before-transfer': 'Sans transfert au prochain partenaire, pas de suppression avant le {date}.',
  'readiness.verdict-not-before-transfer-billing':
    'Sans transfert au prochain partenaire, pas de suppression avant le {date}. Sauf si « annuler à la fin de la période » est défini dans l’Espace partenaires, la facturation continue ensuite jusqu’à ce que l’abonnement soit annulé.',
  'readiness.verdict-cannot-tell': 'Je ne peux pas le dire. Lecture impossible : {sources}.',
  'readiness.gone': 'Vous n’avez pas (ou plus) de relation de revendeur avec ce client.',
  'readiness.gone-role':
    'S’il est malgré tout dans votre liste, votre rôle dans l’Espace partenaires manque peut-être.',
  'readiness.gone-seen': 'C’est ce qui a été vu en dernier. Ce qu’il en est depuis n’a pas pu être lu.',
  'readiness.group-blocks': 'Fait obstacle',
  'readiness.group-may-block': 'Peut faire obstacle',
  'readiness.group-may-block-about': 'L’Espace partenaires décide. S’il refuse, rien n’est modifié.',
  'readiness.group-to-know': 'À savoir',
  'readiness.more-lines': '{count, plural, one {et # autre} other {et # autres}}',
  'readiness.suspend-last':
    'Suspendez en dernier : on ne gagne rien tant que le reste n’est pas réglé. Microsoft supprime les données suspendues au bout de 90 jours.',
  'readiness.suspend-access-about':
    'Suspendre un abonnement de nouveau commerce arrête l’accès, pas la facturation, et ne lève pas l’obstacle.',
  'readiness.transfer-title': 'Passer au partenaire suivant',
  'readiness.transfer-about':
    'Le client accepte d’abord une relation avec son prochain partenaire. Celui-ci crée un transfert, que vous acceptez dans l’Espace partenaires. Ce qui est suspendu ne peut pas être transféré : ne le suspendez donc pas avant.',
  'readiness.transfers-open':
    '{count, plural, one {Un transfert vers un autre partenaire est ouvert. Il devrait être accepté dans l’Espace partenaires, et terminé, avant la suppression.} other {# transferts vers d’autres partenaires sont ouverts. Ils devraient être acceptés dans l’Espace partenaires, et terminés, avant la suppression.}}',
  'readiness.transfers-open-to':
    '{count, plural, one {Un transfert vers {to} est ouvert. Il devrait être accepté dans l’Espace partenaires, et terminé, avant la suppression.} other {# transferts vers {to} sont ouverts. Ils devraient être acceptés dans l’Espace partenaires, et terminés, avant la suppression.}}',
  'readiness.transfer-open-about':
    'Un transfert est ouvert : vous l’acceptez dans l’Espace partenaires. Une fois terminé, ce qu’il emporte ne fait plus obstacle. Ce qui est suspendu ne peut pas être transféré : ne le suspendez donc pas avant.',
  'readiness.read-at': 'Lu le {moment}',
  'readiness.progress': '{done} sur {total} suspendus',
  'readiness.suspended-here': 'Suspendu d’ici',
  'readiness.left-suspended': 'Les utilisateurs n’y ont pas accès tant que ce n’est pas réactivé.',
  'readiness.done-here': 'Fait d’ici',
  'readiness.progress-done': '{done} sur {total} faits',
  'readiness.lines': 'Lignes {from} à {to} sur {total}',
  'readiness.todo-find-out': 'À éclaircir d’abord ({count})',
  'readiness.todo-here': 'À régler ici ({count})',
  'readiness.todo-approved': 'À annuler ici, une fois qu’un responsable a approuvé ({count})',
  'readiness.todo-elsewhere': 'À régler ailleurs ({count})',
  'readiness.todo-wait': 'À attendre ({count})',
  'progress.now':
    '{count, plural, =0 {En cours : {name}} one {En cours : {name} et # autre} other {En cours : {name} et # autres}}',
  'progress.left': '{minutes, plural, one {Encore # minute environ.} other {Encore # minutes environ.}}',
  'progress.left-seconds': 'Il reste moins d’une minute.',
  'progress.up-to-partner-center': 'L’Espace partenaires l’a accepté et met un certain temps à l’afficher.',
  'readiness.summary-ready': 'Aucun obstacle connu pour {domain}',
  'readiness.summary': 'Ce qui fait obstacle pour {domain}',
  'readiness.summary-gone': 'Pas de relation de revendeur avec {domain}',
  'readiness.summary-reading': 'Lecture de {domain}',
  'readiness.open-request': 'Il y a déjà une demande pour ce client.',

  // A customer that was removed, on a button of an older card.
  'removed.title': 'Déjà supprimé',
  'removed.on': 'Déjà supprimé le {moment}.',
  'removed.about': 'Ce client n’est plus le vôtre. Cette action n’a rien modifié.',

  // One line of the list.
  'line.named': '{name} : {said}',
  'line.more': '{count, plural, one {# autre} other {# autres}}',
  'line.name': '{name} × {quantity}',
  'line.class-legacy-licence': 'abonnement hérité',
  'line.class-legacy-add-on': 'module complémentaire hérité',
  'line.class-legacy-azure': 'Azure hérité',
  'line.class-new-commerce-licence': 'abonnement de nouveau commerce',
  'line.class-new-commerce-trial': 'version d’évaluation de nouveau commerce',
  'line.class-software-subscription': 'abonnement logiciel',
  'line.class-perpetual-software': 'logiciel perpétuel',
  'line.class-marketplace': 'abonnement de la Place de marché',
  'line.class-azure-plan': 'plan Azure',
  'line.class-savings-plan': 'plan d’économies Azure',
  'line.class-reservation': 'réservation Azure',
  'line.class-unknown': 'quelque chose que ce bot ne connaît pas',
  'line.status': '{class}, {status}',
  'line.active-azure':
    '{count, plural, one {# abonnement Azure actif en dépend} other {# abonnements Azure actifs en dépendent}}',
  'line.billed-until': 'Facturé jusqu’au {date}.',
  'line.billed-until-at-least': 'Facturé au moins jusqu’au {date}.',
  'line.remedy-suspend': 'À suspendre ici.',
  'line.remedy-suspend-last': 'Peut être suspendu ici, en tout dernier.',
  'line.remedy-with-parent': 'Disparaît quand « {parent} » est suspendu.',
  'line.remedy-cancel': 'Peut être annulé d’ici jusqu’au {date}, une fois qu’un responsable l’a approuvé.',
  'line.remedy-transfer': 'Peut passer au prochain partenaire du client par un transfert dans l’Espace partenaires.',
  'line.remedy-azure-portal': 'À régler dans le portail Azure.',
  'line.remedy-partner-center': 'À régler dans l’Espace partenaires.',
  'line.remedy-wait': 'Prend fin le {date}.',
  'line.remedy-wait-billing':
    'La période se termine le {date}. S’il se renouvelle ou continue ensuite au mois, il peut être annulé à partir de ce jour.',
  'line.remedy-wait-renews': 'La période se termine le {date}, sauf s’il se renouvelle alors.',
  'line.remedy-support': 'Seul le support de Microsoft peut le régler.',
  'line.remedy-support-otherwise': 'Sinon, seul le support de Microsoft peut le régler.',
  'status.active': 'actif',
  'status.suspended': 'suspendu',
  'status.pending': 'en attente',
  'status.none': 'sans état',
  'status.unknown': 'dans un état inconnu',
  'status.expired': 'expiré',
  'status.disabled': 'désactivé',
  'status.deleted': 'effacé',
  'status.pending_review': 'en cours d’examen',
  'status.pending_po_upload': 'en attente d’un bon de commande',
  'status.po_upload_complete': 'bon de commande envoyé',
  'status.po_review_rejected': 'bon de commande rejeté',
  'line.unread': 'Lecture impossible : {source}. Ce qui n’est pas lu compte comme un obstacle.',
  'line.not-a-reseller': 'Ce n’est pas une relation de revendeur (l’Espace partenaires indique « {relationship} »).',
  'line.pending-order': 'Une commande est encore en cours ({status}). Elle peut devenir un abonnement.',
  'line.transfer':
    '{count, plural, one {Un transfert de # élément est ouvert ({status}).} other {Un transfert de # éléments est ouvert ({status}).}}',
  'line.transfer-to':
    '{count, plural, one {Un transfert de # élément vers {to} est ouvert ({status}). Il s’accepte dans l’Espace partenaires.} other {Un transfert de # éléments vers {to} est ouvert ({status}). Il s’accepte dans l’Espace partenaires.}}',
  'line.not-transferable': 'Ne peut pas passer à un autre partenaire pour le moment : {reason}',
  'line.delegated-admin':
    '{count, plural, one {# relation d’administration déléguée granulaire reste : {names}.} other {# relations d’administration déléguées granulaires restent : {names}.}}',
  'line.resellers':
    '{count, plural, one {Prend fin aussi pour votre revendeur : {names}.} other {Prend fin aussi pour # de vos revendeurs : {names}.}}',
  'line.azure-roles': 'Les attributions de rôles Azure restent jusqu’à ce que le client les retire.',
  'line.unread-note': 'Lecture impossible : {source}. Cela ne fait pas obstacle.',
  'source.transfer-eligibility': 'ce qui peut passer à un autre partenaire',
  'source.delegated-admin': 'l’administration déléguée',
  'source.resellers': 'les revendeurs',
  'source.customer': 'le client',
  'source.subscriptions': 'les abonnements',
  'source.entitlements': 'les réservations et les logiciels',
  'source.azure-entitlements': 'les abonnements Azure',
  'source.orders': 'les commandes',
  'source.transfers': 'les transferts',

  // Watching.
  'watch.title': 'Du nouveau chez un client que vous suivez',
  'watch.cleared': 'Ne fait plus obstacle',
  'watch.added': 'Fait désormais obstacle',
  'watch.transfers': 'Un transfert a été ouvert',
  'watch.closing': 'Ne pourra bientôt plus être annulé',
  'watch.closing-line': '{name} : jusqu’au {date}',
  'watch.unread': 'Cette fois, lecture impossible : {sources}. Ce message n’en dit rien.',
  'watch.clear-so-far': 'Aucun obstacle dans ce que je peux lire sans vous.',
  'watch.left': 'Faisait obstacle à la dernière lecture',
  'watch.sign-in-needed':
    'Lisible seulement avec votre connexion : {sources}. « Vérifier à nouveau » le lit en votre nom.',
  'watch.summary': 'Du nouveau pour {domain}',
  'watch.summary-so-far': '{domain} : aucun obstacle dans ce que je peux lire sans vous',
  'watch.summary-added': 'Un nouvel obstacle pour {domain}',
  'watch.summary-transfer': 'Un transfert a été ouvert pour {domain}',
  'watch.started': 'Ce client est désormais suivi : je vous préviens quand quelque chose change.',
  'watch.started-in-part':
    'Sans vous, tout est lu sauf les réservations et les logiciels : « Vérifier à nouveau » les lit en votre nom.',
  'watch.started-nothing':
    'Ce client est désormais suivi, mais ce bot n’a pas de connexion propre pour le lire : aucune nouvelle ne viendra tant que la personne responsable de ce bot ne lui en donne pas. « Vérifier à nouveau » lit en votre nom.',
  'watch.stopped': 'Ce client n’est plus suivi.',
  'watch.already': 'Ce client est déjà suivi.',
  'watch.not-watching': 'Ce client n’était pas suivi.',
  'watch.not-ours': 'Un client avec lequel vous n’avez pas de relation de revendeur n’est pas suivi.',
  'watches.title': 'Clients que vous suivez',
  'watches.none': 'Vous ne suivez aucun client. Écrivez « suivre » et un nom pour commencer.',
  'watches.blockers':
    '{count, plural, =0 {Quelque chose fait obstacle.} one {# élément fait obstacle.} other {# éléments font obstacle.}}',
  'watches.unread': 'Cette lecture n’a pas pu porter sur : {sources}.',
  'watches.left':
    '{count, plural, one {# élément faisait obstacle à la dernière lecture.} other {# éléments faisaient obstacle à la dernière lecture.}}',
  'watches.sign-in-needed': 'Lisible seulement avec votre connexion : {sources}.',
  'watches.show-reads': '« Afficher » le lit en votre nom.',
  'watches.not-looked-at': 'Pas encore vérifié.',
  'watches.looked-at': 'Vérifié le {moment}',
  'watches.stopped': 'N’est plus suivi : {name}',

  // Dry run.
  'dry-run.title': 'Simulation d’une suppression',
  'dry-run.about': 'Voici ce qui se passerait maintenant. Tout a seulement été lu, et rien n’a été envoyé.',
  'dry-run.would-remove': 'Dans cet ordre',
  'dry-run.would-stop': 'La suppression ne serait pas envoyée, à cause de',
  'dry-run.once-clear': 'Une fois cela réglé, dans cet ordre',
  'dry-run.suspend': 'Suspendre « {name} », après votre confirmation : PATCH de l’abonnement {id}, status suspended',
  'dry-run.with-parent': '« {name} » part avec « {parent} » : rien n’est envoyé pour lui',
  'dry-run.ask-for-cancellation': 'Demander l’approbation de ce qui est annulé : {approvers}',
  'dry-run.cancel': 'Annuler « {name} », une fois approuvé : PATCH de l’abonnement {id}, status deleted',
  'dry-run.cancel-order': 'Annuler « {name} », une fois approuvé : PATCH de la commande {id}, status cancelled',
  'dry-run.ask-for-approval': 'Demander l’approbation : {approvers}',
  'dry-run.no-approver':
    'Demander l’approbation : personne d’autre que vous ne peut approuver, tout s’arrêterait donc ici',
  'dry-run.read-again': 'Tout relire et comparer avec ce qui a été approuvé',
  'dry-run.remove': 'Supprimer la relation : PATCH du client {id}, relationshipToPartner none',
  'dry-run.end-delegated-admin':
    '{count, plural, one {Si la demande le prévoit, mettre fin à la relation d’administration déléguée granulaire : {names}} other {Si la demande le prévoit, mettre fin aux # relations d’administration déléguées granulaires : {names}}}',
  'dry-run.read-back': 'Regarder jusqu’à ce que le client ait disparu de la liste, puis envoyer les deux reçus',

  // Clearing: one step, asked for, under way and ended.
  'step.title-suspend': 'Suspendre ?',
  'step.title-suspend-access': 'Suspendre l’accès seul ?',
  'step.title-reactivate': 'Réactiver ?',
  'step.title-auto-renew-off': 'Désactiver le renouvellement automatique ?',
  'step.names-suspend':
    '{count, plural, one {Cet abonnement sera suspendu :} other {Ces # abonnements seront suspendus :}}',
  'step.names-reactivate':
    '{count, plural, one {Cet abonnement sera de nouveau actif :} other {Ces # abonnements seront de nouveau actifs :}}',
  'step.names-auto-renew-off':
    '{count, plural, one {Cet abonnement ne sera pas renouvelé :} other {Ces # abonnements ne seront pas renouvelés :}}',
  'step.consequence-legacy':
    'Les utilisateurs perdent aussitôt l’accès. La facturation s’arrête. Microsoft supprime les données au bout de 90 jours, sauf si l’abonnement est réactivé avant.',
  'step.consequence-add-ons': 'Ses modules complémentaires sont suspendus avec lui.',
  'step.consequence-azure':
    'Tout ce qui en dépend s’arrête. La facturation s’arrête. Microsoft supprime les données au bout de 90 jours, sauf si l’abonnement est réactivé avant.',
  'step.consequence-access':
    'Les utilisateurs perdent aussitôt l’accès. La facturation continue jusqu’à la fin de la période.',
  'step.consequence-access-until':
    'Les utilisateurs perdent aussitôt l’accès. La facturation continue jusqu’au {date}.',
  'step.consequence-still-blocks': 'Il fait obstacle comme avant : cela ne règle rien.',
  'step.consequence-renewal-ends':
    'Le renouvellement automatique est désactivé et les modifications planifiées sont effacées. La réactivation ne rétablit ni l’un ni les autres.',
  'step.consequence-no-transfer': 'Tant qu’il est suspendu, il ne peut pas être transféré à un autre partenaire.',
  'step.consequence-reactivate':
    'Les utilisateurs ont de nouveau accès, et la facturation reprend. Il fait de nouveau obstacle à une suppression.',
  'step.consequence-reactivate-access': 'Les utilisateurs ont de nouveau accès. La facturation n’avait jamais cessé.',
  'step.consequence-not-restored':
    'Le renouvellement automatique reste désactivé et les modifications planifiées restent effacées : rétablissez-les dans l’Espace partenaires si vous le souhaitez.',
  'step.consequence-add-ons-back': 'Ses modules complémentaires sont réactivés aussi :',
  'step.consequence-data': 'Les données que Microsoft a supprimées ne reviennent pas.',
  'step.consequence-auto-renew': 'Il ne se renouvelle pas à la fin de sa période.',
  'step.consequence-auto-renew-until': 'Il ne se renouvelle pas à la fin de sa période, le {date}.',
  'step.consequence-extended':
    'Cela seul ne met pas fin à la facturation : sauf si « annuler à la fin de la période » est défini dans l’Espace partenaires, il continue de mois en mois à un prix plus élevé et peut alors être annulé.',
  'step.consequence-auto-renew-back': 'Le renouvellement automatique peut être réactivé dans l’Espace partenaires.',
  'step.gone': 'n’existe plus',
  'step.asked': 'en attente',
  'step.suspend-under-way': 'suspension en cours',
  'step.suspend-done': 'suspendu',
  'step.suspend-before': 'était déjà suspendu',
  'step.suspend-failed': 'pas suspendu',
  'step.reactivate-under-way': 'réactivation en cours',
  'step.reactivate-done': 'de nouveau actif',
  'step.reactivate-before': 'était déjà actif',
  'step.reactivate-failed': 'pas réactivé',
  'step.auto-renew-off-under-way': 'désactivation du renouvellement automatique en cours',
  'step.auto-renew-off-done': 'le renouvellement automatique est désactivé',
  'step.auto-renew-off-before': 'le renouvellement automatique était déjà désactivé',
  'step.auto-renew-off-failed': 'le renouvellement automatique n’a pas été désactivé',
  'step.cancel-under-way': 'annulation en cours',
  'step.cancel-done': 'annulé',
  'step.cancel-before': 'était déjà annulé',
  'step.cancel-failed': 'pas annulé',
  'step.failed-throttled': 'L’Espace partenaires nous a demandé de ralentir. Réessayez dans quelques minutes.',
  'step.failed-not-seen':
    'L’Espace partenaires l’a accepté et ne l’affiche pas. Vérifiez à nouveau dans quelques minutes.',
  'step.failed-no-answer':
    'L’Espace partenaires n’a pas répondu. On ne sait pas si cela a été fait : vérifiez à nouveau.',
  'step.failed-no-sign-in':
    'Personne ne s’est connecté pendant un jour : rien n’a donc été envoyé. Confirmez de nouveau si c’est encore souhaité.',
  'step.waiting-sign-in': 'En attente de la connexion de {name}. La suite se fera d’elle-même.',
  'step.failed-unread':
    'L’Espace partenaires l’a accepté, et il est impossible de lire si cela a été fait. Vérifiez à nouveau dans quelques minutes.',
  'step.failed-restored':
    'Les données du bot ont été rétablies à partir d’une sauvegarde après cette demande : rien n’a donc été envoyé (à nouveau). Vérifiez à nouveau.',
  'step.failed-other': 'L’Espace partenaires ne l’a pas fait. Vérifiez de nouveau où cela en est.',
  'clearing.refused-nothing-to-do':
    'Il n’y a (plus) rien ici à quoi cela puisse s’appliquer. Vérifiez de nouveau où cela en est.',
  'clearing.refused-taken': '{name} s’occupe de ce client. Une seule demande à la fois.',
  'clearing.refused-just-taken': 'Quelqu’un vient de commencer avec ce client. Vérifiez à nouveau dans une minute.',
  'clearing.refused-request-open': 'Une demande pour ce client est en cours. Rien n’est modifié en parallèle.',
  'clearing.refused-no-room':
    'Le disque du bot est presque plein : rien de nouveau ne commence. Ce qui est en cours continue. Veuillez prévenir la personne responsable du bot.',
  'clearing.refused-settling':
    'Ce qui a été commencé pour la dernière demande est encore en cours. Réessayez dans une minute.',
  'clearing.refused-not-a-requester':
    'Vous ne faites pas partie de ceux qui peuvent demander des suppressions. Rien n’a été modifié.',

  // How much may be asked for.
  'limit.suspensions':
    '{count, plural, =0 {Plus aucune suspension ne peut commencer aujourd’hui} one {# suspension peut encore commencer aujourd’hui} other {# suspensions peuvent encore commencer aujourd’hui}} : {most, plural, one {le maximum est de #} other {le maximum est de #}} par jour, pour tous ensemble. Cela reprend à partir du {day}.',
  'limit.open':
    '{count, plural, one {Vous avez # demande en cours} other {Vous avez # demandes en cours}}, et le maximum est de {most} à la fois. Retirez-en une, ou attendez que l’une d’elles soit terminée ; « demandes » les affiche.',

  // The request form.
  'form.title': 'Demander la suppression',
  'form.about': 'Un responsable décide. Avant toute suppression, tout est relu.',
  'form.reason': 'Motif',
  'form.reason-hint': 'Pourquoi la relation prend fin, 10 à 500 caractères',
  'form.domain': 'Le domaine du client, tapé à la main',
  'form.ticket': 'Numéro de ticket (facultatif)',
  'form.approver': 'Qui décide',
  'form.not-ticked': 'Non coché : {words}',
  'form.notice': 'Le préavis prévu par notre contrat a été donné.',
  'form.end-delegated-admin': 'Après la suppression, mettre fin aux relations d’administration déléguées granulaires.',
  'form.delegated-admin':
    '{count, plural, one {Il y en a # actuellement : {names}.} other {Il y en a # actuellement : {names}.}}',
  'form.delegated-admin-unread':
    'Les relations d’administration déléguées granulaires n’ont pas pu être lues : il n’est donc pas possible de demander leur fin pour le moment. Revenez en arrière et vérifiez à nouveau si vous la souhaitez.',
  'form.next-provider': 'Le client a son prochain fournisseur, ou n’en souhaite pas.',
  'form.to-mend':
    '{count, plural, one {Rien n’a été envoyé. # point ci-dessus est d’abord à corriger.} other {Rien n’a été envoyé. # points ci-dessus sont d’abord à corriger.}}',
  'form.fault-reason-too-short': 'Le motif est trop court : 10 caractères au moins.',
  'form.fault-reason-too-long': 'Le motif est trop long : 500 caractères au plus.',
  'form.fault-wrong-domain': 'Ce n’est pas le domaine de ce client. Tapez-le exactement comme il est écrit ci-dessus.',
  'form.fault-ticket-too-long': 'Le numéro de ticket est trop long : 60 caractères au plus.',
  'form.fault-no-approver':
    'Personne d’autre que vous ne peut approuver, et personne n’approuve sa propre demande. Adressez-vous à la personne responsable de ce bot.',
  'form.fault-not-an-approver': 'Choisissez quelqu’un dans la liste.',
  'form.fault-approver-unreachable':
    '{name} n’a jamais ouvert ce bot : aucune carte ne peut donc être envoyée. Demandez à cette personne de l’ouvrir une fois dans Teams, puis envoyez à nouveau. Rien n’a été envoyé.',
  'form.fault-approver-not-added':
    '{name} n’a pas ce bot, et il n’a pas pu être installé pour cette personne : aucune carte ne peut donc être envoyée. Demandez-lui de l’ouvrir une fois dans Teams, puis envoyez à nouveau. Rien n’a été envoyé.',
  'form.fault-nobody-reachable':
    'Ce bot ne peut joindre aucun de ceux qui peuvent approuver. Demandez à l’un d’eux de l’ouvrir une fois dans Teams, puis revenez. Rien n’a été envoyé.',
  'form.unreachable-approver': '{name} (injoignable : a supprimé ce bot)',
  'form.fault-too-few-approvers':
    'Il faut ici plus d’approbations qu’il n’y a d’approbateurs ayant ouvert ce bot. Demandez-leur de l’ouvrir une fois dans Teams, puis envoyez à nouveau. Rien n’a été envoyé.',
  'form.fault-approvers-unread':
    'Ceux qui peuvent approuver ne peuvent pas tous être lus en ce moment, et trop peu peuvent être consultés. Rien n’a été envoyé. Réessayez dans une minute.',
  'form.fault-no-room':
    'Le disque du bot est presque plein : aucune nouvelle demande n’est ouverte. Ce qui est en cours continue. Veuillez prévenir la personne responsable du bot.',
  'form.fault-settling':
    'Ce qui a été commencé pour la dernière demande concernant ce client est encore en cours. Envoyez à nouveau quand ce sera fait.',
  'form.fault-not-a-requester':
    'Vous ne faites plus partie de ceux qui peuvent demander des suppressions. Rien n’a été envoyé.',
  'form.fault-clearing': 'Des abonnements sont en cours de suspension. Envoyez à nouveau quand ce sera fait.',
  'form.fault-blocked': 'Il y a maintenant un obstacle. Rien n’a été envoyé : vérifiez à nouveau.',
  'form.fault-unread-delegated-admin':
    'Les relations d’administration déléguées granulaires n’ont pas pu être lues : rien n’a donc été envoyé. Envoyez à nouveau dans un instant, ou sans cocher cette case.',
  'form.fault-unread':
    'L’Espace partenaires n’a pas pu être lu entièrement : rien n’a donc été envoyé. Envoyez à nouveau dans un instant.',
  'form.fault-no-relationship':
    'Selon l’Espace partenaires, vous n’avez pas (ou plus) de relation de revendeur avec ce client. Rien n’a été envoyé.',
  'form.added-approver': '{name} (reçoit ce bot à l’envoi)',
  'form.new-approver': '{name} (n’a pas ouvert ce bot)',
  'form.unknown-approver': 'Approbateur {id} (n’a pas ouvert ce bot)',

  // The request, as its requester and others see it.
  'request.title': 'Demande de suppression',
  'request.title-done': 'Reçu de suppression',
  'request.asked-by': 'Demandé par',
  'request.reason': 'Motif',
  'request.ticket': 'Numéro de ticket',
  'request.approver': 'Approbateur',
  'request.domain': 'Domaine',
  'request.tenant': 'ID de locataire',
  'request.approved-by': 'Approuvé par',
  'request.closed-by': 'Clos par',
  'request.declined-by': 'Refusé par',
  'request.comment': 'Commentaire',
  'request.done-for-it': 'Fait pour elle',
  'request.suspended': 'Suspendu pour elle',
  'request.inactive': 'N’est plus actif',
  'request.correlation': 'ID de corrélation',
  'request.number': 'Demande',
  'request.partner-center-says': 'L’Espace partenaires indique',
  'request.code': 'Code d’erreur',
  'request.state-planned':
    'Planifiée pour le {day} : {most, plural, one {# suppression est envoyée ou planifiée} other {# suppressions sont envoyées ou planifiées}} pour chaque jour d’ici là, et c’est le maximum pour un jour.',
  'request.waiting-to-send': 'Pas encore envoyée. En attente de {name} : Se connecter et envoyer.',
  'request.waiting-to-send-about':
    'Avant l’envoi, je relis tout en ce nom, et je n’ai pas de connexion pour cela en ce moment. Personne n’a encore été consulté.',
  'request.state-planned-about':
    'Tout sera relu ce jour-là, et c’est seulement alors qu’une approbation sera demandée. D’ici là, vous pouvez retirer la demande.',
  'request.state-sending': 'Tout est relu encore une fois, puis la demande est envoyée.',
  'request.state-pending': 'En attente de {approver}.',
  'request.undelivered':
    'La carte n’a pas encore pu être affichée chez {names} : ce bot y manque peut-être, ou il y est bloqué.',
  'request.undelivered-pass': 'Vous pouvez faire consulter quelqu’un d’autre.',
  'request.escalated-asked': 'Personne n’a décidé à temps : {name} est donc aussi consulté.',
  'request.escalated-told': 'Personne n’a décidé à temps, et {name} en a été informé.',
  'request.escalated-unreachable':
    'Personne n’a décidé à temps, et la personne à informer dans ce cas n’a pas ouvert ce bot.',
  'escalation.title': 'Personne n’a encore décidé',
  'escalation.about': 'Vous ne pouvez pas en décider. Veuillez parler à ceux qui sont consultés.',
  'request.state-pending-of': '{count} approbations sur {of}.',
  'request.stage': 'Étape {at} sur {of}.',
  'request.takes-its-time': 'La durée dépend de l’Espace partenaires.',
  'request.state-approved': 'Approuvée. Tout est relu avant la suppression.',
  'request.state-executing': 'La suppression est en cours.',
  'request.state-verifying':
    'L’Espace partenaires l’a acceptée. Je regarde jusqu’à ce que le client ait vraiment disparu.',
  'request.state-unknown':
    'Le résultat est inconnu. Je continue de regarder et n’envoie rien deux fois sous un autre ID.',
  'request.state-unknown-close':
    'S’il ne finit pas par être connu : cherchez le client dans l’Espace partenaires. Un auditeur qui n’y a pas pris part peut alors clore la demande.',
  'request.state-unknown-no-answer':
    'Aucune réponse de l’Espace partenaires ne dit si l’appel de suppression a été exécuté.',
  'request.state-unknown-still-listed':
    'L’Espace partenaires a accepté la suppression, et le client figure encore dans la liste.',
  'request.state-blocked': 'L’Espace partenaires a refusé. Rien n’a été modifié.',
  'request.state-blocked-not-resent':
    'L’appel de suppression est resté sans réponse, la relecture montre qu’il n’a pas été exécuté, et son approbation ne permet plus de l’envoyer à nouveau.',
  'request.next-continue': 'Une fois cela réglé, « Continuer » réessaie sous la même approbation.',
  'request.next-withdraw': 'Retirez cette demande, et refaites-la si la suppression est toujours souhaitée.',
  'request.state-done': 'La relation est supprimée. Le client a disparu de votre liste.',
  'request.state-declined': 'Refusée. Rien n’a été supprimé.',
  'request.state-withdrawn': 'Retirée. Rien n’a été supprimé.',
  'request.state-expired': 'Expirée : le délai est écoulé. Rien n’a été supprimé.',
  'request.state-void': 'L’approbation est caduque, car ce qui avait été approuvé a changé. Rien n’a été supprimé.',
  'request.state-void-gone':
    'Ce client n’est plus le vôtre : quelqu’un a supprimé la relation en dehors de cette demande. Rien n’a été envoyé.',
  'request.state-void-gone-refused':
    'Ce client n’est plus le vôtre : quelqu’un a supprimé la relation en dehors de cette demande. L’Espace partenaires n’a pas exécuté l’appel de suppression de cette demande.',
  'request.state-void-restored':
    'L’approbation est caduque : mes données ont été rétablies à partir d’une sauvegarde, et les décisions prises depuis sont perdues. Le client est toujours le vôtre. Demandez à nouveau si vous le souhaitez encore.',
  'request.state-void-restored-undecided':
    'Cette demande est caduque : mes données ont été rétablies à partir d’une sauvegarde, et ce qui a été décidé depuis est perdu. Vérifiez si le client est toujours le vôtre, et demandez à nouveau si vous le souhaitez encore.',
  'request.state-void-restored-gone':
    'Ce client n’est plus le vôtre. Mes données ont été rétablies à partir d’une sauvegarde : je ne peux donc pas dire si cette demande l’a supprimé. Rien n’a été envoyé depuis.',
  'request.state-void-people': 'Caduque, car le rôle de quelqu’un a changé. Rien n’a été supprimé.',
  'request.state-abandoned': 'Ce brouillon a été abandonné. Rien n’a été supprimé.',
  'request.state-closed': 'Close par un auditeur.',
  'request.state-draft': 'Pas encore envoyée.',
  'request.waiting-unread':
    'L’Espace partenaires ne peut pas être lu entièrement en ce moment. Je réessaie de moi-même.',
  'request.waiting-throttled': 'L’Espace partenaires nous a demandé de ralentir. Je réessaie de moi-même.',
  'request.waiting-sign-in': 'En attente de {name} : Se connecter et supprimer.',
  'request.waiting-sign-in-others': 'Tout autre approbateur peut le faire à sa place.',
  'request.waiting-remove-now': 'En attente de {name} : Supprimer maintenant.',
  'request.waiting-roles-unread':
    'Il est impossible de lire en ce moment qui peut demander et approuver ceci. Rien n’est exécuté d’ici là ; je réessaie de moi-même.',
  'request.waiting-clock':
    'L’horloge de la machine sur laquelle je fonctionne a fait un saut. Rien n’est exécuté tant que l’heure n’est pas de nouveau sûre.',
  'request.decide-by': 'À décider avant {moment}',
  'request.carry-out-by': 'À exécuter avant {moment}',
  'request.sent-at': 'Envoyée le {moment}',
  'request.gone-at': 'Supprimé le {moment}',
  'request.unknown-since': 'Inconnu depuis {moment}',
  'request.next-look': 'Prochaine vérification le {moment}',
  'request.drift': 'Ce qui a changé depuis',
  'request.since': 'Ce qui diffère de l’approbation précédente',
  'request.since-same': 'Rien d’important',
  'request.since-number': 'Approuvée avant, et caduque',
  'request.open-points': 'Ce qui reste ouvert',
  'open.none': 'À ma connaissance, rien ne reste ouvert.',
  'open.progress': '{done} sur {total} réglés',
  'open.none-to-do': 'À ma connaissance, il ne reste rien à faire.',
  'open.to-know': 'Bon à savoir',
  'open.charges': 'Les frais jusqu’à la fin d’une période en cours restent dus : {terms}.',
  'open.term': '{name}, jusqu’au {date}',
  'open.pending-orders':
    '{count, plural, one {Une commande était encore en cours : {orders}. Elle peut malgré tout devenir un abonnement. Regardez dans l’Espace partenaires ce qu’elle est devenue.} other {# commandes étaient encore en cours : {orders}. Elles peuvent malgré tout devenir des abonnements. Regardez dans l’Espace partenaires ce qu’elles sont devenues.}}',
  'open.transfers':
    '{count, plural, one {Un transfert était encore ouvert : {transfers}. Regardez dans l’Espace partenaires ce qu’il est devenu.} other {# transferts étaient encore ouverts : {transfers}. Regardez dans l’Espace partenaires ce qu’ils sont devenus.}}',
  'open.order': '{id} ({status})',
  'open.ticked-by': 'Réglé par',
  'open.name-delegated-admin': 'administration déléguée',
  'open.name-delegated-admin-unread': 'existence d’une administration déléguée',
  'open.name-delegated-admin-left': 'administration déléguée à laquelle il n’a pas été mis fin',
  'open.name-delegated-admin-later': 'administration déléguée apparue plus tard',
  'open.name-azure-roles': 'attributions de rôles Azure',
  'open.name-pending-orders': 'commandes qui étaient encore en cours',
  'open.name-transfers': 'transferts qui étaient encore ouverts',
  'open.name-charges': 'frais des périodes en cours',
  'open.name-suspended': 'données de ce qui est suspendu',
  'request.open-suspended': 'Ce qui est suspendu le reste, et Microsoft supprime les données au bout de 90 jours.',
  'request.open-suspended-on': 'Ce qui est suspendu le reste, et Microsoft supprime les données le {date}.',
  'request.open-suspended-from': 'Ce qui est suspendu le reste, et Microsoft supprime les données à partir du {date}.',
  'request.come-back': 'Comment le client peut revenir',
  'request.come-back-about': 'Son administrateur ouvre ce lien et vous accepte de nouveau :',
  'request.come-back-missing':
    'Le lien n’a pas pu être lu. L’Espace partenaires l’affiche sous Clients, Demander une relation.',
  'request.continues-below': 'La suite est plus bas.',
  'request.continues-elsewhere': 'La suite est sur une autre carte de cette conversation.',
  'paper.when': 'Quand',
  'paper.asked-at': 'Envoyée aux approbateurs le {moment}',
  'paper.call-sent-at': 'Appel de suppression envoyé le {moment}',
  'paper.accepted-at': 'Accepté par l’Espace partenaires le {moment}',
  'paper.consent': 'Le reçu en PDF. Si vous l’autorisez, il est placé dans votre OneDrive.',
  'paper.offered': 'Teams vous demande ci-dessous si le PDF peut être placé dans votre OneDrive.',
  'paper.put': 'Le reçu est dans votre OneDrive',
  'paper.is-put': 'Le PDF est dans votre OneDrive : {name}',
  'paper.declined': 'Le PDF n’a été placé nulle part : vous avez refusé. « Reçu en PDF » vous le demandera de nouveau.',
  'paper.failed':
    'Le PDF n’a pas pu être placé dans votre OneDrive. Le reçu lui-même n’a pas changé. Appuyez de nouveau sur « Reçu en PDF ».',
  'paper.refused-place':
    'Teams a indiqué pour le PDF un endroit qui n’est pas OneDrive ; je ne l’ai donc placé nulle part. Le reçu lui-même n’a pas changé. Appuyez de nouveau sur « Reçu en PDF », et prévenez la personne responsable de ce bot si cela se reproduit.',
  'notice.title': 'Un message au client',
  'notice.about':
    'Je n’envoie ceci à personne. Copiez-le, modifiez ce que vous voulez, et envoyez-le comme vous écrivez d’habitude à ce client.',
  'notice.label': 'Le même texte à copier ({language})',
  'notice.greeting': 'Bonjour,',
  'notice.ended':
    'Nous ne sommes plus votre revendeur pour les produits Microsoft : la relation de revendeur entre votre organisation, {company} ({domain}), et nous a pris fin le {day}.',
  'notice.ended-means':
    'Nous ne pouvons plus acheter, modifier ni assister de produits Microsoft pour vous. Votre locataire Microsoft reste le vôtre, et ce que vous achetez à un autre partenaire ou à Microsoft n’est pas concerné.',
  'notice.planned':
    'Nous ne serons bientôt plus votre revendeur pour les produits Microsoft : la relation de revendeur entre votre organisation, {company} ({domain}), et nous va prendre fin. Elle n’a pas encore pris fin.',
  'notice.planned-means':
    'Ensuite, nous ne pourrons plus acheter, modifier ni assister de produits Microsoft pour vous. Votre locataire Microsoft reste le vôtre. Veillez à ce qu’un autre partenaire, ou Microsoft, vous fournisse dès lors ce dont vous avez besoin.',
  'notice.suspended':
    '{count, plural, one {# de vos abonnements est suspendu : {names}. Les utilisateurs n’y ont plus accès. Vos administrateurs peuvent encore enregistrer ses données, jusqu’à ce que Microsoft les supprime {when}.} other {# de vos abonnements sont suspendus : {names}. Les utilisateurs n’y ont plus accès. Vos administrateurs peuvent encore enregistrer leurs données, jusqu’à ce que Microsoft les supprime {when}.}}',
  'notice.deleted-later': '90 jours après la suspension',
  'notice.deleted-on': 'le {date}',
  'notice.deleted-from': 'à partir du {date}',
  'notice.charges': 'Ce qui est convenu jusqu’à la fin d’une période en cours reste facturé : {terms}.',
  'notice.pending-orders':
    '{count, plural, one {Une commande que nous avons passée pour vous était encore en cours à la fin. Elle peut malgré tout devenir un abonnement : s’il en apparaît un que vous n’attendez pas, écrivez-nous.} other {# commandes que nous avons passées pour vous étaient encore en cours à la fin. Elles peuvent malgré tout devenir des abonnements : s’il en apparaît un que vous n’attendez pas, écrivez-nous.}}',
  'notice.planned-pending-orders':
    '{count, plural, one {Une commande que nous avons passée pour vous est encore en cours et peut devenir un abonnement. Dites-nous si vous n’en voulez plus.} other {# commandes que nous avons passées pour vous sont encore en cours et peuvent devenir des abonnements. Dites-nous si vous n’en voulez plus.}}',
  'notice.transfers':
    '{count, plural, one {Un transfert d’abonnements vers un autre partenaire était encore ouvert à la fin. Demandez à ce partenaire ce qu’il est devenu.} other {# transferts d’abonnements vers un autre partenaire étaient encore ouverts à la fin. Demandez à ce partenaire ce qu’ils sont devenus.}}',
  'notice.planned-transfers':
    '{count, plural, one {Un transfert d’abonnements vers un autre partenaire est encore ouvert. Demandez à ce partenaire où il en est.} other {# transferts d’abonnements vers un autre partenaire sont encore ouverts. Demandez à ce partenaire où ils en sont.}}',
  'notice.delegated-admin':
    'Certains de nos droits d’administrer votre locataire (GDAP) existent encore : {names}. Votre administrateur peut y mettre fin dans le centre d’administration Microsoft 365, sous « Relations avec les partenaires ».',
  'notice.delegated-admin-unread':
    'Nous n’avons pas pu voir si nous avons encore des droits d’administrer votre locataire (GDAP). Votre administrateur les trouve dans le centre d’administration Microsoft 365, sous « Relations avec les partenaires », et peut y mettre fin.',
  'notice.delegated-admin-ended': 'Nos droits d’administrer votre locataire (GDAP) ont pris fin.',
  'notice.planned-delegated-admin': 'Il sera alors aussi mis fin à nos droits d’administrer votre locataire (GDAP).',
  'notice.azure-roles':
    'Les rôles que nous avons dans vos abonnements Azure ne prennent pas fin d’eux-mêmes. Votre administrateur peut les retirer dans le portail Azure.',
  'notice.come-back':
    'Vous êtes les bienvenus si vous souhaitez revenir : un de vos administrateurs ouvre ce lien et nous accepte de nouveau. {url}',
  'notice.come-back-missing':
    'Vous êtes les bienvenus si vous souhaitez revenir : écrivez-nous, et nous vous enverrons le lien.',
  'notice.questions': 'Si quelque chose n’est pas clair, écrivez-nous ou appelez-nous. Merci de votre confiance.',
  'notice.closing': 'Cordialement,',
  'request.withdraw-title': 'Retirer cette demande ?',
  'request.drop-title': 'Abandonner ce brouillon ?',
  'request.withdraw-about': 'Rien n’est supprimé. Ce qui a été suspendu reste suspendu.',
  'request.remove-title': 'Supprimer la relation maintenant ?',
  'request.remove-about':
    'L’exécution se fait en votre nom. Tout est d’abord relu ; si quelque chose a empiré, rien n’est supprimé.',
  'request.reading': 'Le client est d’abord lu en votre nom. Rien n’a encore été envoyé.',
  'request.barred-no-access':
    'Rien n’a été envoyé. L’Espace partenaires ne laisse pas {name} lire ce client. Il y faut un rôle, celui d’agent d’administration.',
  'request.barred-no-relationship':
    'Rien n’a été envoyé. Interrogé au nom de {name}, l’Espace partenaires indique que vous n’avez pas (ou plus) de relation avec ce client. S’il figure malgré tout dans votre liste, il y manque peut-être le rôle de {name}.',
  'request.barred-sign-in':
    'Rien n’a été envoyé. Je n’ai aucune connexion de {name} que l’Espace partenaires accepte. Connectez-vous, puis choisissez à nouveau ce bouton.',
  'request.barred-unread':
    'Rien n’a été envoyé. L’Espace partenaires ne répond pas pour le moment. Réessayez dans une minute.',
  'request.refused-taken-over': '{name} s’en charge désormais. Cette action n’a rien modifié.',
  'request.refused-not-the-requester': 'Seul le demandeur peut le faire : {name}. Rien n’a été modifié.',
  'request.refused-too-late':
    'Trop tard : la suppression est peut-être déjà en cours. Rien n’a été modifié par ce geste ; la suite est dite ici.',
  'request.refused-already-decided': 'La décision a déjà été prise. Rien n’a été modifié.',
  'request.refused-expired': 'Le délai est écoulé. Rien n’a été modifié.',
  'request.refused-stale-card': 'Cette carte n’était plus à jour. Voici la situation actuelle ; rien n’a été modifié.',
  'request.refused-unknown': 'Je ne connais pas (ou plus) cette demande. Rien n’a été modifié.',
  'request.refused-not-yours': 'Cette demande est celle de quelqu’un d’autre. Rien n’a été modifié.',
  'request.summary-approval-wanted': 'Approbation demandée : mettre fin à la relation avec {domain}',
  'request.summary-approved': 'Approuvée : {domain}. La suppression commence maintenant.',
  'request.summary-declined': 'Refusée : {domain}',
  'request.summary-withdrawn': 'Retirée : {domain}',
  'request.summary-expired': 'Expirée : {domain}',
  'request.summary-gone': 'N’est plus votre client : {domain}',
  'request.summary-void': 'Caduque, car quelque chose a changé : {domain}',
  'request.summary-blocked': 'L’Espace partenaires a refusé : {domain}',
  'request.summary-undelivered': 'Un approbateur est injoignable : {domain}',
  'request.summary-closed': 'Close par un auditeur : {domain}',
  'request.summary-unknown': 'Résultat inconnu : {domain}',
  'request.summary-still-unknown': 'Résultat toujours inconnu : {domain}',
  'request.summary-sign-in': 'Connectez-vous pour continuer : {domain}',
  'request.summary-remove-now': 'Approuvée : {domain}. Rien ne se passe avant que vous ne supprimiez le client.',
  'request.summary-removed': 'Supprimé : {domain}',
  'request.summary-delegated-admin-open': 'Il reste une administration déléguée : {domain}',
  'request.summary-reminder': 'Rappel, votre décision est attendue : {domain}',
  'request.summary-undecided': 'Personne n’a encore décidé : {domain}',
  'request.summary-expiring': 'Pas de décision, et le délai s’achève : {domain}',
  'request.summary-not-sent': 'Pas envoyée : {domain}',
  'request.summary': 'Demande pour {domain}',

  // Delegated administration (GDAP) that is ended after the removal.
  'gdap.planned': 'Administration déléguée qui prend fin après la suppression',
  'gdap.planned-about': 'Elle fait partie de ce qui est approuvé. Il n’est pas mis fin à ce qui apparaît plus tard.',
  'gdap.approve-about':
    '{count, plural, one {Après la suppression, il est aussi mis fin à # relation d’administration déléguée granulaire.} other {Après la suppression, il est aussi mis fin à # relations d’administration déléguées granulaires.}}',
  'gdap.roles': '{count, plural, one {# rôle} other {# rôles}}',
  'gdap.until': 'jusqu’au {date}',
  'gdap.extends': 'se prolonge d’elle-même le {date}',
  'gdap.title': 'Administration déléguée',
  'gdap.progress': '{done} sur {total} terminées',
  'gdap.state-waiting': 'pas encore terminée',
  'gdap.state-ending': 'fin en cours',
  'gdap.state-done': 'terminée',
  'gdap.state-open': 'pas terminée',
  'gdap.why-unread': 'Microsoft Graph ne peut pas être lu.',
  'gdap.why-throttled': 'Microsoft Graph nous a demandé de ralentir.',
  'gdap.why-sign-in': 'Je ne peux plus agir au nom de {name}.',
  'gdap.why-role-missing':
    'Microsoft Graph ne laisse pas {name} le faire. Il faut le rôle d’agent d’administration dans l’Espace partenaires.',
  'gdap.why-no-answer': 'Microsoft Graph n’a pas répondu quand il lui a été demandé d’y mettre fin.',
  'gdap.why-refused': 'Microsoft Graph a refusé d’y mettre fin.',
  'gdap.why-not-active': 'Il ne peut être mis fin qu’à ce qui est actif, et Microsoft Graph indique « {status} ».',
  'gdap.why-not-seen': 'Microsoft Graph l’a accepté, et n’affiche pas encore la fin.',
  'gdap.why-restored':
    'L’approbation est antérieure au rétablissement de mes données à partir d’une sauvegarde : rien n’est donc envoyé.',
  'gdap.why-no-longer-allowed': 'Le rôle de quelqu’un a changé depuis l’approbation : rien n’est donc envoyé.',
  'gdap.graph-says': 'Microsoft Graph indique',
  'gdap.trying': 'J’essaie de moi-même jusqu’au {moment}.',
  'gdap.open':
    '{count, plural, one {# relation d’administration déléguée granulaire n’est pas terminée : {names}.} other {# relations d’administration déléguées granulaires ne sont pas terminées : {names}.}}',
  'gdap.later':
    '{count, plural, one {# relation d’administration déléguée granulaire est apparue après l’approbation, il n’y a donc pas été mis fin : {names}.} other {# relations d’administration déléguées granulaires sont apparues après l’approbation, il n’y a donc pas été mis fin : {names}.}}',
  'gdap.by-hand':
    '{name}, ou tout autre agent d’administration, peut y mettre fin dans l’Espace partenaires : Clients, le client, Relations d’administration. L’administrateur du client le peut aussi, dans le Centre d’administration Microsoft 365, sous Relations partenaires.',

  // What a request that came to nothing has left suspended.
  'undo.title': 'Resté suspendu',
  'undo.nothing-left': 'Rien n’est resté suspendu',
  'undo.progress': '{done} sur {total} de nouveau actifs',
  'undo.with-add-ons':
    '{count, plural, one {# module complémentaire a été suspendu avec lui et revient avec lui.} other {# modules complémentaires ont été suspendus avec lui et reviennent avec lui.}}',
  'undo.uncertain': 'Il n’a pas été possible de voir si ceci a été suspendu : c’est donc peut-être actif.',
  'undo.deleted': 'Microsoft supprime ses données le {date}.',
  'undo.unread': 'Le {moment}, il n’a pas été possible de lire si tout ceci est encore suspendu.',
  'undo.overtaken': 'Une demande plus récente pour ce client a repris ceci. Voyez la carte de cette demande.',
  'undo.consequence-blocked':
    'Ce qui est de nouveau actif fait obstacle : cette demande ne pourra plus être exécutée ensuite.',
  'undo.card-title': 'Encore suspendu',
  'undo.card-about':
    'La demande pour laquelle ceci a été suspendu s’est terminée sans suppression, et personne ne l’a réactivé. Veuillez parler au demandeur.',
  'undo.summary':
    '{count, plural, one {# abonnement de {domain} est encore suspendu ; Microsoft supprime ses données le {date}} other {# abonnements de {domain} sont encore suspendus ; Microsoft supprime leurs données à partir du {date}}}',
  'undo.summary-undated':
    '{count, plural, one {# abonnement de {domain} est encore suspendu} other {# abonnements de {domain} sont encore suspendus}}',
  'undo.refused-taken': 'Quelqu’un d’autre s’occupe maintenant de ce client. Rien n’a été modifié.',
  'undo.refused-overtaken': 'Une demande plus récente pour ce client a repris ceci. Rien n’a été modifié.',
  'undo.refused-giving-back': 'Une réactivation est en cours. Réessayez quand elle sera terminée.',

  // Approval.
  'approval.title': 'Mettre fin à cette relation de revendeur ?',
  'approval.irreversible':
    'Vous ne pourrez pas revenir en arrière. L’administrateur du client devrait vous accepter de nouveau.',
  'approval.approve-title': 'Approuver la suppression ?',
  'approval.approve-about':
    'Tout est d’abord relu. Si quelque chose a empiré, votre approbation est caduque et rien n’est supprimé.',
  'approval.comment': 'Commentaire (facultatif)',
  'approval.decline-title': 'Refuser la suppression ?',
  'approval.decline-reason': 'Motif, 10 à 500 caractères',
  'approval.you-approved': 'Vous avez approuvé ceci.',
  'approval.you-declined': 'Vous avez refusé ceci.',
  'approval.reading':
    'Rien n’est encore approuvé. Je demande d’abord à l’Espace partenaires si la suppression pourrait être exécutée. Cette carte change d’elle-même.',
  'approval.barred-no-access':
    'Rien n’a été approuvé. L’exécution se ferait au nom de {name}, et l’Espace partenaires ne laisse pas {name} lire ce client. Il y faut un rôle, celui d’agent d’administration.',
  'approval.barred-no-relationship':
    'Rien n’a été approuvé. Interrogé au nom de {name}, l’Espace partenaires indique que vous n’avez pas (ou plus) de relation avec ce client. S’il figure malgré tout dans votre liste, il y manque peut-être le rôle de {name}.',
  'approval.barred-sign-in':
    'Rien n’a été approuvé. L’exécution se ferait au nom de {name}, et l’Espace partenaires n’accepte aucune connexion de {name} dont je dispose. Il en faut d’abord une nouvelle.',
  'approval.barred-unread':
    'Rien n’a été approuvé. L’Espace partenaires n’a pas dit si l’exécution serait possible au nom de {name}. Réessayez dans une minute.',
  'approval.pass-title': 'Confier à un autre approbateur ?',
  'approval.pass-about': 'Cette personne reçoit sa propre carte et décide à la place. Le délai continue de courir.',
  'approval.pass-instead': 'À la place de',
  'approval.pass-nobody': 'Personne d’autre ne peut en décider. Rien n’a été modifié.',
  'approval.pass-unreachable':
    'D’autres peuvent en décider, et aucun d’eux n’a ouvert ce bot. Demandez à l’un d’eux de l’ouvrir une fois dans Teams, puis confiez-lui la demande.',
  'approval.you-passed': 'Vous avez confié ceci à {name}.',
  'approval.passed-by': '{by} a confié ceci à {name}.',
  'approval.passed-to-you': 'Ceci vous a été confié par {name}.',
  'approval.refused-passed-on': 'Ceci a été confié à quelqu’un d’autre, qui décide désormais. Rien n’a été modifié.',
  'approval.refused-not-asked':
    'Seuls ceux qui sont consultés et le demandeur peuvent confier ceci à un autre. Rien n’a été modifié.',
  'approval.refused-not-available':
    'Cette personne ne peut pas (ou plus) être consultée. Choisissez quelqu’un dans la liste.',
  'approval.refused-with-enough':
    '{count} approbateurs ont déjà cette demande, et personne d’autre n’est consulté. L’un d’eux doit décider, ou le demandeur la retire et demande à nouveau. Rien n’a été modifié.',
  'approval.refused-own-request': 'C’est votre propre demande. Personne ne décide de sa propre demande.',
  'close.title': 'Clore cette demande ?',
  'close.about':
    'Je cesse de chercher le résultat, et une nouvelle demande devient possible pour ce client. Rien n’est envoyé à l’Espace partenaires. Regardez-y d’abord ce qu’il en est.',
  'close.reason': 'Ce que vous avez constaté, 10 à 500 caractères',
  'close.refused-not-an-auditor': 'Seuls les auditeurs peuvent clore une demande. Rien n’a été modifié.',
  'close.refused-has-a-part': 'Vous avez pris part à cette demande. Un autre auditeur doit la clore.',
  'close.refused-not-unknown': 'Seule une demande dont le résultat est inconnu peut être close. Rien n’a été modifié.',
  'approval.refused-not-an-approver': 'Vous ne faites pas partie de ceux qui peuvent approuver. Rien n’a été modifié.',
  'approval.refused-reason-too-short': 'Le motif est trop court : 10 caractères au moins.',
  'approval.refused-reason-too-long': 'Le motif est trop long : 500 caractères au plus.',

  // Cancelling purchases, which is asked for and approved as a removal is.
  'cancellation.form-title': 'Annuler des achats',
  'cancellation.form-about': 'Un responsable décide. Avant toute annulation, tout est relu.',
  'cancellation.what': 'Ce qui est à annuler',
  'cancellation.what-under-way': 'Ce qui est en cours d’annulation',
  'cancellation.what-done': 'Ce qui a été annulé',
  'cancellation.what-wanted': 'Ce qui devait être annulé',
  'cancellation.choice': '{name} × {quantity}, jusqu’au {date}',
  'cancellation.nothing': 'Il n’y a rien ici qui puisse être annulé à temps.',
  'cancellation.reason-hint': 'Pourquoi l’annulation, 10 à 500 caractères',
  'cancellation.consequences': 'Ce que fait l’annulation',
  'cancellation.consequence-access':
    'Les utilisateurs perdent aussitôt l’accès. L’abonnement est effacé avec ses données et ne peut pas être récupéré.',
  'cancellation.consequence-keys': 'Les clés et les téléchargements du logiciel sont révoqués.',
  'cancellation.refund-prorated': 'Microsoft crédite les jours non utilisés.',
  'cancellation.refund-full': 'Les logiciels perpétuels sont crédités en totalité.',
  'cancellation.refund-marketplace':
    'Ce qui est crédité pour un achat de la Place de marché figure dans les conditions de son éditeur.',
  'cancellation.window':
    'Chaque achat peut être annulé jusqu’au jour indiqué à côté. La décision doit être prise avant ; sinon, la demande expire.',
  'cancellation.irreversible': 'Ni vous ni Microsoft ne pourrez revenir en arrière.',
  'cancellation.fault-nothing-chosen': 'Choisissez ce qui est à annuler.',
  'cancellation.fault-too-many':
    'C’est plus qu’une seule demande ne peut annuler. Choisissez-en moins ; le reste peut suivre.',
  'cancellation.fault-not-cancellable':
    'Une partie ne peut plus être annulée à temps. Rien n’a été envoyé : choisissez à nouveau.',
  'cancellation.fault-changed': 'Ne peut plus être annulé, ou a augmenté depuis : {names}. Rien n’a été envoyé.',
  'cancellation.fault-no-time':
    'Il reste trop peu de temps pour décider avant la fin du délai d’annulation : {names}. Rien n’a été envoyé.',
  'cancellation.title': 'Demande d’annulation',
  'cancellation.title-done': 'Reçu d’annulation',
  'cancellation.item-subscription': '{class}, jusqu’au {date}',
  'cancellation.item-order': '{class}, par sa commande, jusqu’au {date}',
  'cancellation.item-unknown': 'résultat inconnu',
  'cancellation.item-not-done':
    'L’Espace partenaires n’a pas répondu, et la relecture montre que l’annulation n’a pas eu lieu.',
  'cancellation.item-changed': 'L’état n’est plus celui qui a été approuvé : rien n’y a été fait.',
  'cancellation.item-too-late': 'Le délai de l’approbation était écoulé : rien n’a donc été envoyé (à nouveau).',
  'cancellation.item-not-seen': 'L’Espace partenaires l’a accepté, et ne l’affiche pas.',
  'cancellation.item-no-answer':
    'L’Espace partenaires n’a pas répondu : on ne sait donc pas si l’annulation a eu lieu.',
  'cancellation.item-unread':
    'L’Espace partenaires l’a accepté, et il est impossible de lire si l’annulation a eu lieu.',
  'cancellation.item-restored':
    'Les données du bot ont été rétablies à partir d’une sauvegarde après cette approbation : rien n’a donc été envoyé (à nouveau).',
  'cancellation.item-refused': 'L’Espace partenaires ne l’a pas annulé.',
  'cancellation.item-already-deleted': 'C’est déjà effacé.',
  'cancellation.item-changed-meanwhile': 'Quelqu’un d’autre l’a modifié entre-temps.',
  'cancellation.item-not-from-this-state': 'Ce n’est pas possible dans l’état actuel.',
  'cancellation.item-cancel-the-subscription': 'L’annulation se fait par l’abonnement, pas par la commande.',
  'cancellation.item-no-such-subscription': 'Cet abonnement n’existe pas (ou plus).',
  'cancellation.progress': '{done} sur {total} annulés',
  'cancellation.none': 'Rien n’a été annulé.',
  'cancellation.state-approved': 'Approuvée. Tout est relu avant toute annulation.',
  'cancellation.waiting-sign-in': 'En attente de la connexion de {name}.',
  'cancellation.waiting-remove-now': 'En attente de {name} : Annuler maintenant.',
  'cancellation.remove-title': 'Annuler ceci maintenant ?',
  'cancellation.remove-about':
    'L’exécution se fait en votre nom. Tout est d’abord relu ; si quelque chose a empiré, rien n’est annulé.',
  'cancellation.state-executing': 'L’annulation est en cours.',
  'cancellation.state-verifying': 'L’Espace partenaires l’a acceptée. Je regarde jusqu’à ce qu’elle s’affiche.',
  'cancellation.state-unknown':
    'Le résultat n’est pas connu pour tout. Je continue de regarder et n’envoie rien deux fois sous un autre ID.',
  'cancellation.state-unknown-no-answer': 'L’Espace partenaires n’a pas répondu.',
  'cancellation.state-unknown-still-listed': 'L’Espace partenaires l’a acceptée, et ne l’affiche pas encore.',
  'cancellation.state-blocked': 'L’Espace partenaires n’a pas tout annulé.',
  'cancellation.state-blocked-none': 'L’Espace partenaires n’a rien annulé.',
  'cancellation.next-continue': '« Continuer » réessaie le reste sous la même approbation.',
  'cancellation.next-withdraw':
    'Cette approbation ne permet pas de réessayer. Le demandeur peut retirer la demande et vérifier ce qui fait obstacle.',
  'cancellation.state-done': 'Annulé.',
  'cancellation.next-check':
    'Écrivez « supprimer » et le nom du client pour voir ce qui fait encore obstacle à une suppression.',
  'cancellation.state-declined': 'Refusée.',
  'cancellation.state-withdrawn': 'Retirée.',
  'cancellation.state-expired': 'Expirée : le délai est écoulé.',
  'cancellation.state-expired-window': 'Expirée : un délai d’annulation est écoulé, ou sur le point de l’être.',
  'cancellation.state-void': 'L’approbation est caduque, car ce qui avait été approuvé a changé.',
  'cancellation.state-void-gone':
    'Ce client n’est plus le vôtre : quelqu’un a supprimé la relation en dehors de cette demande.',
  'cancellation.state-void-nothing-left': 'Il n’y a plus rien à annuler : quelqu’un d’autre l’a fait.',
  'cancellation.state-void-restored':
    'L’approbation est caduque : mes données ont été rétablies à partir d’une sauvegarde, et les décisions prises depuis sont perdues. Vérifiez ce qui existe encore, et demandez à nouveau si vous le souhaitez encore.',
  'cancellation.state-void-restored-undecided':
    'Cette demande est caduque : mes données ont été rétablies à partir d’une sauvegarde, et ce qui a été décidé depuis est perdu. Vérifiez ce qui existe encore, et demandez à nouveau si vous le souhaitez encore.',
  'cancellation.state-void-people': 'L’approbation est caduque, car le rôle de quelqu’un a changé.',
  'cancellation.state-abandoned': 'Ce brouillon a été abandonné.',
  'cancellation.state-closed': 'Close par un auditeur.',
  'cancellation.window-bounds': 'C’est le délai de ce qui est à annuler en premier.',
  'cancellation.withdraw-about': 'Rien (de plus) n’est annulé. Ce qui a été suspendu reste suspendu.',
  'cancellation.refused-too-late':
    'Trop tard : l’annulation est peut-être déjà en cours, ou n’est plus possible. Rien n’a été modifié par ce geste ; la suite est dite ici.',
  'cancellation.approval-title': 'Annuler ces achats ?',
  'cancellation.approve-title': 'Approuver l’annulation ?',
  'cancellation.approve-about':
    'Tout est d’abord relu. Si quelque chose a empiré, votre approbation est caduque et rien n’est annulé.',
  'cancellation.decline-title': 'Refuser l’annulation ?',
  'cancellation.summary': 'Demande d’annulation pour {domain}',
  'cancellation.summary-approval-wanted': 'Approbation demandée : annuler des achats de {domain}',
  'cancellation.summary-approved': 'Approuvée : {domain}. L’annulation commence maintenant.',
  'cancellation.summary-reminder': 'Rappel, votre décision sur une annulation est attendue : {domain}',
  'cancellation.summary-undecided': 'Personne n’a encore décidé d’une annulation : {domain}',
  'cancellation.summary-expiring': 'Pas de décision, et le délai d’une annulation s’achève : {domain}',
  'cancellation.summary-remove-now': 'Approuvée : {domain}. Rien ne se passe avant que vous n’annuliez.',
  'cancellation.summary-declined': 'Annulation refusée : {domain}',
  'cancellation.summary-withdrawn': 'Demande d’annulation retirée : {domain}',
  'cancellation.summary-expired': 'Demande d’annulation expirée : {domain}',
  'cancellation.summary-gone': 'N’est plus votre client : {domain}',
  'cancellation.summary-void': 'Annulation caduque, car quelque chose a changé : {domain}',
  'cancellation.summary-undelivered': 'Un approbateur est injoignable : {domain}',
  'cancellation.summary-closed': 'Close par un auditeur : {domain}',
  'cancellation.summary-blocked': 'Tout n’a pas été annulé : {domain}',
  'cancellation.summary-unknown': 'Résultat d’une annulation inconnu : {domain}',
  'cancellation.summary-still-unknown': 'Résultat d’une annulation toujours inconnu : {domain}',
  'cancellation.summary-cancelled': 'Annulé : {domain}',
  'cancellation.summary-not-sent': 'Demande d’annulation non envoyée : {domain}',
  'cancellation.row': 'Annulation : {state}',
  'cancellation.row-executing': 'en cours d’annulation',
  'cancellation.row-blocked': 'tout n’est pas annulé',
  'cancellation.row-done': 'annulé',

  // What has changed since an approval.
  'drift.new': 'Nouveau : {name} × {quantity}',
  'drift.more': '{name} : {to} au lieu de {from}',
  'drift.less': '{name} : {to} au lieu de {from}',
  'drift.blocks-now': '{name} fait maintenant obstacle',
  'drift.blocks-less': '{name} pèse moins désormais',
  'drift.gone': '{name} a disparu',
  'drift.not-cancellable': '{name} ne peut plus être annulé',
  'drift.domain': 'Le domaine est {to} au lieu de {from}',
  'drift.reseller': 'Un autre revendeur est concerné : {partnerId}',
  'drift.policy': 'Les règles de ce bot ont changé',
  'drift.blocked': 'Il y a un obstacle qui n’existait pas avant',

  // Requests.
  'requests.title': 'Vos demandes',
  'requests.waiting': 'En attente de votre décision',
  'requests.none-waiting': 'Rien n’attend votre décision.',
  'requests.decide-by': 'Demandé : {asked}. À décider jusqu’au : {until}.',
  'requests.waiting-sign-in': 'En attente de votre connexion ou de celle d’un autre approbateur',
  'requests.title-open': 'Vos demandes ouvertes',
  'requests.title-waiting': 'Vos demandes qui vous attendent',
  'requests.title-ended': 'Vos demandes terminées',
  'requests.none-filtered': 'Il n’y en a aucune.',
  'requests.none': 'Vous n’avez encore rien demandé.',
  'requests.none-for': 'Vous n’avez aucune demande pour « {words} ».',
  'requests.dates': 'Demandé : {asked}. Dans cet état depuis : {since}.',
  'requests.summary': 'Vos demandes',

  // Several customers at once.
  'batch.how':
    'Écrivez « supprimer plusieurs », puis dessous un client par ligne : domaine, ID de locataire ou nom entier. Un tableau convient aussi, tout comme un fichier CSV envoyé ici.',
  'batch.still-reading':
    'Votre dernière liste est encore en cours de lecture. Arrêtez-la, ou envoyez celle-ci quand ce sera fini.',
  'batch.file-type': 'Je ne lis que des listes CSV ou en texte brut. Enregistrez-la en CSV, puis renvoyez-la.',
  'batch.file-place':
    'Ce fichier n’est pas là où Teams conserve les fichiers, je ne le lis donc pas. Joignez-le ici, dans la conversation.',
  'batch.file-too-large': 'Ce fichier est trop volumineux pour une liste de clients. Rien n’a été lu.',
  'batch.file-unread': 'Ce fichier n’a pas pu être lu. Renvoyez-le, ou collez ses lignes.',
  'batch.file-empty':
    'Ce fichier ne contient aucun client : il en faut un par ligne, par domaine, ID de locataire ou nom entier.',
  'batch.title': 'Plusieurs clients',
  'batch.summary': 'Où en sont vos clients',
  'batch.summary-sign-in': 'Votre connexion est nécessaire pour plusieurs clients',
  'batch.summary-undelivered': 'Votre approbateur est injoignable',
  'batch.summary-still-suspended': 'Des abonnements de clients d’une liste sont encore suspendus',
  'batch.summary-finished': 'Tout ce que vous avez demandé dans cette liste est terminé',
  'batch.looking-up': '{count, plural, one {Recherche de # ligne…} other {Recherche de # lignes…}}',
  'batch.customers':
    '{count, plural, =0 {Aucun client dans cette liste.} one {# client dans cette liste. Chacun fait l’objet d’une demande et d’une décision à part.} other {# clients dans cette liste. Chacun fait l’objet d’une demande et d’une décision à part.}}',
  'batch.reading': '{done} sur {total} lus',
  'batch.waiting-for': 'En attente de',
  'batch.stopped': 'Arrêté. Rien de plus ne sera commencé.',
  'batch.page': '{from} à {to} sur {total}',
  'batch.more': '{count, plural, one {# autre ligne n’a pas été lue.} other {# autres lignes n’ont pas été lues.}}',
  'batch.count-asked': 'Demandés',
  'batch.count-planned': 'Planifiés',
  'batch.count-waiting': 'En attente d’approbation',
  'batch.count-approved': 'Approuvés',
  'batch.count-removed': 'Supprimés',
  'batch.count-failed': 'Sans suite',
  'batch.group-asked': 'Demandés',
  'batch.group-ready': 'Prêts',
  'batch.group-clear-here': 'Peut être réglé ici',
  'batch.group-approve-first': 'Une annulation est d’abord à approuver',
  'batch.group-elsewhere': 'À régler ailleurs',
  'batch.group-wait': 'Doit attendre',
  'batch.group-open': 'Déjà en cours',
  'batch.group-unread': 'Lecture impossible',
  'batch.group-gone': 'N’est plus votre client',
  'batch.group-reading': 'En cours de lecture',
  'batch.group-fates': 'Lignes non retenues',
  'batch.row-asking': 'en cours d’envoi',
  'batch.row-waiting': 'en attente de {names}',
  'batch.row-undelivered': '{names} est injoignable. « Afficher » permet de demander à quelqu’un d’autre.',
  'batch.row-not-sent': 'non envoyée : « Afficher » en donne la raison',
  'batch.row-too-late': 'n’a plus pu être arrêtée : {state}',
  'batch.row-suspended-here': '{count, plural, one {# suspendu d’ici} other {# suspendus d’ici}}',
  'batch.row-clear-here': '{count, plural, one {# abonnement à suspendre} other {# abonnements à suspendre}}',
  'batch.row-approve-first':
    '{count, plural, one {# obstacle. Écrivez « supprimer {name} » pour le régler.} other {# obstacles. Écrivez « supprimer {name} » pour les régler.}}',
  'batch.row-elsewhere':
    '{count, plural, one {# obstacle. Écrivez « supprimer {name} » pour voir où le régler.} other {# obstacles. Écrivez « supprimer {name} » pour voir où les régler.}}',
  'batch.row-open': '{name} a une demande en cours pour ce client.',
  'batch.row-unread': 'Non lu : {sources}.',
  'batch.fault-too-many-open': 'Vous avez le nombre maximal de demandes en cours.',
  'batch.fault-approver-unreachable': 'L’approbateur est injoignable. Choisissez quelqu’un d’autre.',
  'batch.fault-restored':
    'Mes données ont été rétablies à partir d’une sauvegarde après cette demande : rien n’a donc été fait. Vérifiez à nouveau, et refaites la demande si vous la souhaitez encore.',
  'batch.fault-no-suspensions-left': 'Aucune suspension ne peut plus être commencée aujourd’hui.',
  'batch.fault-count': 'Ce n’est pas le nombre de clients listés ci-dessus. Comptez-les, puis tapez ce nombre.',
  'batch.fate-line': 'Ligne {line}, « {text} » : {why}',
  'batch.fate-duplicate': 'le même client qu’à la ligne {of}.',
  'batch.fate-own-tenant': 'c’est votre propre locataire.',
  'batch.fate-unknown': 'aucun de vos clients. Il a peut-être déjà été supprimé.',
  'batch.fate-not-exact': 'personne ne porte exactement ce nom. Noms proches : {names}.',
  'batch.fate-ambiguous': 'plusieurs portent ce nom : {names}. Utilisez le domaine ou l’ID de locataire.',
  'batch.fate-contradicts': 'l’ID de locataire, le domaine et le nom ne sont pas du même client : {names}.',
  'batch.fate-removed': 'déjà supprimé le {date}.',
  'batch.fate-too-many': '{most} clients au plus dans une liste. Mettez-le dans une autre.',
  'batch.fate-unreadable':
    'ce n’est pas une ligne de tableau : un guillemet n’est pas fermé ou n’est pas à sa place. Aucune recherche n’a été faite avec elle. Corrigez-la et renvoyez-la.',
  'batch.fate-unread': 'l’Espace partenaires n’a pas pu être consulté. Renvoyez la ligne dans une minute.',
  'batch.clear-title': 'Suspendre pour plusieurs clients ?',
  'batch.clear-about':
    '{count, plural, one {# abonnement} other {# abonnements}} de {customers, plural, one {# client} other {# clients}} : tout sera suspendu. Ensuite, rien de connu ne s’y opposera.',
  'batch.stop-title': 'Arrêter cette liste ?',
  'batch.stop-not-begun':
    '{count, plural, one {# opération pas encore commencée ne le sera pas.} other {# opérations pas encore commencées ne le seront pas.}}',
  'batch.stop-withdrawn': '{count, plural, one {# demande sera retirée.} other {# demandes seront retirées.}}',
  'batch.stop-too-late':
    '{count, plural, one {# suppression est en cours et ne peut plus être arrêtée.} other {# suppressions sont en cours et ne peuvent plus être arrêtées.}}',
  'batch.stop-clearing':
    '{count, plural, one {Des abonnements de # client sont en cours de suspension : elle se poursuit.} other {Des abonnements de # clients sont en cours de suspension : elle se poursuit.}}',
  'batch.stop-suspended': 'Ce qui est suspendu le reste ; la carte de chaque client le liste et permet de le rétablir.',
  'batch.form-about':
    '{count, plural, one {# demande est adressée à l’approbateur. Avant toute suppression, tout est relu.} other {# demandes sont adressées à l’approbateur, qui décide de chacune à part. Avant toute suppression, tout est relu.}}',
  'batch.form-transfers':
    'Un transfert vers un autre partenaire est ouvert pour ces numéros : {numbers}. Il devrait être accepté dans l’Espace partenaires, et terminé, avant la suppression.',
  'batch.form-besides':
    '{count, plural, one {Pour # client, il y a autre chose à savoir : la liste l’indique.} other {Pour # clients, il y a autre chose à savoir : la liste l’indique pour chacun.}}',
  'batch.form-customers': '{count, plural, one {Cette relation prendra fin} other {Ces # relations prendront fin}}',
  'batch.form-count': 'Combien de clients sont-ce ? Tapé à la main',
  'batch.form-notice': 'Le préavis prévu par nos contrats a été donné à chacun.',
  'batch.form-delegated-admin-unread':
    'Non lues pour ces numéros : {numbers}. Si la case est cochée, leurs demandes ne sont pas envoyées tant que ces relations ne peuvent pas être lues.',
  'batch.form-next-provider': 'Chacun a son prochain fournisseur, ou n’en souhaite pas.',
  'batch.list-title-one': 'Une suppression à décider',
  'batch.list-title': 'Plusieurs suppressions à décider',
  'batch.list-summary': 'Une liste de suppressions attend votre décision',
  'batch.list-summary-sign-in': 'Votre connexion est nécessaire pour exécuter ce que vous avez approuvé',
  'batch.list-summary-reminder': 'Des suppressions attendent encore votre décision',
  'batch.list-about-one': 'Elle attend une décision. Ouvrez-la : vous décidez sur sa propre carte.',
  'batch.list-about':
    '{count, plural, =0 {Plus rien n’attend de décision.} one {# d’entre elles attend une décision. Ouvrez-la : vous décidez sur sa propre carte.} other {# d’entre elles attendent une décision. Ouvrez chacune : vous décidez sur sa propre carte.}}',
  'batch.list-open': 'À décider',
  'batch.list-decided': 'Décidées ou terminées',
  'batch.told-title': 'Plusieurs suppressions, pour information',
  'batch.told-summary': 'Une liste de suppressions attend, et personne n’a encore décidé',
  'batch.opened': 'La carte de cette demande arrive plus bas.',
  'batch.refused-unknown': 'Je ne connais pas (ou plus) cette liste. Rien n’a été modifié.',
  'batch.refused-not-yours': 'Cette liste est à quelqu’un d’autre. Rien n’a été modifié.',
  'batch.refused-stopped': 'Cette liste a été arrêtée. Rien de plus ne sera commencé.',
  'batch.refused-not-recorded':
    'Cela n’a pas pu être consigné : rien n’a donc été commencé. Réessayez dans une minute.',
  'batch.refused-changed': 'Quelque chose a changé depuis. Rien n’a été fait : regardez à nouveau, puis décidez.',
  'batch.refused-nothing': 'Il n’y a rien (ou plus rien) ici à quoi l’appliquer.',

  // How a request stands, in a word.
  'state.draft': 'brouillon',
  'state.waiting-to-send': 'en attente de votre connexion',
  'state.planned': 'planifiée pour le {day}',
  'state.pending': 'en attente d’approbation',
  'state.approved': 'approuvée',
  'state.executing': 'suppression en cours',
  'state.verifying': 'en cours de vérification',
  'state.unknown': 'résultat inconnu',
  'state.blocked': 'refusée par l’Espace partenaires',
  'state.done': 'client supprimé',
  'state.declined': 'refusée',
  'state.withdrawn': 'retirée',
  'state.expired': 'expirée',
  'state.void': 'caduque',
  'state.abandoned': 'abandonnée',
  'state.closed': 'close',

  // The record, as an auditor sees it.
  'audit.title': 'Le journal d’une demande',
  'audit.summary': 'Le journal de la demande {id}',
  'audit.whole':
    '{count, plural, one {Le journal est complet : # entrée.} other {Le journal est complet : # entrées.}}',
  'audit.broken': 'Le journal est rompu à l’entrée {at}.',
  'audit.broken-missing': 'L’entrée manque.',
  'audit.broken-edited': 'L’entrée a été modifiée après son écriture.',
  'audit.broken-out-of-order': 'L’entrée n’est pas à sa place.',
  'audit.broken-cut': 'À partir d’ici, des entrées ont été coupées.',
  'audit.broken-head': 'La tête ne correspond pas à la dernière entrée.',
  'audit.head': 'Tête du journal',
  'audit.page': 'Entrées {from} à {to} sur {total}',
  'audit.none': 'Aucune entrée n’est lisible.',
  'audit.which':
    'Écrivez « journal » et le numéro d’une demande, qui figure sur son reçu : c’est son journal. Ou ce que vous cherchez : un client par une partie de son nom ou de son domaine ou par son ID de locataire, une personne par son ID d’objet, ou un jour ou deux, par exemple 2026-03-01. Après un client ou une personne, vous pouvez aussi écrire des jours.',
  'audit.not-recorded':
    'Votre consultation du journal n’a pas pu être consignée : rien n’en est donc montré. Réessayez dans une minute.',
  'audit.found-title': 'Ce que dit le journal',
  'audit.customer': 'Client',
  'audit.id': 'ID',
  'audit.days': 'Jours (UTC)',
  'audit.found-none': 'Rien n’a été trouvé.',
  'audit.found-none-so-far': 'Rien n’a été trouvé pour l’instant.',
  'audit.found-back-to': 'Recherche effectuée en remontant jusqu’au {at}',
  'audit.found-no-customer':
    'Il n’y a aucune demande pour un tel client qui soit ouverte ou terminée depuis moins de {days} jours. Écrivez une partie de son nom ou de son domaine. Un client dont toutes les demandes sont plus anciennes se cherche par son ID de locataire.',
  'audit.found-not-all-read':
    'Depuis le démarrage du bot, les demandes n’ont pas encore toutes été lues : on ne peut pas encore dire s’il y en a une pour un tel client. Réessayez dans une minute, ou écrivez « journal » et son ID de locataire.',
  'audit.found-others-unread':
    'Depuis le démarrage du bot, les demandes n’ont pas encore toutes été lues : un autre client peut aussi correspondre à ce que vous avez écrit.',
  'audit.found-several':
    '{count, plural, one {# client correspond.} other {# clients correspondent.}} Écrivez « journal » et le domaine ou l’ID de locataire du client dont il s’agit.',
  'audit.refused': 'Seuls les auditeurs voient le journal. La personne responsable de ce bot décide qui en est un.',
  'audit.bot': 'le bot',
  'audit.by': 'Par',
  'audit.why': 'Pourquoi',
  'audit.opened': 'Brouillon commencé',
  'audit.sending': 'Demande déposée',
  'audit.sent': 'Demande envoyée aux approbateurs',
  'audit.planned': 'Demande planifiée pour un autre jour',
  'audit.not-sent': 'Demande pas envoyée',
  'audit.approved': 'Approuvée',
  'audit.declined': 'Refusée',
  'audit.passed': 'Confiée à un autre approbateur',
  'audit.reminded': 'Rappel à ceux qui n’ont pas décidé',
  'audit.expiring': 'Annonce que le délai s’achève',
  'audit.still-unknown': 'Résultat inconnu un jour de plus : personnes informées',
  'audit.escalated': 'Personne n’avait décidé à temps : quelqu’un d’autre consulté ou informé',
  'audit.withdrawn': 'Retirée',
  'audit.abandoned': 'Brouillon abandonné',
  'audit.expired': 'Expirée',
  'audit.void': 'Approbation caduque',
  'audit.cancellation-begun': 'Annulation commencée',
  'audit.cancellation-ended': 'Annulation terminée',
  'audit.cancelled-of': 'Annulés',
  'audit.approvals-of': 'Approbations',
  'audit.continued': 'Poursuivie après un refus de l’Espace partenaires',
  'audit.taken-over': 'Exécutée à partir d’ici par une autre personne, ou après une nouvelle connexion',
  'audit.remove-now': 'Ordre de supprimer maintenant',
  'audit.undelivered': 'Une carte n’a pas pu être affichée à un approbateur',
  'audit.closed': 'Close par un auditeur',
  'audit.refused-try': 'Refusé : quelqu’un a tenté ce qui ne lui est pas permis',
  'audit.suspension-asked': 'Suspensions confirmées',
  'audit.step-asked': '{step} : confirmation',
  'audit.step-intent': '{step} : l’appel va être envoyé',
  'audit.step-outcome': '{step} : ce que l’Espace partenaires a répondu',
  'audit.step-verified': '{step} : exécution constatée',
  'audit.of-removal': 'Suppression',
  'audit.of-suspend': 'Suspension d’un abonnement',
  'audit.of-reactivate': 'Réactivation',
  'audit.of-auto-renew-off': 'Désactivation du renouvellement automatique',
  'audit.of-delegated-admin': 'Fin de l’administration déléguée',
  'audit.of-cancel': 'Annulation',
  'audit.was-shown': 'Journal montré à un auditeur',
  'audit.batch-begun': 'Liste de plusieurs clients commencée',
  'audit.batch-clearing': 'Levée des obstacles demandée pour une liste de clients',
  'audit.batch-asked': 'Retraits demandés par une liste de clients',
  'audit.batch-stopped': 'Liste de clients arrêtée',
  'audit.was-searched': 'Recherche dans le journal',
  'audit.was-exported': 'Journal exporté',
  'audit.was-verified': 'Journal vérifié',
  'audit.were-lost': 'Des entrées ont été perdues : le journal n’a pas pu être écrit pendant trop longtemps',
  'audit.note-refused': 'Une note pour le journal n’a pas été acceptée : elle n’a pas été écrite avec la clé',
  'audit.how-many': 'Combien',
  'audit.file': 'Fichier',
  'audit.about': 'Concerne',
  'audit.sought': 'Recherché',
  'audit.started': 'Bot démarré',
  'audit.stopped': 'Bot arrêté',
  'audit.refused-more': 'Refusé\u202f: d’autres tentatives, seulement comptées',
  'audit.other': 'Autre chose : {action}',
  'audit.why-own-request': 'sa propre demande',
  'audit.why-not-an-approver': 'pas un approbateur',
  'audit.why-has-a-part': 'y a pris part',
  'audit.why-not-unknown': 'le résultat est connu',
  'audit.why-not-the-requester': 'pas le demandeur',
  'audit.why-no-access': 'l’Espace partenaires ne laisse pas cette personne lire le client',
  'audit.why-no-relationship': 'l’Espace partenaires indique qu’il n’y a pas de relation',
  'audit.why-sign-in': 'pas de connexion à l’Espace partenaires',
  'audit.why-not-asked': 'pas parmi ceux qui sont consultés',
  'audit.why-passed-on': 'déjà confié à quelqu’un d’autre',
  'audit.why-not-an-auditor': 'pas auditeur',
  'audit.why-no-role': 'aucun rôle ici',
  'audit.why-not-theirs': 'pas sa demande',
  'audit.why-no-sign-in': 'personne ne s’est connecté pour cela',
  'audit.why-restored-gone': 'les données ont été rétablies à partir d’une sauvegarde, et le client n’est plus là',
  'audit.why-still-listed': 'accepté, et le client figure encore dans la liste',
  'audit.why-drift': 'quelque chose a changé depuis l’approbation',
  'audit.why-blocked': 'il y a un obstacle',
  'audit.why-gone': 'quelqu’un d’autre l’a supprimée',
  'audit.why-no-longer-requester': 'le demandeur a perdu son rôle',
  'audit.why-no-longer-approver': 'un approbateur a perdu son rôle',
  'audit.why-nothing-left': 'quelqu’un d’autre l’a annulé',
  'audit.why-not-cancellable': 'l’annulation n’est plus possible',
  'audit.why-no-time': 'il restait trop peu de temps',
  'audit.why-window-is-over': 'le délai d’annulation est écoulé',
  'audit.why-more': 'il y en a plus qu’avant',
  'audit.why-too-late': 'le délai de l’approbation était écoulé',
  'audit.why-not-approved': 'pas approuvée',
  'audit.why-unreadable': 'la lecture était impossible',
  'audit.why-not-done': 'la relecture montre que cela n’a pas été fait',
  'audit.why-unread': 'l’Espace partenaires n’a pas pu être lu',
  'audit.why-wrong-domain': 'le domaine a changé',
  'audit.why-reconciled': 'la relecture montre que cela a été exécuté',
  'audit.why-not-seen': 'accepté, et jamais constaté',
  'audit.why-no-answer': 'pas de réponse',
  'audit.why-ended': 'la demande est terminée',
  'audit.why-not-a-requester': 'pas un demandeur',
  'audit.why-restored': 'les données ont été rétablies à partir d’une sauvegarde',
  'audit.why-overtaken': 'une demande plus récente a pris le relais',
  'audit.why-active-already': 'c’était déjà actif',
  'audit.why-gone-already': 'cela a disparu',
  'audit.why-ended-already': 'elle était déjà terminée',
  'audit.why-throttled': 'prié de ralentir',
  'audit.why-role-missing': 'le rôle nécessaire manque',
  'audit.why-refused': 'refus',
  'audit.why-not-active': 'elle n’est pas active',
  'audit.why-no-longer-allowed': 'quelqu’un a perdu son rôle',
  'audit.why-unread-delegated-admin': 'l’administration déléguée n’a pas pu être lue',
  'audit.delegated-admin-left-open': 'Administration déléguée laissée telle quelle',
  'audit.undo-reminded': 'Rappel de ce qui est encore suspendu',
  'audit.point-ticked': 'Point ouvert : réglé',
  'audit.point-unticked': 'Point ouvert : finalement non réglé',
  'audit.point': 'Quoi',

  // What Partner Center's known codes mean.
  'code.already-deleted': 'C’est déjà effacé, et cela ne peut plus être modifié. Vérifiez de nouveau ce qui reste.',
  'code.changed-meanwhile': 'Quelqu’un d’autre l’a modifié entre-temps. Vérifiez à nouveau.',
  'code.not-from-this-state': 'Ce n’est pas possible dans l’état actuel. Vérifiez à nouveau.',
  'code.not-while-suspended': 'Aucune modification n’est possible tant que c’est suspendu. Réactivez-le d’abord.',
  'code.status-is-fixed':
    'L’état de ce type d’abonnement ne peut pas être modifié. Un essai prend fin de lui-même : attendez-le.',
  'code.window-is-over':
    'Le délai d’annulation est écoulé. Attendez la fin de sa période, ou faites-le transférer à un autre partenaire.',
  'code.no-more-changes':
    'Aucune modification n’est plus acceptée : la fin ou le renouvellement est imminent. Réessayez dans un jour.',
  'code.changed-too-often': 'Il y a eu trop de modifications. Réessayez plus tard.',
  'code.azure-still-active':
    'Des abonnements Azure de ce plan sont encore actifs. Annulez-les d’abord dans le portail Azure.',
  'code.savings-plan': 'Les plans d’économies se gèrent uniquement dans le portail Azure. Réglez-le là-bas.',
  'code.cancel-the-subscription':
    'L’annulation se fait par l’abonnement, pas par la commande. Vérifiez de nouveau, et annulez l’abonnement.',
  'code.no-such-subscription': 'Cet abonnement n’existe pas (ou plus). Vérifiez à nouveau.',
  'code.base-not-active': 'Son abonnement de base n’est pas actif. Réactivez d’abord celui-ci.',
  'code.not-ready': 'L’Espace partenaires n’est pas encore prêt pour cela. Réessayez dans quelques minutes.',
  'code.operation-pending':
    'Une autre modification est encore en cours, ce qui peut durer jusqu’à 24 heures. Réessayez ensuite.',
  'code.no-relationship':
    'Vous n’avez pas (ou plus) de relation avec ce client. S’il est malgré tout dans votre liste, votre rôle dans l’Espace partenaires manque peut-être.',
  'code.not-as-things-stand':
    'L’Espace partenaires ne le fait pas en l’état. S’il nomme des commandes ou des abonnements, annulez-les ou suspendez-les d’abord. S’il ne nomme rien, vous n’avez peut-être plus de relation avec ce client.',
  'code.no-such-customer': 'Ce client n’existe pas. Vérifiez le nom ou l’ID de locataire.',
  'code.wrong-id':
    'L’Espace partenaires ne reconnaît pas ceci comme un ID. Vérifiez-le, ou prévenez la personne responsable de ce bot.',
  'code.needs-a-person':
    'Cela ne peut se faire qu’au nom d’une personne, pas par le bot seul. Connectez-vous, et réessayez.',
  'code.needs-mfa':
    'L’Espace partenaires exige une connexion avec authentification multifacteur. Connectez-vous de nouveau avec votre second facteur.',
  'code.wrong-audience':
    'La connexion était destinée à un autre service. Connectez-vous de nouveau ; si cela n’aide pas, prévenez la personne responsable de ce bot.',
  'code.bad-token': 'L’Espace partenaires n’a pas accepté la connexion. Connectez-vous de nouveau.',
  'code.direct-partners-not':
    'Les partenaires à facturation directe ne peuvent pas demander cela. Prévenez la personne responsable de ce bot.',
  'code.role-missing': 'Votre rôle dans l’Espace partenaires ne le permet pas. Il faut un agent d’administration.',
  'code.conditional-access':
    'Les règles de connexion de votre organisation (accès conditionnel) ne l’ont pas permis. Demandez à votre administrateur.',
  'code.cancellation-reason': 'L’Espace partenaires n’accepte pas ce motif d’annulation. Annulez-le là-bas.',

  // When something goes wrong.
  'fault.title': 'Cela n’a pas fonctionné',
  'fault.unavailable':
    'L’Espace partenaires ne répond pas pour le moment. Rien n’est perdu. Réessayez dans une minute.',
  'fault.throttled': 'L’Espace partenaires nous a demandé de ralentir. Rien n’est perdu. Réessayez dans une minute.',
  'fault.malformed':
    'L’Espace partenaires a donné une réponse à laquelle je ne peux pas me fier. Rien n’a été modifié. Réessayez dans une minute.',
  'fault.forbidden':
    'L’Espace partenaires ne vous permet pas de le faire. Rien n’a été modifié. Il y faut le rôle d’agent d’administration.',
  'sign-in.prompt':
    'L’Espace partenaires est consulté et modifié en votre propre nom : il doit donc savoir que c’est vous. Connectez-vous, et tout continue.',
  'sign-in.prompt-more':
    'Votre connexion ne suffit pas pour cela : l’Espace partenaires ou votre organisation demande davantage, par exemple un second facteur. Connectez-vous à nouveau sur la page qui s’ouvre. Rien n’a été modifié.',
  'sign-in.summary': 'Connectez-vous pour continuer',
  'sign-in.already': 'Vous êtes connecté.',
  'sign-in.signed-out':
    'Vous êtes déconnecté : je ne garde plus rien de votre connexion. Ce qui a été approuvé en votre nom attend que vous vous reconnectiez.',
  'sign-in.not-signed-in': 'Vous n’étiez pas connecté.',
  'sign-in.nobody': 'Personne n’a besoin de se connecter ici.',
  'sign-in.refused-not-yours':
    'Cette connexion est celle d’une autre personne. Rien n’a été modifié. Connectez-vous avec le compte que vous utilisez dans Teams.',
  'sign-in.refused-lapsed': 'Cette connexion est terminée. Rien n’a été modifié. Connectez-vous à nouveau.',
  'sign-in.refused-not-valid':
    'Cette connexion ne peut pas être utilisée : elle a déjà servi, est trop ancienne ou ne m’est pas destinée. Rien n’a été modifié. Choisissez à nouveau le bouton.',
  'sign-in.refused-consent':
    'Personne dans votre organisation n’a autorisé cette application à interroger l’Espace partenaires en votre nom. Rien n’a été modifié. Demandez à votre administrateur de donner son consentement à l’application de connexion.',
  'sign-in.refused-interaction':
    'Les règles de connexion de votre organisation demandent plus que ce que vous avez fait. Rien n’a été modifié. Connectez-vous à nouveau sur la page qui s’ouvre.',
  'sign-in.refused-blocked':
    'Les règles de connexion de votre organisation (accès conditionnel) ne l’ont pas permis. Rien n’a été modifié. Adressez-vous à votre administrateur.',
  'sign-in.refused-mfa':
    'L’Espace partenaires exige une connexion avec authentification multifacteur. Rien n’a été modifié. Connectez-vous à nouveau avec votre second facteur.',
  'sign-in.refused-step-up':
    'Cette étape exige une connexion plus forte. Rien n’a été modifié. Connectez-vous à nouveau sur la page qui s’ouvre.',
  'sign-in.refused-misconfigured':
    'Je ne peux pas vous connecter : ma propre inscription dans Entra n’est pas acceptée. Rien n’a été modifié. Prévenez votre administrateur.',
  'sign-in.refused-unavailable':
    'Microsoft Entra ne répond pas : je ne peux donc pas vous connecter. Rien n’a été modifié. Réessayez dans quelques minutes.',
  'sign-in.press-again': 'Choisissez à nouveau le bouton pour vous connecter. Rien n’a été modifié.',
  'sign-in.page-title': 'Connexion',
  'sign-in.page-done': 'Vous êtes connecté. Si cette fenêtre reste ouverte, fermez-la et revenez à la conversation.',
  'sign-in.page-failed':
    'Vous n’avez pas été connecté. Fermez cette fenêtre, revenez à la conversation et choisissez à nouveau le bouton.',

  'fault.unauthorised':
    'L’Espace partenaires n’a pas accepté la connexion. Rien n’a été modifié. Connectez-vous de nouveau.',
  'fault.not-found':
    'L’Espace partenaires ne connaît pas (ou plus) ce client. Rien n’a été modifié. Vérifiez son nom, ou s’il a déjà été supprimé.',
  'fault.refused': 'L’Espace partenaires a refusé. Rien n’a été modifié. Vérifiez de nouveau où cela en est.',
  'fault.refused-so': 'Cela n’a pas fonctionné, et rien n’a été modifié.',
  'fault.sign-in-needed': 'Vous n’êtes pas connecté. Rien n’a été modifié. Connectez-vous d’abord.',
  'fault.not-sent': 'Cela n’a pas pu être envoyé à temps. Rien n’a été modifié. Réessayez dans une minute.',
  'fault.ours':
    'Quelque chose s’est mal passé de mon côté. Rien n’a été modifié par ce message. Réessayez ; si cela se reproduit, prévenez la personne responsable de ce bot.',
  'fault.store': 'Ce que vous avez dit n’a pas pu être enregistré. Rien n’a donc été fait. Réessayez dans une minute.',
  'fault.references': 'ID de corrélation : {ids}',
  'fault.reference': 'ID de corrélation {id}',
  'fault.summary': 'Cela n’a pas fonctionné',
  'fault.not-a-requester':
    'Vous ne faites pas partie de ceux qui peuvent demander des suppressions. Rien n’a été modifié. La personne responsable de ce bot décide qui le peut.',
  'fault.roles-unread':
    'Je ne peux pas lire en ce moment qui peut faire cela. Rien n’a été fait, et cela ne veut pas dire que vous ne le pouvez pas. Réessayez dans une minute.',
  'fault.old-card':
    'Cette carte n’est plus à jour. Rien n’a été modifié. Écrivez « demandes » pour voir où tout en est.',
  'fault.slow': 'Cela prend plus de temps que d’habitude. La réponse suivra ici d’elle-même.',

  ...tabFr,
};
