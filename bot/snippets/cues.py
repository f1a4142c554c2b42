"""The table of cues: named, additive evidence for what a statement does.

Few and general on purpose: on documents nobody tuned for, short lists with structure beat long ones.
A cue counts once in a sentence. Benefit cues add to the score; a cue of another kind subtracts from it,
so one number ranks, and the strongest other kind names what is no benefit. English first, then Spanish
and German stems. `section` and `lead` cues read the title above and the lead-in before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.model import Kind


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of evidence: positive for a benefit, negative for another kind."""

    name: str
    kind: Kind
    weight: float
    pattern: str

    def found(self, text: str) -> str:
        """The words of the text that match, or ""."""
        match = _compiled(self.pattern).search(text)
        return match[0].strip() if match else ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


BENEFIT = 1.0
"""From this score on a statement counts as a benefit."""

SENTENCE = (
    Cue("gain", Kind.BENEFIT, 1.0, r"""
        \b(?:reduc|reliev|improv|boost|increas|enhanc|promot|strengthen|restor|prevent|sooth|alleviat|loosen|releas
          |foster|minimi[sz]|eliminat|(?<!^)(?<!:\ )avoid|extend|protect|encourag|accelerat|stimulat|rejuvenat)(?:e
          |es|ed|ing|s)?\b
        |\b(?:eas|lower|calm|relax|sav|boost|lift|sharpen|brighten|lengthen|tone)(?:e|es|ing|s)\b
        |\bhelp(?:s|ing)?\b(?!\ (?:us|yourself)) |\b(?:supports?|supporting|mak(?:es?|ing)\ (?:it|you|your|them)
          |keeps?|keeping)\b
        |\b(?:reduc|alivi|mejor|aument|fortalec|previ|evit|relaj|favorec|ayud|prevenc|elimin)[a-záéíóúñ]*
        |\b(?:linder|reduzier|verbesser|stärk|förder|entspann|steiger|beruhig|lös|beug|hilft|senk)[a-zäöü]*"""),
    Cue("good for", Kind.BENEFIT, 1.0, r"""
        \b(?:good|great|ideal|perfect|excellent|effective|wonderful|fantastic|smart|powerful|simple|easy|gentle|natural
          |proven|reliable|affordable)\ (?:for|at|in|to|(?:and\ \w+\ )?(?:way|choice|option|tool|investment
          |alternative))\b
        |\bbenefi(?:ts?|ted|cial)\b |\badvantages? |\b(?:gut\ für|ideal\ para|bueno\ para|beneficios[oa]?)\b"""),
    Cue("better", Kind.BENEFIT, 0.75, r"""
        \b(?:more|less|fewer)\ (?!than\b|about\b|information|details?)\w+ |\bno\ (?:more|longer)\b
        |\b(?:better|faster|easier|easily|quicker|quickly|longer|stronger|healthier|safer|smoother|cheaper|calmer
          |happier|lighter|cleaner|clearer|brighter|softer|sharper|warmer|cooler)\b
        |\b(?:besser|weniger|leichter|schneller|mejor|menos)\b"""),
    Cue("promise", Kind.BENEFIT, 0.75, r"""
        \byou(?:['’]ll|\ will|\ can)\ (?:\w+ly\ )?(?:feel|enjoy|save|sleep|move|notice|benefit|be|become|start
          |finally|reduce|have)\b
        |\b(?:feel|feeling|leaves?\ you)\ (?:more|less|better|great|lighter|\w+ed)\b
        |\b(?:lets?|letting|gives?|giving|allows?|enables?)\ (?:you|your|them|users?|clients?)\b"""),
    Cue("consequence", Kind.BENEFIT, 0.75, r"""
        \b(?:means\ (?:that\ )?(?:you|they|it|less|more|fewer|no)|(?:so|so\ that)\ you\ can|pays?\ off)\b"""),
    Cue("spared", Kind.BENEFIT, 0.75, r"""
        \b(?:never\ (?:have\ to\ )?(?:worry|again)|(?:don['’]t|doesn['’]t|won['’]t)\ (?:have|need)\ to|no\ need\ to
          |without\ (?:the|any))\b
        |\bskip\ the\b |(?:^|[-–—:]\ )no\ \w+ |\b(?:low[ -]maintenance|very\ little|free\ of|for\ free)\b"""),
    Cue("outcome", Kind.BENEFIT, 0.5, r"""
        \b(?:stress|tension|pain|stiffness|swelling|soreness|fatigue|anxiety|discomfort|injur(?:y|ies)|wear|waste
          |bills?|costs?|risk
          |sleep|mood|energy|circulation|flexibility|mobility|balance|strength|focus|productivity|confidence|comfort
          |health
          |well-?being|wellness|relaxation|recovery|performance|posture|immunity|morale|satisfaction|peace|lifespan
          |value|savings)\b
        |\b(?:estrés|dolor|tensión|sueño|bienestar|movilidad|schmerz\w*|verspannung\w*|schlaf|beweglichkeit
          |wohlbefinden)\b"""),
    Cue("merit", Kind.BENEFIT, 0.5, r"""
        \b(?:is|are|be|it['’]s|feels?|offers?|provides?)\b.{0,30}\b(?:durable|versatile|reliable|affordable
          |convenient|comfortable
          |efficient|effective|gentle|flexible|rewarding|relaxing|restorative|easy|simple|free|enjoyable|refreshing
          |sustainable)\b"""),
    Cue("starts with a gain", Kind.BENEFIT, 0.5, r"""
        ^(?:better|less|more|fewer|no\ more|faster|easier|improved|reduced|increased|enhanced|boosted|relief|faster
          |deeper
          |improves?|reduces?|relieves?|increases?|boosts?|eases?|promotes?|enhances?|strengthens?|prevents?|lowers?
          |saves?
          |alivio|mejora|reducción|aumento|weniger|mehr|bessere?)\b"""),
    Cue("question", Kind.OTHER, -3.0, r"\?[\"”’)\]]*$"),
    Cue("lead-in", Kind.OTHER, -3.0, r":$"),
    Cue("signpost", Kind.OTHER, -3.0, r"""
        \b(?:in\ this\ (?:article|post|guide|blog)|here(?:['’]s|\ is|\ are)\b|let(?:['’]s|\ us)\ |read\ on
          |we['’]ll\ (?:take|look|explore)
          |originally\ published|all\ rights\ reserved|click\ here)"""),
    Cue("the reader's case", Kind.OTHER, -1.5, r"^if\ you(?:['’](?:ve|re)|\ (?:have|are|want|like|need|love|feel"
         r"|would))\b"),
    Cue("problem", Kind.OTHER, -1.5, r"""
        ^(?:without|unfortunately|sadly|prolonged|poor|untreated)\b
        |\b(?:causes?|lead(?:s|ing)?\ to|results?\ in|suffer\w*|worsens?|aggravates?|can\ be\ (?:difficult|hard
          |painful|stressful|uncomfortable))\b
        |\b(?:challenges?|struggl\w+|problem|damages|disrupted|blocked|if\ (?:left|neglected))\b"""),
    Cue("denied", Kind.OTHER, -1.5, r"""
        \b(?:not|cannot|never)\ (?:\w+\ ){0,2}?(?:eliminat|fix|reduc|improv|help|reliev|prevent|enough)\w*
        |n['’]t\ (?:\w+\ ){0,2}?(?:eliminat|fix|reduc|improv|help|reliev|prevent)\w*"""),
    Cue("necessity", Kind.OTHER, -0.75, r"""
        \b(?:must|should|essential|it(?:['’]s|\ is)\ (?:important|essential|best|necessary|vital))\b
        |(?<!don['’]t)(?<!not)(?<!no)\ needs?\ |\brequires\b |\b(?:necesit\w+|braucht)\b"""),
    Cue("about us", Kind.OTHER, -1.0, r"""
        \b(?:certified|licen[sc]ed|qualified|years\ of\ experience|award|our\ (?:team|staff|mission|company|clinic
          |studio|salon|shop)
          |we(?:['’]re|\ (?:are|believe|offer|provide|specialise|specialize|stock|serve)))\b"""),
    Cue("call to action", Kind.CTA, -3.0, r"""
        ^(?:please\ |just\ |simply\ |so\ )?(?:book|call|contact|visit|try|schedule|check\ out|sign\ up|register
          |download|learn|discover|order|buy
          |reach\ out|get\ in\ touch|come|click|subscribe|follow|look|open\ an|fork|join|ask|add|give|assess
          |treat\ yourself)\b(?!ing)
        |\b(?:ready\ to|want\ to|why\ not|look\ no\ further|book\ (?:now|your|an?)|contact\ us|call\ us
          |give\ it\ a\ try|don['’]t\ (?:wait|hesitate))\b
        |\b(?:reserv(?:a|e|ar)|llám[ea]\w*|contáct\w+|te\ invito|buchen|vereinbaren|rufen\ sie|jetzt)\b"""),
    Cue("own voice", Kind.TESTIMONIAL, -2.0, r"""
        (?-i:\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|myself)\b) |^[“\"].*\b(?:we|our|us)\b |[”\"],?\ (?:said|says)\b"""),
    Cue("caution", Kind.CONTRAINDICATION, -3.0, r"""
        \bcontraindicat |\b(?:consult|doctor|physician|oncologist|surgeon|healthcare\ provider|clearance
          |medical\ (?:advice|history|condition))\b
        |\b(?:not|isn['’]t|never)\ (?:be\ )?(?:suitable|recommended|advisable|advised|safe|a\ substitute)\b
          |\bshould\ (?:not|be\ avoided|avoid)\b
        |(?:^|:\ )(?:please\ )?avoid\b |\bensure\ you |\bif\ you\ (?:are\ pregnant|have\ (?:a|an|any)) |\b(?:vary
          |varies)\b |\bpostpone |\bmay\ not\ be\b |\bsafety\ (?:first|ensures)
        |\b(?:embaraz|médico|contraindic|schwanger|kontraindi|nicht\ geeignet|ärztlich|arzt\b)"""),
    Cue("arrangements", Kind.LOGISTICS, -2.0, r"""
        [$€£]\s?\d |\d\s?(?:€|eur\b|usd\b|chf\b) |\bper\ (?:session|person|visit|month)\b
          |\b\d+[ -–]*(?:\d+[ -]*)?(?:min|mins|minutes?|hours?|hrs?|minuten|minutos|stunden)\b
        |\b(?:prices?|fees?|cancel\w*|appointments?|arrive|parking|gift\ (?:card|voucher|certificate)|opening\ hours
          |located|walk-ins?|deposit|refund
          |wear|bring|included?|includes|mon(?:day)?s?\ (?:to|-|–)|\d\s?[ap]\.?m\b)\b |\b(?:every|once\ a)\ (?:week
          |month|year|\d)"""),
    Cue("past", Kind.HISTORY, -2.0, r"""
        \b(?:century|centuries|originat\w+|dat(?:es|ing)\ back|was\ (?:founded|invented|developed|introduced|born
          |built)|founded|invented
          |thousands\ of\ years|popularity|ancestors|emperors?|pioneer\w*|siglo|jahrhundert)\b
        |\b(?:in|since|from|by|until|around|the)\ (?:1[0-9]|20)\d\d(?:['’]?s)?\b"""),
    Cue("definition", Kind.DEFINITION, -1.5, r"""
        \b(?:also\ known\ as|refers?\ to|is\ defined|translates?\ (?:to|as)|is\ the\ (?:practice|art|process)\ of
          |is\ called)\b
        |^(?:[\w’'-]+\ ){1,5}(?:is|are)\ an?\ (?!(?:\w+,?\ )?(?:and\ )?(?:great|good|effective|smart|wonderful
          |powerful|safe|gentle|simple|perfect|proven|excellent))
          (?:[\w’'-]+\ ){0,5}(?:form|type|kind|style|technique|method|treatment|therapy|procedure|practice|process
          |program(?:me)?|system|part|phase|modality)\b"""),
    Cue("for whom", Kind.AUDIENCE, -0.5, r"""
        \b(?:suit(?:able|ed)\ (?:for|to)|designed\ for|intended\ for|for\ (?:people|those|anyone|everyone|clients
          |patients|women|men|athletes)\b)"""),
    Cue("means", Kind.HOW_IT_WORKS, -0.5, r"""
        \b(?:therapists?|practitioners?|acupuncturist|instructors?|technicians?|(?:is|are)\ (?:applied|placed
          |inserted|used|designed|rooted)|uses?|using|works?\ by
          |technique|method|mechanism|focus(?:es)?\ on|pressure|process|system|applies|involves|converts?|because)\b
        |\bwe\ (?!help|are|offer|provide|believe)\w+ |^(?:first|next|then|with|when|as|during|after)\b
          |\b(?:técnicas?|presión|aplicamos|druck|technik)\b"""),
    Cue("leans on its neighbours", Kind.OTHER, -0.5, r"(?<!^)\b(?:these|this|those)\ (?!who\b|that\b|way\b|season\b"
         r"|year\b)\w+ |^(?:this|these|that|such)\b"),
)  # fmt: skip

