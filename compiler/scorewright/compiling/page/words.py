"""Our own words on the page, in English and French; the platform's labels and the targets' sentences stay as they are."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FRENCH", "SENTENCES", "leading_words", "said"]

FRENCH: Mapping[str, str] = {
    "After": "Après",
    "All": "Tout",
    "As a table": "En tableau",
    "Build sheet": "Fiche de construction",
    "Changed since the receipt": "Changé depuis le reçu",
    "Check": "Vérifier",
    "Click": "Cliquer",
    "Clear my ticks": "Effacer mes coches",
    "Copied": "Copié",
    "Copy": "Copier",
    "Done by": "Fait par",
    "Download the receipt": "Télécharger le reçu",
    "How it fits together": "Vue d’ensemble",
    "How it fades when somebody is quiet": "Ce qui reste quand quelqu’un se tait",
    "Keys": "Raccourcis",
    "Needs an admin": "Demande un administrateur",
    "Note": "Note",
    "Nothing here fits what you look for.": "Rien ici ne correspond à la recherche.",
    "Open": "Ouvrir",
    "Parts": "Parties",
    "Platform": "Plateforme",
    "Model": "Modèle",
    "More": "Plus",
    "Search": "Chercher",
    "Show": "Afficher",
    "Take over a receipt": "Reprendre un reçu",
    "Take them over": "Les reprendre",
    "Ticks of this sheet are known at the place where the file stood before:": "Des coches de cette fiche sont connues de l’endroit où était le fichier :",
    "The whole, as it stands in the end": "Le tout, tel qu’il sera à la fin",
    "To do": "À faire",
    "Tick": "Cocher",
    "Type": "Saisir",
    "Choose": "Choisir",
    "Untick": "Décocher",
    "What changes": "Ce qui change",
    "What differs from the spec, and what stays a person's duty": "Ce qui diffère de la spécification, et ce qui reste à faire par une personne",
    "What nobody is sure of": "Ce dont personne n’est sûr",
    "What feeds it": "Ce qui l’alimente",
    "Score": "Score",
    "Threshold": "Seuil",
    "day": "jour",
    "admin": "admin",
    "Accepted:": "Accepté :",
    "Bound:": "Écart au plus :",
    "To settle it:": "Pour trancher :",
    "taken as": "pris pour",
    "The output rests on these; each can be settled in a sandbox, and the answer written into scorewright.toml.": "Le résultat repose dessus ; chacun peut être tranché dans un bac à sable, et la réponse écrite dans scorewright.toml.",
    "Before you go on, check:": "Avant de continuer, vérifier :",
    "Rests on:": "Repose sur :",
    "For": "Pour",
    "it stands at": "y figure",
    "Skip to the steps": "Aller aux étapes",
    "next thing": "chose suivante",
    "thing before": "chose précédente",
    "tick or untick it": "la cocher ou la décocher",
    "copy its next value": "copier sa valeur suivante",
    "search": "chercher",
    "to do, or all": "à faire, ou tout",
    "Single keys work": "Les touches simples agissent",
}

SENTENCES: Mapping[str, str] = {
    "{} thing to do, about {} of work.": "{} chose à faire, environ {} de travail.",
    "{} things to do, about {} of work.": "{} choses à faire, environ {} de travail.",
    "{} step, about {} of work.": "{} étape, environ {} de travail.",
    "{} steps, about {} of work.": "{} étapes, environ {} de travail.",
    "{} step, about {} of work, and {~} of waiting.": "{} étape, environ {} de travail, et {~} d’attente.",
    "{} steps, about {} of work, and {~} of waiting.": "{} étapes, environ {} de travail, et {~} d’attente.",
    "~{} day": "{} jour",
    "~{} days": "{} jours",
    "~{} day {} h": "{} jour {} h",
    "~{} days {} h": "{} jours {} h",
    "From the version of {} to this one": "De la version du {} à celle-ci",
    "Uses {} of {} {~}.": "Utilise {} sur {} {~}.",
    "{~} It was for {}.": "{~} C’était pour {}.",
    "exact": "exact",
    "bounded": "borné",
    "by hand": "à la main",
    "documented": "documenté",
    "practitioner": "dit par des praticiens",
    "inferred": "déduit",
    "unknown": "inconnu",
    "counts what is done": "compte ce qui est fait",
    "adds what is so": "ajoute ce qui est vrai",
    "is computed": "est calculé",
    "the overall score": "le score global",
    "floor {}": "plancher {}",
    "ceiling {}": "plafond {}",
    "part of {}": "partie de {}",
    "sum of {}": "somme de {}",
    "{} % of {}": "{} % de {}",
    "… and {} more": "… et {} autres",
    "{} more scores.": "{} autres scores.",
    "Scores in the middle, what feeds them to the left, the thresholds that ask for them to the right.": "Les scores au milieu, ce qui les alimente à gauche, les seuils qui les demandent à droite.",
}
"""Sentences of the page's own that have slots; ``scorewright.compiling.page.french`` fills them."""

_LEADING = {
    ".k::before": "Click",
    ".o::before": "Open",
    ".t::before": "Type",
    ".h::before": "Choose",
    ".x::before": "Tick",
    ".u::before": "Untick",
    ".q::before": "Check",
    ".n::before": "Note",
    ".for::before": "For",
    ".facts::before": "Rests on:",
    ".checks::before": "Before you go on, check:",
    "s::before": "it stands at",
    "[data-admin] h3::after": "admin",
}


def leading_words() -> str:
    """The words before a step, which stand in the style: thousands of steps would repeat them."""
    english = "".join(f'{where}{{content:"{words}"}}' for where, words in _LEADING.items())
    french = "".join(
        f'html[data-words=fr] {where}{{content:"{FRENCH[words]}"}}' for where, words in _LEADING.items()
    )
    return f"{english}\n{french}\n"


def said(words: str) -> str:
    """Words of ours in a tag that knows them in French."""
    return f'<span data-fr="{escape(FRENCH[words])}">{escape(words)}</span>'
