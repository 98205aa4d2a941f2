"""What to read first in a package, whole in each language: it is opened in twenty years, without us."""

from datetime import date

from democratic.participation.processes.models import Process
from democratic.stewardship.models import Closure

NAMES = {"fr": "LISEZ-MOI.txt", "en": "README.txt"}

_FRENCH = """DOSSIER D'ARCHIVES : {title} ({code})
{authority}. Concertation close le {closed}, dossier fait le {made}.

Ce dossier contient ce qui était public ce jour-là, et rien d'autre.

  donnees/    paroles, réponses, décisions, engagements ; ce qui les lie ; ce qui était promis, retards compris.
              .jsonl pour un programme, .csv pour un tableur ; schema.json dit ce que contient chaque colonne.
  fichiers/   photos et documents montrés, nommés par leur empreinte SHA-256 (liste : donnees/fichiers.csv).
  journal/    les faits du journal public : chacun avec sa preuve d'inclusion (RFC 9162) sous head.json, la tête
              signée (Ed25519, clé publique dans key.json). openings.jsonl : les mots et le sel de chaque engagement
              cryptographique.
  bilan.pdf   le bilan de la concertation.
  manifest.json   l'empreinte SHA-256 de chaque fichier. Ses mots viennent du SEDA ; aucune conformité n'est promise.

DURÉE ET SORT FINAL
Durée d'utilité administrative : {years} ans à compter de la clôture. {why_years}
Sort final : {fate}. {why_fate}
(Code du patrimoine, articles L.212-1 et suivants.)

VÉRIFIER
1. L'empreinte SHA-256 du fichier ZIP est publiée sur la page de la concertation et dans le journal public.
   sha256sum dossier.zip
2. Chaque fichier a l'empreinte que dit manifest.json.
3. Pour une ligne de journal/proofs.jsonl : hacher « leaf » (0x00 devant), remonter « path », arriver à « root ».

SI DES MOTS SONT EFFACÉS
Qui demande l'effacement de ses mots l'obtient : le dossier est refait sans eux, sous une nouvelle version et une
nouvelle empreinte. L'empreinte de l'ancien reste publiée ; l'ancien fichier n'est plus donné.
"""

_ENGLISH = """ARCHIVES PACKAGE: {title} ({code})
{authority}. Consultation closed on {closed}, package made on {made}.

This package holds what was public that day, and nothing else.

  donnees/    contributions, answers, decisions, commitments; what links them; what was promised, delays included.
              .jsonl for a program, .csv for a spreadsheet; schema.json says what each column holds.
  fichiers/   photos and documents shown, named by their SHA-256 (list: donnees/fichiers.csv).
  journal/    the facts of the public journal: each with its inclusion proof (RFC 9162) under head.json, the signed
              head (Ed25519, public key in key.json). openings.jsonl: the words and the salt of each commitment.
  bilan.pdf   the consultation's report.
  manifest.json   the SHA-256 of each file. It takes its words from SEDA; no conformity is claimed.

TERM AND FATE
Of administrative use for {years} years from closing. {why_years}
Then: {fate}. {why_fate}
(French heritage code, articles L.212-1 and following.)

VERIFY
1. The SHA-256 of the ZIP is published on the consultation's page and in the public journal.
   sha256sum dossier.zip
2. Each file has the hash that manifest.json says.
3. For a line of journal/proofs.jsonl: hash "leaf" (0x00 before it), go up "path", arrive at "root".

IF WORDS ARE ERASED
Who asks that her words be erased obtains it: the package is made again without them, under another version and
another hash. The hash of the former one stays public; the former file is not given any more.
"""


def text(process: Process, closure: Closure, made: date, language: str) -> str:
    said = _FRENCH if language == "fr" else _ENGLISH
    return said.format(
        title=process.record.title,
        code=process.record.code,
        authority=process.authority.name,
        closed=closure.closed_on.isoformat(),
        made=made.isoformat(),
        years=closure.years,
        why_years=closure.why_years,
        fate=closure.get_fate_display(),
        why_fate=closure.why_fate,
    )