PLACE = (
    Cue("contraindications", Kind.CONTRAINDICATION, -3.0, r"""
        contra-?indic|\b(?:when|who|should).*\bnot\b|shouldn['’]t|avoid|caution|disclaimer|\brisks?\b|side\ effects?
          |warnings?|safe(?:ty|\ experience)
        |not\ suitable|kontraindik|gegenanzeig|consult"""),
    Cue("problems", Kind.OTHER, -1.5, r"\b(?:symptoms?|signs|causes?|problems?|myths?|mistakes|without|síntomas"
         r"|señales|causas|symptome|ursachen)\b"),
    Cue("call to action", Kind.CTA, -1.5, r"\b(?:get(?:ting)?\ started|next\ steps?|book|contact|contribut\w+"
         r"|support\ (?:me|us)|quick\ start|install\w*|ready)\b"),
    Cue("voices", Kind.TESTIMONIAL, -2.0, r"\b(?:testimonials?|reviews?|(?:clients?|customers?|employees?|people"
         r"|patients?)\ (?:\w+\ )?say|opiniones|stimmen)\b"),
    Cue("history", Kind.HISTORY, -2.0, r"\b(?:history|origins?|story|tradition|historia|geschichte|ursprung|roots)\b"),
    Cue("benefits", Kind.BENEFIT, 1.0, r"""
        \b(?:benefits?|advantages?|why|reasons?|worth|good\ for|what\ .*\ (?:can\ do|does\ for)|beneficios|ventajas
          |por\ qué
          |vorteile|nutzen|wirkung|warum)\b
        |\b(?:helps?(?:\ to|\ with|\ you)?|can|may|will|ideal\ for)(?:\ also)?:?$"""),
    Cue("arrangements", Kind.LOGISTICS, -1.5, r"""
        \b(?:pric(?:es?|ing)|rates?|costs?|hours|location|polic(?:y|ies)|what\ to\ (?:wear|bring)|prepar\w+
          |packages?|menu|faqs?|includes?|services
        |precios|tarifas|horarios?|preise|öffnungszeiten)\b"""),
    Cue("how it works", Kind.HOW_IT_WORKS, -0.75, r"\b(?:how\ .*\bworks?|technique|process|science|what\ (?:happens"
         r"|to\ expect)|you\ can\ expect|phases?|steps?|técnica|ablauf)\b"),
    Cue("audience", Kind.AUDIENCE, -1.5, r"\b(?:who\ (?:is|can|should|it)|for\ whom|suitable|requiring|candidates"
         r"|für\ wen|para\ quién)\b"),
    # only in a title: a lead-in that merely has "better" in it says nothing of its list
    Cue("gains", Kind.BENEFIT, 0.5, r"\b(?:improv|reduc|increas|better|less|more|enhanc|boost|reliev|relief"
         r"|faster)\w*(?!.*:$)"),
)  # fmt: skip

TOPICS = {
    "tension": r"\btension|\btense\b|knots?\b|contractur|verspann|tensión",
    "stress": r"\bstress|estrés",
    "sleep": r"\bsleep|insomnia|sueño|schlaf",
    "pain": r"\bpains?\b|\baches?\b|\bsore|dolor|schmerz",
    "relaxation": r"relax|calm|unwind|sooth|entspann|relaj",
    "mood": r"\bmood|happi|well-?being|wellness|mental",
    "energy": r"\benerg|fatigue|refresh",
    "circulation": r"circulat|lymph|blood flow",
    "mobility": r"flexib|mobil|range of motion|stiff|supple",
    "strength": r"\bstrength|\bstrong|muscle mass",
    "focus": r"\bfocus|concentrat|clarity|productiv",
    "recovery": r"recover|rehab|\bheal(?:s|ing)?\b",
    "skin": r"\bskin|complexion|haut\b|piel\b",
    "immunity": r"immun",
    "money": r"\bcosts?\b|\bbills?\b|money|\bsav(?:e|es|ings?)\b|invest|\bvalue\b|\bfree\b",
    "time": r"\btime\b|\bminutes\b|quick|faster",
    "safety": r"\bsafe|protect|prevent",
    "environment": r"environment|carbon|pollut|climate|planet",
    "comfort": r"comfort",
    "confidence": r"confiden|smile",
}
